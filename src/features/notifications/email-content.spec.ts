import { describe, expect, it } from '@jest/globals';
import { toEmailItem, renderEmail } from './email-content.js';
import { emailLocaleFor } from './email-locales/email-locale.js';
import type { ListedNotification } from './notification.view.js';

const notification = (overrides: Partial<ListedNotification>): ListedNotification => ({
  id: '0190d5a0-0000-7000-8000-000000000001' as ListedNotification['id'],
  kind: 'reply',
  outcome: null,
  createdAt: '2026-01-01T00:00:00.000Z',
  readAt: null,
  comment: {
    id: 'c1',
    author: { id: 'a', name: 'Ann <b>' },
    excerpt: 'One\n  two & three',
    reason: null,
    reasonText: null,
  },
  count: 1,
  topic: null,
  story: { id: 's', key: 'k', title: 'Talks', url: 'https://paper.example/talks#top' },
  text: null,
  ...overrides,
});
const english = emailLocaleFor('en');
const topic = { type: 'company', key: 'ACME', name: 'Acme' };

describe('notification emails', () => {
  it('describe what happened and link to the comment', () => {
    expect(toEmailItem(notification({}), english)).toEqual({
      heading: 'Ann <b> replied to you',
      excerpt: 'One two & three',
      storyTitle: 'Talks',
      url: 'https://paper.example/talks#postbag-c1',
    });
    expect(toEmailItem(notification({ kind: 'story', count: 1 }), english).heading).toBe(
      '1 new comment on a story you follow',
    );
    expect(toEmailItem(notification({ kind: 'topic', count: 100, topic }), english).heading).toBe(
      '99+ new comments about Acme',
    );
    expect(toEmailItem(notification({ kind: 'new-story', comment: null, topic }), english)).toMatchObject({
      heading: 'New story about Acme',
      excerpt: null,
      url: 'https://paper.example/talks#top',
    });
  });

  it('have the same content as text and as HTML, with an unsubscribe link', () => {
    const layout = {
      siteName: 'The Paper',
      unsubscribeUrl: 'https://comments.example/email/unsubscribe/x',
      locale: english,
    };
    const { text, html } = renderEmail('Hello,', [toEmailItem(notification({}), english)], layout);
    expect(text).toContain(
      'Ann <b> replied to you (Talks)\n“One two & three”\nhttps://paper.example/talks#postbag-c1',
    );
    expect(text).toContain('Unsubscribe: https://comments.example/email/unsubscribe/x');
    expect(html).toContain('Ann &lt;b&gt; replied to you');
    expect(html).not.toContain('<b>');
    expect(html).toContain('href="https://comments.example/email/unsubscribe/x"');
  });

  it('give the refusal reason in the words that the reader saw', () => {
    const refused = notification({ kind: 'decision', outcome: 'rejected' });
    const item = toEmailItem(refused, emailLocaleFor('de'), 'Ihr Kommentar liest sich wie <Werbung>.');
    const { text, html } = renderEmail('Hallo,', [item], {
      siteName: 'Paper',
      unsubscribeUrl: 'https://x/u',
      locale: emailLocaleFor('de'),
    });
    expect(text).toContain(
      'One two & three“\nIhr Kommentar liest sich wie <Werbung>.\nhttps://paper.example',
    );
    expect(html).toContain('dir="auto">Ihr Kommentar liest sich wie &lt;Werbung&gt;.</div>');
  });

  it('contain the whole message of a moderator, without a link', () => {
    const item = toEmailItem(
      notification({
        kind: 'message',
        comment: null,
        story: null,
        text: 'Please keep to the story & be kind.',
      }),
      english,
    );
    expect(item).toEqual({
      heading: 'A message from the moderators',
      excerpt: 'Please keep to the story & be kind.',
      storyTitle: null,
      url: null,
    });
    const { text, html } = renderEmail('Lead:', [item], {
      siteName: 'Paper',
      unsubscribeUrl: 'https://x/u',
      locale: english,
    });
    expect(text).toContain('A message from the moderators\n“Please keep to the story & be kind.”');
    expect(html).toContain('<b>A message from the moderators</b>');
    expect(html).not.toContain('null');
    const sanction = notification({
      kind: 'standing',
      outcome: 'suspended',
      comment: null,
      story: null,
      text: 'Spam.',
    });
    expect(toEmailItem(sanction, english).heading).toBe('You cannot comment for some time');
  });
});
