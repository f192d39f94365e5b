import { visibleText } from '../../platform/visible-text.js';

const MAX_PICTURE_CHARS = 2_048;
const MAX_EMAIL_CHARS = 320;

/** A reader's profile according to the publisher, from a token or a separate report. */
export interface ReaderProfile {
  /** As the publisher wrote it. The name shown to others is `SignedInReader.name`. */
  readonly name: string;
  /** https only; any other URL is dropped. */
  readonly picture: string | null;
  readonly email: string | null;
}

/** @returns null if there is no name; an invalid picture or email address is treated as missing */
export function profileOf({ name, picture, email }: Readonly<Record<string, unknown>>): ReaderProfile | null {
  if (typeof name !== 'string' || name.trim() === '') return null;
  // `visibleText` makes the name storable. 2,000 code units are enough for any name that is shown.
  return { name: visibleText(name.slice(0, 2000)), picture: parsePicture(picture), email: parseEmail(email) };
}

function parsePicture(value: unknown): string | null {
  if (typeof value !== 'string' || value.length > MAX_PICTURE_CHARS || !URL.canParse(value)) return null;
  const url = new URL(value);
  return url.protocol === 'https:' && url.username === '' && url.password === '' ? url.href : null;
}

function parseEmail(value: unknown): string | null {
  if (typeof value !== 'string' || value.length > MAX_EMAIL_CHARS) return null;
  return /^[^\s@\p{Cc}]+@[^\s@\p{Cc}]+$/u.test(value) && value.isWellFormed() ? value : null;
}
