import type { Page } from 'playwright-core';
import { waitUntilLive } from './browser.js';
import type { WidgetPages } from './widget-pages.js';

type Options = NonNullable<Parameters<WidgetPages['visit']>[1]>;

/** A state of an element: which reader it is shown to, what they do, and how the spec recognizes the state. */
export interface WidgetState {
  readonly name: string;
  /** Checked only on a phone in the dark scheme, because on a desktop it looks like other states. */
  readonly once?: true;
  readonly options?: (widgetPages: WidgetPages) => Options;
  /** Runs before the page opens. */
  readonly before?: (page: Page) => Promise<unknown>;
  readonly then: (page: Page, widgetPages: WidgetPages) => Promise<void>;
}

const asReader = (): Options => ({ as: 'reader' });
const thread = '**/comments?sort=*';

const ready = async (page: Page): Promise<void> => {
  await page.getByRole('heading', { name: /^\d+ comments?$/ }).waitFor();
};
const comment = (page: Page, text: string) => page.getByRole('article').filter({ hasText: text });
/** Selects an action that is shown only while a comment has focus or the pointer is over it. */
async function choose(page: Page, text: string, action: RegExp): Promise<void> {
  const article = comment(page, text).last();
  await article.hover();
  const menuButton = article.getByRole('button', { name: 'More about this comment' });
  const actionButton = article.getByRole('button', { name: action });
  // The actions load after the comment.
  await menuButton.or(actionButton).filter({ visible: true }).first().waitFor();
  if (await menuButton.isVisible()) await menuButton.click();
  await actionButton.click();
}
async function write(page: Page, text: string): Promise<void> {
  await page.getByLabel('Your comment').click();
  await page.getByLabel('Your comment').fill(text);
}
async function openAccountPanel(page: Page, tab: string): Promise<void> {
  await ready(page);
  await page.getByRole('button', { name: 'My comments and settings' }).click();
  await page.getByRole('tab', { name: tab }).click();
}

/** The server's messages when it rejects a comment although the page allowed writing one. */
const COMMENT_TEXTS = {
  'signed-out': 'You must be signed in to comment.',
  'story-closed': 'Comments on this story are closed.',
  'quota-exceeded': 'You have written as many comments as your subscription allows.',
  internal: 'Something went wrong here.',
} as const;

/** A comment that is accepted and stays pending. */
const PENDING = {
  id: '01900000-0000-7000-8000-00000000abcd',
  storyId: '01900000-0000-7000-8000-00000000abce',
  parentId: null,
  author: {
    id: '01900000-0000-7000-8000-00000000abcf',
    name: 'Reader reader',
    picture: null,
    tier: null,
    role: 'reader',
  },
  body: 'These words are on their way.',
  html: '<p>These words are on their way.</p>',
  status: 'pending',
  revision: 1,
  createdAt: new Date().toISOString(),
  publishedAt: null,
  editedAt: null,
  replyCount: 0,
  reactions: {},
  viewer: { reactions: [], flagged: false, mine: true, canEdit: true, canDelete: true },
};

