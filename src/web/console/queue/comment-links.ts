/** A link in a comment: its visible text and its actual target. */
export interface CommentLink {
  /** Null if the text adds nothing to the target. */
  text: string | null;
  /** Host and path of a web address; the whole URL of any other link. */
  target: string;
  /** The host as the server reports it: lower case, ASCII (punycode), without `www.`. */
  host: string;
  /** The link text is an address on a different host from the target. */
  isDisguised: boolean;
}

const hostIn = (text: string): string | null =>
  /^\s*(?:https?:\/\/)?((?:[\p{L}\d-]+\.)+[\p{L}]{2,})(?:[/?#:]|\s*$)/iu.exec(text)?.[1]?.toLowerCase() ??
  null;

const withoutWww = (host: string): string => host.replace(/^www\./, '');

/**
 * The links in a comment's HTML, in order, each target once. The HTML is parsed but never rendered, so nothing is
 * fetched.
 */
export function linksOf(html: string | null): CommentLink[] {
  if (!html?.includes('<a ')) return [];
  const seen = new Set<string>();
  return [...new DOMParser().parseFromString(html, 'text/html').querySelectorAll('a[href]')].flatMap(
    (anchor) => {
      const href = anchor.getAttribute('href') ?? '';
      if (seen.has(href) || !URL.canParse(href)) return [];
      seen.add(href);
      return [describeLink(anchor.textContent?.trim() ?? '', new URL(href))];
    },
  );
}

export function describeLink(text: string, url: URL): CommentLink {
  const isWeb = url.protocol === 'http:' || url.protocol === 'https:';
  const path = `${url.pathname}${url.search}${url.hash}`;
  const shown = hostIn(text);
  const target = isWeb ? `${url.host}${path === '/' ? '' : path}` : url.href;
  const linkText = text.replace(/^https?:\/\//i, '').replace(/\/$/, '');
  return {
    text: linkText === '' || linkText === target ? null : text,
    target,
    host: withoutWww(url.hostname),
    isDisguised: isWeb && shown !== null && withoutWww(shown) !== withoutWww(url.hostname),
  };
}
