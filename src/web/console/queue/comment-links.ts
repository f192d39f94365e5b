/** One link of a comment: what the reader sees, and where it really leads. */
export interface CommentLink {
  /** Null where it says no more than the target. */
  text: string | null;
  /** Host and path, as a person reads an address. */
  target: string;
  /** As the server names it: in lower case, without `www.`, not in punycode. */
  host: string;
  /** The words are an address of another host than the one they lead to. */
  isDisguised: boolean;
}

const hostIn = (text: string): string | null =>
  /^\s*(?:https?:\/\/)?((?:[\p{L}\d-]+\.)+[\p{L}]{2,})(?:[/?#:]|\s*$)/iu.exec(text)?.[1]?.toLowerCase() ??
  null;

const bare = (host: string): string => host.replace(/^www\./, '');

/**
 * The links of a comment's HTML, in order, each target once. It is read and never rendered, so that nothing is fetched.
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
  const said = text.replace(/^https?:\/\//i, '').replace(/\/$/, '');
  return {
    text: said === '' || said === target ? null : text,
    target,
    host: bare(url.hostname),
    isDisguised: isWeb && shown !== null && bare(shown) !== bare(url.hostname),
  };
}
