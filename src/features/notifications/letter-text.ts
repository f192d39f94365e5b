import type { ListedNotification } from './notification.view.js';

/** One thing that a letter tells of. */
export interface LetterItem {
  /** "Ann replied to you" */
  readonly what: string;
  /** The beginning of the comment; null where there is none. */
  readonly excerpt: string | null;
  /** Null where it is about no story. */
  readonly storyTitle: string | null;
  /** Where it is read; null where it is all here. */
  readonly url: string | null;
}

const plural = (n: number, one: string, more: string): string =>
  `${n < 100 ? n : 'Over 99'} ${n === 1 ? one : more}`;

const DECIDED: Readonly<Record<string, string>> = {
  published: 'Your comment is published',
  rejected: 'Your comment was not published',
  removed: 'Your comment was removed',
  upheld: 'Your appeal: the decision stands',
  overturned: 'Your appeal: your comment is back',
};
const MEASURES: Readonly<Record<string, string>> = {
  warned: 'The moderators warn you',
  suspended: 'You cannot comment for some time',
  banned: 'You cannot comment any more',
  reinstated: 'You can comment as before',
};

function whatOf({ kind, outcome, comment, count, topic }: ListedNotification): string {
  switch (kind) {
    case 'reply':
      return `${comment!.author.name} replied to you`;
    case 'mention':
      return `${comment!.author.name} mentioned you`;
    case 'decision':
    case 'appeal':
      return DECIDED[outcome ?? ''] ?? 'News about your comment';
    case 'story':
      return `${plural(count, 'new comment', 'new comments')} on a story you follow`;
    case 'topic':
      return `${plural(count, 'new comment', 'new comments')} about ${topic!.name}`;
    case 'new-story':
      return `New story about ${topic!.name}`;
    case 'message':
      return 'A message from the moderators';
    case 'standing':
      return MEASURES[outcome ?? ''] ?? 'News about your account';
  }
}

/** Where the element shows one comment: the story's page and the comment's name behind it. */
export function itemOf(told: ListedNotification): LetterItem {
  const url = told.story && new URL(told.story.url);
  if (url && told.comment) url.hash = `postbag-${told.comment.id}`;
  const words = told.comment?.excerpt ?? told.text;
  return {
    what: whatOf(told),
    excerpt: words && words.replaceAll(/\s+/g, ' ').trim(),
    storyTitle: told.story?.title ?? null,
    url: url?.href ?? null,
  };
}

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const INK = 'color:#1f1d1a;font:16px/1.5 Georgia,serif';
const SOFT = 'color:#6a645c;font:14px/1.5 Helvetica,Arial,sans-serif';

/** The same letter as plain text and as HTML without anything to load. */
export function letterText(
  lead: string,
  items: readonly LetterItem[],
  { siteName, unsubscribeUrl }: { siteName: string; unsubscribeUrl: string },
): { text: string; html: string } {
  const why = `You asked ${siteName} for these e-mails.`;
  const text = [
    lead,
    ...items.map(({ what, excerpt, storyTitle, url }) =>
      [
        storyTitle === null ? what : `${what} (${storyTitle})`,
        ...(excerpt === null ? [] : [`“${excerpt}”`]),
        ...(url === null ? [] : [url]),
      ].join('\n'),
    ),
    `-- \n${why}\nUnsubscribe: ${unsubscribeUrl}`,
  ].join('\n\n');
  const html = `<!doctype html><html><body style="margin:0;padding:24px;max-width:36em;${INK}">
<p style="margin:0 0 24px">${escape(lead)}</p>
${items
  .map(
    ({ what, excerpt, storyTitle, url }) => `<div style="margin:0 0 24px">
${url === null ? `<b>${escape(what)}</b>` : `<a href="${escape(url)}" style="color:inherit;font-weight:bold">${escape(what)}</a>`}
${excerpt === null ? '' : `<div style="margin:4px 0;padding-left:12px;border-left:2px solid #d9d2c7">${escape(excerpt)}</div>`}
${storyTitle === null ? '' : `<div style="${SOFT}">${escape(storyTitle)}</div>`}</div>`,
  )
  .join('\n')}
<p style="border-top:1px solid #d9d2c7;padding-top:12px;${SOFT}">${escape(why)} <a href="${escape(unsubscribeUrl)}" style="color:inherit">Unsubscribe</a></p>
</body></html>`;
  return { text, html };
}
