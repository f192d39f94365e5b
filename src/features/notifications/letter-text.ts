import type { Speech } from './letter-words/languages.js';
import type { ListedNotification } from './notification.view.js';

/** One thing that a letter tells of. */
export interface LetterItem {
  /** "Ann replied to you" */
  readonly what: string;
  /** The beginning of the comment; null where there is none. */
  readonly excerpt: string | null;
  /** Why the comment was refused, in the words that its author was told; absent where it was not, or for no reason. */
  readonly reason?: string;
  /** Null where it is about no story. */
  readonly storyTitle: string | null;
  /** Where it is read; null where it is all here. */
  readonly url: string | null;
}

const DECIDED = ['published', 'rejected', 'removed', 'upheld', 'overturned'] as const;
const MEASURES = ['warned', 'suspended', 'banned', 'reinstated'] as const;

function whatOf(
  { kind, outcome, comment, count: n, topic }: ListedNotification,
  { say, words }: Speech,
): string {
  const name = comment?.author.name ?? '';
  switch (kind) {
    case 'reply':
      return say(words.reply, { name });
    case 'mention':
      return say(words.mention, { name });
    case 'decision':
    case 'appeal':
      return words[DECIDED.find((each) => each === outcome) ?? 'news'];
    case 'story':
      return say(words.story, { n });
    case 'topic':
      return say(words.topic, { n, topic: topic!.name });
    case 'new-story':
      return say(words.newStory, { topic: topic!.name });
    case 'message':
      return words.message;
    case 'standing':
      return words[MEASURES.find((each) => each === outcome) ?? 'accountNews'];
  }
}

/** Where the element shows one comment: the story's page and the comment's name behind it. */
export function itemOf(told: ListedNotification, speech: Speech, reason: string | null = null): LetterItem {
  const url = told.story && new URL(told.story.url);
  if (url && told.comment) url.hash = `postbag-${told.comment.id}`;
  const words = told.comment?.excerpt ?? told.text;
  return {
    what: whatOf(told, speech),
    excerpt: words && words.replaceAll(/\s+/g, ' ').trim(),
    ...(reason === null ? {} : { reason }),
    storyTitle: told.story?.title ?? null,
    url: url?.href ?? null,
  };
}

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const INK = 'color:#1f1d1a;font:16px/1.5 Georgia,serif';
const SOFT = 'color:#6a645c;font:14px/1.5 Helvetica,Arial,sans-serif';

/**
 * The same letter as plain text and as HTML without anything to load.
 *
 * @param letter its `why` tells whoever gets it, with `{site}` in it; left out: they asked for it
 */
export function letterText(
  lead: string,
  items: readonly LetterItem[],
  letter: { siteName: string; unsubscribeUrl: string; speech: Speech; why?: string },
): { text: string; html: string } {
  const { siteName, unsubscribeUrl, speech } = letter;
  const { dir, lang, say, words } = speech;
  const why = say(letter.why ?? words.why, { site: siteName });
  const text = [
    lead,
    ...items.map(({ what, excerpt, reason, storyTitle, url }) =>
      [
        storyTitle === null ? what : `${what} (${storyTitle})`,
        ...(excerpt === null ? [] : [say(words.quote, { text: excerpt })]),
        ...(reason === undefined ? [] : [reason]),
        ...(url === null ? [] : [url]),
      ].join('\n'),
    ),
    `-- \n${why}\n${words.unsubscribe}: ${unsubscribeUrl}`,
  ].join('\n\n');
  // Mail programs know no logical sides.
  const at = dir === 'rtl' ? 'right' : 'left';
  const side = `padding-${at}:12px;border-${at}:2px solid #d9d2c7`;
  const html = `<!doctype html><html lang="${lang}" dir="${dir}"><body dir="${dir}" style="margin:0;padding:24px;max-width:36em;${INK}">
<p style="margin:0 0 24px">${escape(lead)}</p>
${items
  .map(
    ({ what, excerpt, reason, storyTitle, url }) => `<div style="margin:0 0 24px">
${url === null ? `<b>${escape(what)}</b>` : `<a href="${escape(url)}" style="color:inherit;font-weight:bold">${escape(what)}</a>`}
${excerpt === null ? '' : `<div style="margin:4px 0;${side}" dir="auto">${escape(excerpt)}</div>`}
${reason === undefined ? '' : `<div style="margin:4px 0" dir="auto">${escape(reason)}</div>`}
${storyTitle === null ? '' : `<div style="${SOFT}">${escape(storyTitle)}</div>`}</div>`,
  )
  .join('\n')}
<p style="border-top:1px solid #d9d2c7;padding-top:12px;${SOFT}">${escape(why)} <a href="${escape(unsubscribeUrl)}" style="color:inherit">${escape(words.unsubscribe)}</a></p>
</body></html>`;
  return { text, html };
}
