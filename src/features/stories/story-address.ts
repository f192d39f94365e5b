import { isBlank, truncateChars, visibleText } from '../../platform/visible-text.js';

const MAX_URL_CHARS = 2_048;
const MAX_TITLE_CHARS = 300;

/**
 * Removes the fragment from a page's URL.
 *
 * @returns null if it is not an http or https URL, contains credentials or is too long
 */
export function normalizeStoryUrl(raw: string): string | null {
  if (raw.length > MAX_URL_CHARS || !URL.canParse(raw)) return null;
  const url = new URL(raw);
  if (!['http:', 'https:'].includes(url.protocol) || url.username !== '' || url.password !== '') return null;
  url.hash = '';
  return url.href.length <= MAX_URL_CHARS ? url.href : null;
}

/** Whether a URL has the scheme, host and port of one of the origins. */
export function isOnSite(url: string, origins: readonly string[]): boolean {
  return origins.includes(new URL(url).origin);
}

/** The title of a story until the publisher or the page provides one. */
export const urlPathOf = (url: string): string => truncateChars(new URL(url).pathname, MAX_TITLE_CHARS);

/** Normalizes a title to one line of at most 300 characters. Returns `fallback` if it has no visible text. */
export function normalizeTitle(raw: string | undefined, fallback: string): string {
  const title = truncateChars(
    visibleText(raw ?? '')
      .replace(/\s+/g, ' ')
      .trim(),
    MAX_TITLE_CHARS,
  );
  return isBlank(title) ? fallback : title;
}
