import type { EmailLocale } from './email-locales/email-locale.js';
import type { ListedNotification } from './notification.view.js';

/** One item in an email. */
export interface EmailItem {
  /** What happened, such as "Ann replied to you". */
  readonly what: string;
  /** The beginning of the comment; null if there is none. */
  readonly excerpt: string | null;
  /**
   * Why the comment was rejected, in the words given to its author; absent if it was not rejected or has no reason.
   */
  readonly reason?: string;
  /** Null if the item is not about a story. */
  readonly storyTitle: string | null;
  /** Link to the story, at the comment if there is one; null if the item is not about a story. */
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

/**
 * Describes a notification as an item of an email. Its link opens the story's page at the comment: the comment
 * element reads the comment's ID from the fragment.
 */
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
 * Renders the email as plain text and as HTML that loads no external resources.
 *
 * @param letter `why` is a sentence with `{site}` in it that explains why the recipient gets the email. Without it,
 *   the standard sentence is used.
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
  // Email clients do not support logical CSS properties.
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
