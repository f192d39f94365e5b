import { Parser } from 'htmlparser2';
import { isBlank } from '../../platform/visible-text.js';
import { normalizeTitle } from './story-address.js';

/**
 * A title that repeats at least this many characters of the URL's query may have been written by the author of the
 * link.
 */
const MIN_REPEATED_CHARS = 4;

/**
 * Reads the title that a page gives itself: `og:title`, which contains only the headline, else `<title>`.
 *
 * @param html may be truncated anywhere
 * @param url the page's own URL
 * @returns one line of at most 300 characters; null if the page has no title or an untrustworthy one
 */
export function titleOfPage(html: string, url: string): string | null {
  const { openGraph, title } = titlesIn(html);
  const found = isBlank(openGraph) ? title : openGraph;
  // U+FFFD shows that the page contained bytes that are not UTF-8.
  if (isBlank(found) || found.includes('\uFFFD') || repeatsQuery(found, url)) return null;
  return normalizeTitle(found, '') || null;
}

function titlesIn(html: string): { openGraph: string; title: string } {
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

/** Search pages and similar ones repeat the query of their URL. */
function repeatsQuery(title: string, url: string): boolean {
  const words = plain(title);
  return [...new URL(url).searchParams].flat().some((value) => {
    const wantedName = plain(value);
    return wantedName.length >= MIN_REPEATED_CHARS && words.includes(wantedName);
  });
}

const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
