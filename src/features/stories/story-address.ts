import { isBlank, truncateChars, visibleText } from '../../platform/visible-text.js';

const MAX_URL_CHARS = 2_048;
const MAX_TITLE_CHARS = 300;

/** Removes the fragment from the page's URL; null if it is not an http or https URL. */
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

/** Used as the title until one is confirmed. */
export const urlPathOf = (url: string): string => truncateChars(new URL(url).pathname, MAX_TITLE_CHARS);

/** Normalizes a page's own title to one line. An empty title is replaced by the URL. */
export function normalizeTitle(raw: string | undefined, url: string): string {
  const title = truncateChars(
    visibleText(raw ?? '')
      .replace(/\s+/g, ' ')
      .trim(),
    MAX_TITLE_CHARS,
  );
  return isBlank(title) ? url : title;
}
