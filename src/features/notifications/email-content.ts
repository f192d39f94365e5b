import type { EmailLocale } from './email-locales/email-locale.js';
import type { ListedNotification } from './notification.view.js';

/** One thing that a letter tells of. */
export interface EmailItem {
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
const SANCTIONS = ['warned', 'suspended', 'banned', 'reinstated'] as const;

function itemHeading(
  { kind, outcome, comment, count: n, topic }: ListedNotification,
  { format, texts }: EmailLocale,
): string {
  const name = comment?.author.name ?? '';
  switch (kind) {
    case 'reply':
      return format(texts.reply, { name });
    case 'mention':
      return format(texts.mention, { name });
    case 'decision':
    case 'appeal':
      return texts[DECIDED.find((each) => each === outcome) ?? 'news'];
    case 'story':
      return format(texts.story, { n });
    case 'topic':
      return format(texts.topic, { n, topic: topic!.name });
    case 'new-story':
      return format(texts.newStory, { topic: topic!.name });
    case 'message':
      return texts.message;
    case 'standing':
      return texts[SANCTIONS.find((each) => each === outcome) ?? 'accountNews'];
  }
}

/** Where the element shows one comment: the story's page and the comment's name behind it. */
export function toEmailItem(
  told: ListedNotification,
  speech: EmailLocale,
  reason: string | null = null,
): EmailItem {
  const url = told.story && new URL(told.story.url);
  if (url && told.comment) url.hash = `postbag-${told.comment.id}`;
  const words = told.comment?.excerpt ?? told.text;
  return {
    what: itemHeading(told, speech),
    excerpt: words && words.replaceAll(/\s+/g, ' ').trim(),
    ...(reason === null ? {} : { reason }),
    storyTitle: told.story?.title ?? null,
    url: url?.href ?? null,
  };
}

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const TEXT_STYLE = 'color:#1f1d1a;font:16px/1.5 Georgia,serif';
const MUTED_TEXT_STYLE = 'color:#6a645c;font:14px/1.5 Helvetica,Arial,sans-serif';

/**
 * The same letter as plain text and as HTML without anything to load.
 *
 * @param letter its `why` tells whoever gets it, with `{site}` in it; left out: they asked for it
 */
export function renderEmail(
  lead: string,
  items: readonly EmailItem[],
  letter: { siteName: string; unsubscribeUrl: string; speech: EmailLocale; why?: string },
): { text: string; html: string } {
  const { siteName, unsubscribeUrl, speech } = letter;
  const { dir, lang, format, texts } = speech;
  const why = format(letter.why ?? texts.why, { site: siteName });
  const text = [
    lead,
    ...items.map(({ what, excerpt, reason, storyTitle, url }) =>
      [
        storyTitle === null ? what : `${what} (${storyTitle})`,
        ...(excerpt === null ? [] : [format(texts.quote, { text: excerpt })]),
        ...(reason === undefined ? [] : [reason]),
        ...(url === null ? [] : [url]),
      ].join('\n'),
    ),
    `-- \n${why}\n${texts.unsubscribe}: ${unsubscribeUrl}`,
  ].join('\n\n');
  // Mail programs know no logical sides.
  const at = dir === 'rtl' ? 'right' : 'left';
  const side = `padding-${at}:12px;border-${at}:2px solid #d9d2c7`;
  const html = `<!doctype html><html lang="${lang}" dir="${dir}"><body dir="${dir}" style="margin:0;padding:24px;max-width:36em;${TEXT_STYLE}">
<p style="margin:0 0 24px">${escape(lead)}</p>
${items
  .map(
    ({ what, excerpt, reason, storyTitle, url }) => `<div style="margin:0 0 24px">
${url === null ? `<b>${escape(what)}</b>` : `<a href="${escape(url)}" style="color:inherit;font-weight:bold">${escape(what)}</a>`}
${excerpt === null ? '' : `<div style="margin:4px 0;${side}" dir="auto">${escape(excerpt)}</div>`}
${reason === undefined ? '' : `<div style="margin:4px 0" dir="auto">${escape(reason)}</div>`}
${storyTitle === null ? '' : `<div style="${MUTED_TEXT_STYLE}">${escape(storyTitle)}</div>`}</div>`,
  )
  .join('\n')}
<p style="border-top:1px solid #d9d2c7;padding-top:12px;${MUTED_TEXT_STYLE}">${escape(why)} <a href="${escape(unsubscribeUrl)}" style="color:inherit">${escape(texts.unsubscribe)}</a></p>
</body></html>`;
  return { text, html };
}
