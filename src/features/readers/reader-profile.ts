import { visibleText } from '../../platform/visible-text.js';

const MAX_PICTURE_CHARS = 2_048;
const MAX_EMAIL_CHARS = 320;

/** Who a reader is by the publisher's word, in a token or told besides. */
export interface ReaderProfile {
  /** As the publisher wrote it; what others see is `SignedInReader.name`. */
  readonly name: string;
  /** https only; anything else is left out. */
  readonly picture: string | null;
  readonly email: string | null;
}

/** @returns null where there is no name; a picture or an address that is none is as if it were not there */
export function profileOf({ name, picture, email }: Readonly<Record<string, unknown>>): ReaderProfile | null {
  if (typeof name !== 'string' || name.trim() === '') return null;
  // Storable from here on; 2,000 units hold any name that is shown.
  return { name: visibleText(name.slice(0, 2000)), picture: pictureOf(picture), email: emailOf(email) };
}

function pictureOf(value: unknown): string | null {
  if (typeof value !== 'string' || value.length > MAX_PICTURE_CHARS || !URL.canParse(value)) return null;
  const url = new URL(value);
  return url.protocol === 'https:' && url.username === '' && url.password === '' ? url.href : null;
}

function emailOf(value: unknown): string | null {
  if (typeof value !== 'string' || value.length > MAX_EMAIL_CHARS) return null;
  return /^[^\s@\p{Cc}]+@[^\s@\p{Cc}]+$/u.test(value) && value.isWellFormed() ? value : null;
}
