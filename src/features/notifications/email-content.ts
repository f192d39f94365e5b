import type { EmailLocale } from './email-locales/email-locale.js';
import type { ListedNotification } from './notification.view.js';

/** One item in an email. */
export interface EmailItem {
  /** What happened, such as "Ann replied to you". */
  readonly heading: string;
  /** The beginning of the comment; null if there is none. */
  readonly excerpt: string | null;
  /**
   * Why the comment was refused, in the words shown to its author; absent if there is no reason.
   */
  readonly reason?: string;
  /** Null if the item is not about a story. */
  readonly storyTitle: string | null;
  /** Link to the story, at the comment if there is one; null if the item is not about a story. */
  readonly url: string | null;
}

const DECISION_OUTCOMES = ['published', 'rejected', 'removed', 'upheld', 'overturned'] as const;
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
      return texts[DECISION_OUTCOMES.find((name) => name === outcome) ?? 'commentUpdate'];
    case 'story':
      return format(texts.story, { n });
    case 'topic':
      return format(texts.topic, { n, topic: topic!.name });
    case 'new-story':
      return format(texts.newStory, { topic: topic!.name });
    case 'message':
      return texts.message;
    case 'standing':
      return texts[SANCTIONS.find((name) => name === outcome) ?? 'accountUpdate'];
  }
}

/**
 * Describes a notification as an item of an email. Its link opens the story's page at the comment: the comment
 * element reads the comment's ID from the fragment.
 */
export function toEmailItem(
  notification: ListedNotification,
  locale: EmailLocale,
  reason: string | null = null,
): EmailItem {
  const url = notification.story && new URL(notification.story.url);
  if (url && notification.comment) url.hash = `postbag-${notification.comment.id}`;
  const excerpt = notification.comment?.excerpt ?? notification.text;
  return {
    heading: itemHeading(notification, locale),
    excerpt: excerpt && excerpt.replaceAll(/\s+/g, ' ').trim(),
    ...(reason === null ? {} : { reason }),
    storyTitle: notification.story?.title ?? null,
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
 * @param lead sentence above the items
 * @param context `reasonForEmail` explains why the recipient gets the email; it may contain `{site}`. By default, it is
 *   the locale's text of the same name.
 */
export function renderEmail(
  lead: string,
  items: readonly EmailItem[],
  context: { siteName: string; unsubscribeUrl: string; locale: EmailLocale; reasonForEmail?: string },
): { text: string; html: string } {
  const { siteName, unsubscribeUrl, locale } = context;
  const { dir, lang, format, texts } = locale;
  const reasonForEmail = format(context.reasonForEmail ?? texts.reasonForEmail, { site: siteName });
  const text = [
    lead,
    ...items.map(({ heading, excerpt, reason, storyTitle, url }) =>
      [
        storyTitle === null ? heading : `${heading} (${storyTitle})`,
        ...(excerpt === null ? [] : [format(texts.quote, { text: excerpt })]),
        ...(reason === undefined ? [] : [reason]),
        ...(url === null ? [] : [url]),
      ].join('\n'),
    ),
    `-- \n${reasonForEmail}\n${texts.unsubscribe}: ${unsubscribeUrl}`,
  ].join('\n\n');
  // Email clients do not support logical CSS properties.
  const startSide = dir === 'rtl' ? 'right' : 'left';
  const borderStyle = `padding-${startSide}:12px;border-${startSide}:2px solid #d9d2c7`;
  const html = `<!doctype html><html lang="${lang}" dir="${dir}"><body dir="${dir}" style="margin:0;padding:24px;max-width:36em;${TEXT_STYLE}">
<p style="margin:0 0 24px">${escape(lead)}</p>
${items
  .map(
    ({ heading, excerpt, reason, storyTitle, url }) => `<div style="margin:0 0 24px">
${url === null ? `<b>${escape(heading)}</b>` : `<a href="${escape(url)}" style="color:inherit;font-weight:bold">${escape(heading)}</a>`}
${excerpt === null ? '' : `<div style="margin:4px 0;${borderStyle}" dir="auto">${escape(excerpt)}</div>`}
${reason === undefined ? '' : `<div style="margin:4px 0" dir="auto">${escape(reason)}</div>`}
${storyTitle === null ? '' : `<div style="${MUTED_TEXT_STYLE}">${escape(storyTitle)}</div>`}</div>`,
  )
  .join('\n')}
<p style="border-top:1px solid #d9d2c7;padding-top:12px;${MUTED_TEXT_STYLE}">${escape(reasonForEmail)} <a href="${escape(unsubscribeUrl)}" style="color:inherit">${escape(texts.unsubscribe)}</a></p>
</body></html>`;
  return { text, html };
}
