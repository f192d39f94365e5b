import { isBlank, truncateChars, visibleText } from '../../platform/visible-text.js';

const MAX_URL_CHARS = 2_048;
const MAX_TITLE_CHARS = 300;

/** The page's address without its fragment; null when it is no http address. */
export function normalizeStoryUrl(raw: string): string | null {
  if (raw.length > MAX_URL_CHARS || !URL.canParse(raw)) return null;
  const url = new URL(raw);
  if (!['http:', 'https:'].includes(url.protocol) || url.username !== '' || url.password !== '') return null;
  url.hash = '';
  return url.href.length <= MAX_URL_CHARS ? url.href : null;
}

/** Whether an address has scheme, host and port of one of the origins. */
export function isOnSite(url: string, origins: readonly string[]): boolean {
  return origins.includes(new URL(url).origin);
}

/** What stands for a title that nobody confirmed. */
export const urlPathOf = (url: string): string => truncateChars(new URL(url).pathname, MAX_TITLE_CHARS);

/** A page's own title, one line; the address stands in for an empty one. */
export function normalizeTitle(raw: string | undefined, url: string): string {
  const title = truncateChars(
    visibleText(raw ?? '')
      .replace(/\s+/g, ' ')
      .trim(),
    MAX_TITLE_CHARS,
  );
  return isBlank(title) ? url : title;
}
