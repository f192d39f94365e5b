import { Parser } from 'htmlparser2';
import { isBlank } from '../../platform/visible-text.js';
import { normalizeTitle } from './story-address.js';

/**
 * A title that repeats at least this many characters of the URL's query may have been written by the author of the
 * link.
 */
const MIN_REPEATED_CHARS = 4;

/**
 * Extracts the title of a page: `og:title`, which contains only the headline, else `<title>`.
 *
 * @param html may be truncated anywhere
 * @param url the page's own URL
 * @returns one line of at most 300 characters; null if the page has no title or an untrustworthy one
 */
export function titleOfPage(html: string, url: string): string | null {
  const { openGraph, title } = parseTitles(html);
  const rawTitle = isBlank(openGraph) ? title : openGraph;
  // U+FFFD shows that the page contained bytes that are not UTF-8.
  if (isBlank(rawTitle) || rawTitle.includes('\uFFFD') || repeatsQuery(rawTitle, url)) return null;
  return normalizeTitle(rawTitle, '') || null;
}

function parseTitles(html: string): { openGraph: string; title: string } {
  let openGraph = '';
  let title: string | null = null;
  let isInTitle = false;
  // SVG images have their own title elements.
  let svgDepth = 0;
  const parser = new Parser({
    onopentag(name, { property, name: metaName, content }) {
      if (name === 'svg') svgDepth++;
      if (name === 'title' && svgDepth === 0 && title === null) [isInTitle, title] = [true, ''];
      if (name === 'meta' && (property ?? metaName)?.toLowerCase() === 'og:title')
        openGraph ||= content ?? '';
    },
    ontext(text) {
      if (isInTitle) title += text;
    },
    onclosetag(name) {
      if (name === 'svg') svgDepth--;
      if (name === 'title') isInTitle = false;
    },
  });
  parser.end(html);
  return { openGraph, title: title ?? '' };
}

/** Whether the title repeats text from the URL's query, as the title of a search page does. */
function repeatsQuery(title: string, url: string): boolean {
  const normalizedTitle = normalizeForComparison(title);
  return [...new URL(url).searchParams].flat().some((text) => {
    const normalizedText = normalizeForComparison(text);
    return normalizedText.length >= MIN_REPEATED_CHARS && normalizedTitle.includes(normalizedText);
  });
}

const normalizeForComparison = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
