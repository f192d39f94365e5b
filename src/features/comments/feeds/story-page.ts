import { createHash } from 'node:crypto';
import type { CommentDto, ThreadDto } from '../comments.dto.js';
import { toPlainText } from '../markdown.js';
import { commentUrl, escapeText } from './markup.js';

const STYLE = `:root{color-scheme:light dark}body{max-width:42em;margin:0 auto;padding:16px;font:1.0625rem/1.5 Georgia,serif}
h1{font-size:1.4em;line-height:1.2}article{padding-block:12px;border-top:1px solid #8884}article article{margin-inline-start:24px}
p{margin-block:.3em .6em}small{opacity:.75}blockquote{margin:0;padding-inline-start:12px;border-inline-start:2px solid #8888}`;
const styleHash = createHash('sha256').update(STYLE).digest('base64');

/** Content security policy of the page below, which runs and loads nothing. */
export const PAGE_CSP = `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'`;

function commentHtml(comment: CommentDto, storyUrl: string, repliesHtml = ''): string {
  const { author, createdAt, html, id, status } = comment;
  if (!author) {
    const removal = status === 'deleted' ? 'deleted by its author' : 'removed by a moderator';
    return `<article><p><em>This comment was ${removal}.</em></p>${repliesHtml}</article>`;
  }
  const badge = [author.role === 'reader' ? author.tier?.name : author.role].filter(Boolean).join(' ');
  return `<article id="postbag-${id}"><p><b>${escapeText(author.name)}</b>${badge && ` <small>${escapeText(badge)}</small>`}
<a href="${escapeText(commentUrl(storyUrl, id))}"><time datetime="${createdAt}">${createdAt.slice(0, 16).replace('T', ' ')} UTC</time></a></p>
<div dir="auto">${html ?? ''}</div>${repliesHtml}</article>`;
}

function commentJson(comment: CommentDto, storyUrl: string, replies: CommentDto[] = []): unknown {
  const visibleReplies = replies.filter(({ author }) => author !== null);
  const likes = Object.values(comment.reactions).reduce((sum, count) => sum + count, 0);
  return {
    '@type': 'Comment',
    '@id': commentUrl(storyUrl, comment.id),
    url: commentUrl(storyUrl, comment.id),
    text: toPlainText(comment.body ?? ''),
    datePublished: comment.publishedAt ?? comment.createdAt,
    ...(comment.editedAt ? { dateModified: comment.editedAt } : {}),
    author: { '@type': 'Person', name: comment.author?.name },
    ...(likes > 0 ? { upvoteCount: likes } : {}),
    ...(visibleReplies.length > 0
      ? { comment: visibleReplies.map((reply) => commentJson(reply, storyUrl)) }
      : {}),
  };
}

/** Returns the thread's schema.org data as the text of a script element; it contains no `<`. */
function linkedData({ story, total, items }: ThreadDto): string {
  const comments = items.filter(({ author }) => author !== null);
  const data = {
    '@context': 'https://schema.org',
    '@type': 'Article',
    '@id': story.url,
    url: story.url,
    headline: story.title || story.key,
    commentCount: total,
    comment: comments.map(({ replies, ...comment }) => commentJson(comment, story.url, replies.items)),
  };
  return JSON.stringify(data).replaceAll('<', '\\u003c');
}

const countOf = (total: number): string => (total === 1 ? '1 comment' : `${total} comments`);

/** Renders the thread's first page as markup to embed in a publisher's page, with its linked data. */
export function threadMarkup(thread: ThreadDto): string {
  const { story, total, items } = thread;
  const comments = items.map(({ replies, ...comment }) => {
    const repliesHtml = replies.items.map((reply) => commentHtml(reply, story.url)).join('\n');
    return commentHtml(comment, story.url, repliesHtml);
  });
  return `<section aria-label="Comments"><h2>${countOf(total)}</h2>
${comments.join('\n')}
</section>
<script type="application/ld+json">${linkedData(thread)}</script>`;
}

/**
 * Renders the same markup as a complete page, for browsers without JavaScript and for search engines. The story's own
 * page is declared as the canonical one.
 */
export function storyPage(thread: ThreadDto, feedUrl: string): string {
  const { story } = thread;
  const title = escapeText(story.title || story.key);
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Comments: ${title}</title><link rel="canonical" href="${escapeText(story.url)}">
<link rel="alternate" type="application/rss+xml" href="${escapeText(feedUrl)}"><style>${STYLE}</style></head>
<body><main><h1><a href="${escapeText(story.url)}">${title}</a></h1>
${threadMarkup(thread)}
<p><a href="${escapeText(story.url)}">Read more and join the discussion on the story’s page</a></p></main></body></html>
`;
}
