import { Parser } from 'htmlparser2';
import { isBlank } from '../../platform/visible-text.js';
import { normalizeTitle } from './story-address.js';

/** A title that repeats this many characters of the address's query may be the words of whoever made the link. */
const MIN_REPEATED_CHARS = 4;

/**
 * The title that a page gives itself: `og:title`, which is the headline alone, else `<title>`.
 *
 * @param html may be cut anywhere
 * @param url the page's own address
 * @returns one line of at most 300 characters; null where the page has none, or one that cannot be trusted
 */
export function titleOfPage(html: string, url: string): string | null {
  const { openGraph, title } = titlesIn(html);
  const found = isBlank(openGraph) ? title : openGraph;
  // Bytes that are not UTF-8 were replaced by U+FFFD.
  if (isBlank(found) || found.includes('\uFFFD') || repeatsQuery(found, url)) return null;
  return normalizeTitle(found, '') || null;
}

function titlesIn(html: string): { openGraph: string; title: string } {
  let openGraph = '';
  let title: string | null = null;
  let isInTitle = false;
  // A picture (SVG) has titles of its own.
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

/** A search page and its like repeat what the address asks for. */
function repeatsQuery(title: string, url: string): boolean {
  const words = plain(title);
  return [...new URL(url).searchParams].flat().some((value) => {
    const asked = plain(value);
    return asked.length >= MIN_REPEATED_CHARS && words.includes(asked);
  });
}

const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