/** Every state that a reader can reach, in the order of a visit. */
export const WIDGET_STATES: readonly WidgetState[] = [
  {
    name: 'loading',
    before: (page) => page.route(thread, () => undefined),
    then: (page) => page.getByLabel('Loading comments').waitFor(),
  },
  {
    name: 'failed',
    before: (page) => page.route(thread, (route) => route.abort()),
    then: (page) => page.getByRole('button', { name: 'Try again' }).waitFor(),
  },
  {
    name: 'empty',
    options: () => ({ as: 'reader', story: 'quiet' }),
    then: (page) => page.getByText('No comments yet.').waitFor(),
  },
  {
    name: 'closed',
    options: () => ({ as: 'reader', story: 'over' }),
    then: (page) => page.getByText('None were written before').waitFor(),
  },
  {
    name: 'gate-signed-out',
    options: () => ({ story: 'gold' }),
    then: (page) => page.getByRole('button', { name: 'Sign in' }).waitFor(),
  },
  {
    name: 'gate-below-tier',
    options: () => ({ as: 'reader', story: 'gold' }),
    then: (page) => page.getByRole('link', { name: 'Get Insider Gold' }).waitFor(),
  },
  {
    name: 'gate-ended',
    once: true,
    options: () => ({ as: 'lapsed', story: 'gold' }),
    then: (page) => page.getByRole('link', { name: 'Renew Insider Gold' }).waitFor(),
  },
  ...(
    [
      ['gate-suspended', 'paused', /^You are suspended until/],
      ['gate-banned', 'barred', /^You are banned/],
    ] as const
  ).map(([name, as, expectedText]): WidgetState => ({
    name,
    once: true,
    options: () => ({ as }),
    then: (page) => page.getByText(expectedText).first().waitFor(),
  })),
  {
    name: 'wrong-origin',
    once: true,
    options: () => ({ story: 'nobody-registered', url: 'https://elsewhere.example/a' }),
    then: (page) => page.getByRole('button', { name: 'Try again' }).waitFor(),
  },
  {
    name: 'code-failed',
    once: true,
    before: (page) => page.route(/\/embed\/reading-/, (route) => route.abort()),
    then: (page) => page.getByRole('button', { name: 'Try again' }).waitFor(),
  },
  {
    name: 'code-failed-later',
    once: true,
    before: (page) => page.route(/\/embed\/interactive-/, (route) => route.abort()),
    then: (page) => page.getByText('Not everything could be loaded.').waitFor(),
  },
  {
    name: 'code-failed-for-writing',
    once: true,
    options: asReader,
    before: (page) => page.route(/\/embed\/composer-/, (route) => route.abort()),
    async then(page) {
      await ready(page);
      await waitUntilLive(page);
      await page
        .getByRole('button', { name: /^Reply to/ })
        .first()
        .click();
      await page.getByText('That could not be done.').waitFor();
    },
  },
  {
    name: 'link-gone',
    once: true,
    options: () => ({ hash: '#postbag-01999999-9999-7999-8999-999999999999' }),
    then: (page) => page.getByText('The comment that the link leads to is no longer here.').waitFor(),
  },
  ...(
    [
      ['refused-reaction', /^Like/, 'You must be signed in to react.'],
      ['refused-reply', /^Reply to/, 'You must be signed in to reply.'],
      ['refused-flag', /^Flag/, 'You must be signed in to flag a comment.'],
    ] as const
  ).map(([name, action, expectedText]): WidgetState => ({
    name,
    once: true,
    then: async (page) => {
      await ready(page);
      if (name === 'refused-flag') await choose(page, 'Who had not?', action);
      else await page.getByRole('button', { name: action }).first().click();
      await page.getByText(expectedText).waitFor();
    },
  })),
  {
    name: 'refused-while-suspended',
    once: true,
    options: () => ({ as: 'paused' }),
    then: async (page) => {
      await ready(page);
      await page
        .getByRole('button', { name: /^Reply to/ })
        .first()
        .click();
      await page
        .getByText(/^You are suspended until/)
        .nth(1)
        .waitFor();
    },
  },
  {
    name: 'reaction-failed',
    once: true,
    options: asReader,
    before: (page) => page.route('**/reactions/*', (route) => route.abort()),
    then: async (page) => {
      await ready(page);
      await page.getByRole('button', { name: /^Like/ }).first().click();
      await page.getByText('That did not reach the server. Nothing has changed; try again.').waitFor();
    },
  },
  {
    name: 'thread-signed-out',
    then: async (page) => {
      await ready(page);
      await page.getByText('End of comments.').waitFor();
    },
  },
  {
    name: 'thread-signed-in',
    options: asReader,
    then: async (page) => {
      await ready(page);
      await page
        .getByRole('button', { name: 'Notifications, 4 new' })
        .or(page.getByRole('button', { name: 'Notifications', exact: true }))
        .waitFor();
    },
  },
  {
    name: 'thread-rtl',
    options: () => ({ as: 'reader', dir: 'rtl' }),
    then: (page) => page.getByText('Waits for a moderator', { exact: true }).waitFor(),
  },
  {
    name: 'thread-in-arabic',
    once: true,
    options: () => ({ as: 'reader', dir: 'rtl', lang: 'ar' }),
    then: async (page) => {
      await page.getByLabel('تعليقك', { exact: true }).fill('قرأت المقال مرتين.');
      await page.getByText('ينتظر أحد المشرفين').or(page.locator('.held .standing')).first().waitFor();
    },
  },
  {
    name: 'thread-insider-gold',
    once: true,
    options: () => ({ as: 'gold', tier: 'insider-gold', story: 'gold' }),
    then: (page) => page.getByLabel('Your comment').waitFor(),
  },
  {
    name: 'thread-zoomed',
    options: () => ({ as: 'reader', zoom: 200 }),
    then: (page) => page.getByText('Waits for a moderator', { exact: true }).waitFor(),
  },
  {
    name: 'thread-of-long-words',
    options: () => ({ as: 'reader', story: 'long' }),
    then: async (page) => {
      await page.getByText('Just so.').waitFor();
      await page.getByRole('button', { name: 'Fold this thread' }).waitFor();
    },
  },
  {
    name: 'folded',
    options: asReader,
    then: async (page) => {
      await ready(page);
      await page.getByRole('button', { name: 'Fold this thread' }).first().click();
      await page.getByRole('button', { name: 'Unfold this thread' }).waitFor();
    },
  },
  {
    name: 'one-conversation',
    options: (widgetPages) => ({ as: 'reader', hash: `#postbag-${widgetPages.demoContent.reply}` }),
    then: (page) => page.getByText('You see one conversation.').waitFor(),
  },
  {
    name: 'three-new',
    then: async (page, widgetPages) => {
      await page.getByRole('button', { name: /^Like/ }).first().waitFor();
      await waitUntilLive(page);
      await widgetPages.publishComment('mara', `One more thing ${Math.random()}.`);
      await page.getByRole('button', { name: /^Show \d+ new/ }).waitFor();
    },
  },
  {
    name: 'composer',
    options: asReader,
    then: async (page) => {
      await ready(page);
      await write(page, 'Word '.repeat(117));
      await page.getByRole('button', { name: 'Formatting' }).click();
      await page.getByText(/characters? left/).waitFor();
    },
  },
  {
    name: 'composer-too-long',
    options: asReader,
    then: async (page) => {
      await ready(page);
      await write(page, '👨‍👩‍👧‍👦'.repeat(650));
      await page.getByText('50 characters too many').waitFor();
    },
  },
  {
    name: 'composer-preview',
    options: asReader,
    then: async (page) => {
      await ready(page);
      await write(page, 'It is **not** so.\n\n- one\n- two\n\n> quoted');
      await page.getByRole('button', { name: 'Preview' }).click();
      await page.getByRole('region', { name: 'Preview' }).getByText('not').waitFor();
    },
  },
  {
    name: 'composer-mention',
    options: asReader,
    then: async (page) => {
      await ready(page);
      await page.getByLabel('Your comment').click();
      await page.keyboard.type('Well, @Rea');
      await page.getByRole('listbox').getByRole('option').first().waitFor();
    },
  },
  {
    name: 'composer-no-connection',
    options: asReader,
    before: (page) =>
      page.route('**/comments', (route) =>
        route.request().method() === 'POST' ? route.abort() : route.fallback(),
      ),
    then: async (page) => {
      await ready(page);
      await write(page, 'This does not arrive.');
      await page.getByRole('button', { name: 'Post comment' }).click();
      await page.getByRole('button', { name: 'Post again' }).waitFor();
    },
  },
  {
    name: 'pending',
    once: true,
    options: asReader,
    before: async (page) => {
      await page.route('**/events', (route) => route.abort());
      await page.route('**/api/v1/comments/*', () => undefined);
      await page.route('**/stories/*/comments', async (route) => {
        if (route.request().method() !== 'POST') return route.fallback();
        await route.fulfill({ status: 202, json: PENDING });
      });
    },
    then: async (page) => {
      await ready(page);
      await write(page, PENDING.body);
      await page.getByRole('button', { name: 'Post comment' }).click();
      await page.getByText('Being checked', { exact: true }).waitFor();
    },
  },
  ...(
    [
      ['composer-signed-out-meanwhile', 401, 'signed-out', /^Your sign-in has ended/],
      ['composer-closed-meanwhile', 403, 'story-closed', /^Comments on this story are closed/],
      ['composer-quota', 403, 'quota-exceeded', /as many comments/],
      ['composer-server-fault', 500, 'internal', /Your text is kept/],
    ] as const
  ).map(([name, status, code, expectedText]): WidgetState => ({
    name,
    options: asReader,
    before: (page) =>
      page.route('**/stories/*/comments', (route) =>
        route.request().method() === 'POST'
          ? route.fulfill({
              status,
              json: { type: 'about:blank', title: 'No', status, code, detail: COMMENT_TEXTS[code] },
            })
          : route.fallback(),
      ),
    then: async (page) => {
      await ready(page);
      await write(page, 'Words that somebody would miss.');
      await page.getByRole('button', { name: 'Post comment' }).click();
      await page.getByText(expectedText).first().waitFor();
    },
  })),
  {
    name: 'reply',
    options: asReader,
    then: async (page) => {
      await ready(page);
      await page
        .getByRole('button', { name: 'Reply to Sam Ferreira' })
        .or(page.getByRole('button', { name: /^Reply to/ }))
        .first()
        .click();
      await page.getByLabel(/^Your reply to/).waitFor();
    },
  },
  {
    name: 'flag',
    options: asReader,
    then: async (page) => {
      await ready(page);
      await choose(page, 'Who had not?', /^Flag/);
      await page.getByRole('dialog').getByText('It is advertising or spam').click();
    },
  },
  {
    name: 'delete',
    options: asReader,
    then: async (page) => {
      await ready(page);
      await choose(page, 'A quibbleton waits here.', /^Delete/);
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'appeal',
    options: asReader,
    then: async (page) => {
      await ready(page);
      await comment(page, 'This quibbleton is refused.')
        .getByRole('button', { name: 'Ask for another look' })
        .click();
      await page.getByLabel('Why should it be published?').fill('It is the name of a village.');
    },
  },
  {
    name: 'account-notifications',
    options: asReader,
    before: (page) => page.route('**/notifications/read', (route) => route.fulfill({ json: { unread: 4 } })),
    then: async (page) => {
      await ready(page);
      await page.getByRole('button', { name: /^Notifications/ }).click();
      await page
        .getByRole('link', { name: /replied to you/ })
        .first()
        .waitFor();
    },
  },
  {
    name: 'account-nothing-yet',
    options: () => ({ as: 'newcomer' }),
    then: async (page) => {
      await openAccountPanel(page, 'Notifications');
      await page.getByText('Nothing yet.').waitFor();
    },
  },
  {
    name: 'account-comments',
    options: asReader,
    then: async (page) => {
      await openAccountPanel(page, 'My comments');
      await page.getByRole('dialog').getByText('This quibbleton is refused.').waitFor();
    },
  },
  {
    name: 'account-comments-failed',
    options: asReader,
    before: (page) => page.route('**/me/comments*', (route) => route.abort()),
    then: async (page) => {
      await openAccountPanel(page, 'My comments');
      await page.getByText('This could not be loaded.').waitFor();
    },
  },
  {
    name: 'account-reactions',
    once: true,
    options: asReader,
    then: async (page) => {
      await openAccountPanel(page, 'My reactions');
      await page.getByRole('dialog').getByText('The number to read').waitFor();
    },
  },
  {
    name: 'account-following',
    once: true,
    options: asReader,
    then: async (page) => {
      await openAccountPanel(page, 'Following');
      await page.getByRole('dialog').getByRole('button', { name: 'Stop following this story' }).waitFor();
    },
  },
  {
    name: 'account-from-right-to-left',
    once: true,
    options: () => ({ as: 'reader', dir: 'rtl' }),
    then: async (page) => {
      await openAccountPanel(page, 'My comments');
      await page.getByRole('dialog').getByText('This quibbleton is refused.').waitFor();
    },
  },
  {
    name: 'account-settings-zoomed',
    once: true,
    options: () => ({ as: 'reader', zoom: 200 }),
    then: async (page) => {
      await openAccountPanel(page, 'Settings');
      await page.getByRole('checkbox').first().waitFor();
    },
  },
  {
    name: 'account-settings',
    options: asReader,
    then: async (page) => {
      await openAccountPanel(page, 'Settings');
      await page.getByRole('button', { name: /^Read .* again/ }).waitFor();
      await page.getByRole('checkbox').first().waitFor();
    },
  },
  {
    name: 'account-delete-account',
    options: asReader,
    then: async (page) => {
      await openAccountPanel(page, 'Settings');
      await page.getByRole('button', { name: 'Delete my account here' }).click();
      await page.getByRole('button', { name: 'Delete account', exact: true }).waitFor();
    },
  },
  {
    name: 'portfolio-signed-out',
    once: true,
    options: () => ({ tag: 'postbag-portfolio' }),
    then: (page) => page.getByRole('button', { name: 'Sign in' }).waitFor(),
  },
  {
    name: 'portfolio-nothing-yet',
    once: true,
    options: () => ({ as: 'newcomer', tag: 'postbag-portfolio' }),
    then: async (page) => {
      await page.getByText('You do not have any portfolios, please create one here.').waitFor();
      await page.getByText('You do not have an alert portfolio, please create one here.').waitFor();
    },
  },
  {
    name: 'portfolio-saved',
    once: true,
    options: () => ({ as: 'reader', tag: 'postbag-portfolio' }),
    then: (page) => page.getByRole('heading', { name: 'Miners, and what is near them' }).waitFor(),
  },
  {
    name: 'portfolio-company-zoomed',
    once: true,
    options: () => ({ as: 'reader', tag: 'postbag-portfolio', zoom: 200 }),
    then: async (page) => {
      await page.getByRole('button', { name: /NGP/ }).first().click();
      await page.getByText('Ounces a year').waitFor();
    },
  },
  {
    name: 'portfolio-company-from-right-to-left',
    once: true,
    options: () => ({ as: 'reader', tag: 'postbag-portfolio', dir: 'rtl' }),
    then: async (page) => {
      await page.getByRole('button', { name: /NGP/ }).first().click();
      await page.getByText('Ounces a year').waitFor();
    },
  },
  {
    name: 'portfolio-search-without-result',
    once: true,
    options: () => ({ as: 'reader', tag: 'postbag-portfolio' }),
    then: async (page) => {
      await page.getByLabel('Words, or the name or code of a company').fill('zebra crossing');
      await page.getByRole('button', { name: 'Search stories' }).click();
      await page.getByText(/^Nothing was found/).waitFor();
    },
  },
  {
    name: 'portfolio-failed',
    once: true,
    options: () => ({ as: 'reader', tag: 'postbag-portfolio' }),
    before: (page) => page.route('**/me/portfolios', (route) => route.abort()),
    then: (page) => page.getByRole('button', { name: 'Try again' }).waitFor(),
  },
];
