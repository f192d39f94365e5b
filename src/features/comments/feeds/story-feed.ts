import type { CommentDto, ThreadDto } from '../comments.dto.js';
import { commentUrl, escapeText } from './markup.js';

type PublicComment = CommentDto & { author: NonNullable<CommentDto['author']> };

/** Returns the thread's comments and their first replies, newest first, without placeholders. */
function entriesOf({ items }: ThreadDto): PublicComment[] {
  return items
    .flatMap(({ replies, ...comment }) => [comment, ...replies.items])
    .filter((comment): comment is PublicComment => comment.author !== null)
    .sort((a, b) => (a.id < b.id ? 1 : -1));
}

const titleOf = ({ story }: ThreadDto): string => `Comments on ${story.title || story.key}`;
const publishedTimeOf = ({ publishedAt, createdAt }: CommentDto): string => publishedAt ?? createdAt;

/**
 * Renders a thread as JSON Feed 1.1 (jsonfeed.org).
 *
 * @param feedUrl the feed's own URL
 */
export function jsonFeed(thread: ThreadDto, feedUrl: string): string {
  return JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title: titleOf(thread),
    home_page_url: thread.story.url,
    feed_url: feedUrl,
    items: entriesOf(thread).map((comment) => ({
      id: comment.id,
      url: commentUrl(thread.story.url, comment.id),
      content_html: comment.html,
      content_text: comment.body,
      date_published: publishedTimeOf(comment),
      ...(comment.editedAt ? { date_modified: comment.editedAt } : {}),
      authors: [{ name: comment.author.name }],
    })),
  });
}

/** Renders a thread as RSS 2.0 (rssboard.org), with full texts and author names. */
export function rssFeed(thread: ThreadDto, feedUrl: string): string {
  const title = titleOf(thread);
  const items = entriesOf(thread).map(
    (comment) => `<item>
<title>${escapeText(`${comment.author.name} ${comment.parentId ? 'replies' : 'comments'}`)}</title>
<link>${escapeText(commentUrl(thread.story.url, comment.id))}</link>
<guid isPermaLink="false">${comment.id}</guid>
<dc:creator>${escapeText(comment.author.name)}</dc:creator>
<pubDate>${new Date(publishedTimeOf(comment)).toUTCString()}</pubDate>
<description>${escapeText(comment.html ?? '')}</description>
</item>`,
  );
  return `<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom">
<channel>
<title>${escapeText(title)}</title>
<link>${escapeText(thread.story.url)}</link>
<description>${escapeText(title)}</description>
<atom:link href="${escapeText(feedUrl)}" rel="self" type="application/rss+xml"/>
${items.join('\n')}
</channel>
</rss>
`;
}
