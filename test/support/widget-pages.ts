import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { Visitor } from './browser.js';
import { createSiteFixture, expectStatus, type Json, type SiteFixture } from './site-fixture.js';
import { freshDatabase } from './postgres.js';
import { startProduct, PRODUCT_ADMIN_KEY, type Product } from './product.js';
import { until } from './processes.js';

const LONG_TEXT = Array.from(
  { length: 14 },
  (_, n) =>
    `Paragraph ${n + 1} of a letter that goes on: what was promised, what was done, and who paid for it.`,
).join('\n\n');

const LONG_WORD = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft';
const LONG_NAME = 'Wolfeschlegelsteinhausenbergerdorffwelchevoralternwaren';

interface PageOptions extends BrowserContextOptions {
  /** `sub` of the reader; signed out by default. */
  as?: string;
  tier?: string;
  story?: string;
  /** The value of the element's `url` attribute; a URL of the site by default. */
  url?: string;
  /** The element that the page contains. */
  tag?: 'postbag-comments' | 'postbag-portfolio';
  lang?: string;
  dir?: 'ltr' | 'rtl';
  theme?: 'light' | 'dark';
  /** The page's font size in percent. */
  zoom?: number;
  hash?: string;
  /** Runs before the page opens. */
  prepare?: (page: Page) => Promise<unknown>;
}

/** IDs of the comments that the states use. */
interface CommentIds {
  top: string;
  reply: string;
  long: string;
  rejected: string;
  appealed: string;
}

/**
 * A story with comments in every state, and pages that show it. All texts are made up.
 */
export class WidgetPages {
  private constructor(
    readonly product: Product,
    readonly fixture: SiteFixture,
    readonly demoContent: CommentIds,
    private readonly drop: () => Promise<void>,
  ) {}

  static async open(): Promise<WidgetPages> {
    const database = await freshDatabase();
    const product = await startProduct({ databaseUrl: database.url, env: { LIMITS: 'off' } });
    const fixture = await createSiteFixture(
      { call: product.call, adminKey: PRODUCT_ADMIN_KEY },
      {
        reactions: ['like', 'insightful', 'funny'],
        body: { maxChars: 600 },
        editWindowSeconds: 3600,
        moderation: { wordLists: { suspect: ['quibbleton'] } },
      },
    );
    await fixture.admin('PUT', `/sites/${fixture.site}/tiers`, [
      { key: 'insider-gold', name: 'Insider Gold', rank: 30, upgradeUrl: 'http://localhost/subscribe' },
      { key: 'circle', name: 'The Distinguished Benefactors’ Circle of the Evening Edition', rank: 40 },
    ]);
    const url = `${product.url}/paper`;
    await fixture.admin('PATCH', `/sites/${fixture.site}`, { origins: ['http://localhost', product.url] });
    const putStory = (key: string, more: Record<string, unknown>) =>
      expectStatus(200, fixture.admin('PUT', `/sites/${fixture.site}/stories/${key}`, { url, ...more }));
    await putStory(fixture.story, {
      title: 'A long week of short promises',
      topics: [
        { type: 'company', key: 'NGP', name: 'Northgate Platinum' },
        { type: 'instrument', key: 'TILN', name: 'Tillerman Small Companies' },
      ],
    });
    await expectStatus(
      200,
      fixture.admin('PUT', `/sites/${fixture.site}/topics/company/NGP`, {
        name: 'Northgate Platinum',
        facts: [
          { label: 'Price', value: '41.70' },
          { label: 'Ounces a year', value: '612,000' },
        ],
      }),
    );
    await putStory('quiet', { title: 'Nobody wrote here' });
    await putStory('over', { title: 'An old story', state: 'closed' });
    await putStory('long', { title: LONG_WORD });
    await putStory('gold', { title: 'For subscribers', policy: { gate: { comment: 'insider-gold' } } });
    await fixture.admin('PUT', `/sites/${fixture.site}/readers/sam`, { name: 'Sam Ferreira', role: 'staff' });
    await fixture.admin('PUT', `/sites/${fixture.site}/readers/ada`, { name: 'Ada Voss', role: 'author' });
    const demoContent = await seedPage(product, fixture).catch(async (error: unknown) => {
      await product.process.stop();
      throw new Error(
        `the test data could not be created. Output of the server:\n${product.process.output()}`,
        {
          cause: error,
        },
      );
    });
    return new WidgetPages(product, fixture, demoContent, async () => {
      await product.process.stop();
      await database.drop();
    });
  }

  /** Opens a page of the publisher that contains the element, without waiting until it has loaded. */
  async visit(browser: Browser, options: PageOptions = {}): Promise<Visitor> {
    const {
      as,
      tier,
      story = this.fixture.story,
      url = `${this.product.url}/paper`,
      tag = 'postbag-comments',
      lang = 'en',
      dir = 'ltr',
      theme = 'light',
      zoom = 100,
      hash = '',
      prepare,
      ...context
    } = options;
    const visitor = await Visitor.open(browser, { reducedMotion: 'reduce', ...context });
    const token = as === undefined ? '' : await this.fixture.token(as, tier === undefined ? {} : { tier });
    const dark = theme === 'dark';
    await visitor.page.route('**/paper*', (route) =>
      route.fulfill({
        contentType: 'text/html',
        body: `<!doctype html><html lang="${lang}" dir="${dir}" style="font-size:${zoom}%"><head><meta charset="utf-8">
          <meta name="viewport" content="width=device-width, initial-scale=1"><title>The Paper</title>
          <style>body{margin:0;padding:16px;font:1rem/1.5 Georgia,serif;background:${dark ? '#17181a' : '#fff'};color:${dark ? '#e9e7e3' : '#16181b'}}
          main{max-width:42em;margin:0 auto}</style><script type="module" src="/embed.js"></script></head>
          <body><main><h1>A long week of short promises</h1><${tag} site="${this.fixture.site}" story="${story}"
          url="${url}" title="A story" theme="${theme}"${token && ` token="${token}"`}></${tag}></main></body></html>`,
      }),
    );
    await prepare?.(visitor.page);
    await visitor.page.goto(`${this.product.url}/paper${hash}`);
    return visitor;
  }

  /** Posts a comment as the given reader and waits until it is published. */
  publishComment(sub: string, body: string, parentId?: string): Promise<string> {
    return publishComment(this.fixture, sub, body, parentId);
  }

  async close(): Promise<void> {
    await this.drop();
  }
}

async function publishComment(
  fixture: SiteFixture,
  sub: string,
  body: string,
  parentId?: string,
): Promise<string> {
  const { id } = await fixture.submit(sub, body, {
    token: await fixture.token(sub, sub === 'gold' ? { tier: 'insider-gold' } : {}),
    ...(parentId === undefined ? {} : { parentId }),
  });
  await until(async () => (await fixture.readOwnComment(sub, id))['status'] === 'published');
  return id;
}

async function seedPage(product: Product, fixture: SiteFixture): Promise<CommentIds> {
  const call = async (sub: string, method: string, path: string, body?: unknown) =>
    product.call<Json>(method, `/api/v1${path}`, { token: await fixture.token(sub), body });
  const decide = (commentId: string, action: string, more = {}) =>
    expectStatus(
      200,
      product.call('POST', '/api/v1/moderation/decisions', {
        token: PRODUCT_ADMIN_KEY,
        body: { decisions: [{ commentId, revision: 1, action, ...more }] },
      }),
    );
  const submitHeld = async (sub: string, body: string): Promise<string> => {
    const { id } = await fixture.submit(sub, body);
    await until(async () => (await fixture.readOwnComment(sub, id))['status'] === 'held');
    return id;
  };
  await expectStatus(
    200,
    fixture.admin('PATCH', `/sites/${fixture.site}/policy`, { body: { maxChars: 5000 } }),
  );
  const long = await publishComment(fixture, 'theo', LONG_TEXT);
  await expectStatus(
    200,
    fixture.admin('PATCH', `/sites/${fixture.site}/policy`, { body: { maxChars: 600 } }),
  );
  const gone = await publishComment(fixture, 'theo', 'This one will be taken away.');
  await publishComment(fixture, 'mara', 'An answer to what is gone.', gone);
  await decide(gone, 'remove', { reason: 'off-topic' });
  await publishComment(fixture, 'ignorable', 'A remark by somebody whom not everybody wants to read.');
  const top = await publishComment(
    fixture,
    'gold',
    'The number to read is **the third one**. The rest is decoration:\n\n> a promise with a date is worth two without',
  );
  const first = await publishComment(
    fixture,
    'sam',
    'We asked; the answer is in the *second half* of the piece.',
    top,
  );
  await publishComment(fixture, 'ada', 'And the table behind it is public.', top);
  const reply = await publishComment(
    fixture,
    'mara',
    'Thank you. I had read past it, twice, which says something about the headline.',
    first,
  );
  await publishComment(fixture, 'theo', 'It does.', reply);
  for (const [sub, kind] of [
    ['mara', 'like'],
    ['theo', 'like'],
    ['sam', 'insightful'],
    ['reader', 'like'],
  ])
    await call(sub, 'PUT', `/comments/${top}/reactions/${kind}`);
  // A chain of replies with names and texts that do not fit on one line.
  const token = await fixture.token('long', { name: LONG_NAME, tier: 'circle' });
  const path = `/api/v1/sites/${fixture.site}/stories/long/comments`;
  let lastId: string | undefined;
  for (const body of [
    `A word to be read aloud: ${LONG_WORD}.`,
    'It takes **one breath**.',
    'Two, for me.',
    'Just so.',
  ]) {
    const parentId: string | undefined = lastId;
    const { body: made } = await expectStatus(
      202,
      product.call<Json>('POST', path, { token, body: { body, ...(parentId && { parentId }) } }),
    );
    lastId = made.id as string;
    await until(async () => (await product.call('GET', `/api/v1/comments/${lastId}`)).status === 200);
  }
  // The reader's own comments: one published, and one in each other state.
  const own = await publishComment(
    fixture,
    'reader',
    'I had hoped for more than this, and for less of that.',
  );
  await publishComment(fixture, 'mara', 'So had I, @Reader reader.', own);
  await publishComment(fixture, 'theo', 'Who had not?', own);
  await submitHeld('reader', 'A quibbleton waits here.');
  const rejected = await submitHeld('reader', 'This quibbleton is refused.');
  await decide(rejected, 'reject', { reason: 'spam' });
  const appealed = await submitHeld('reader', 'This quibbleton is asked for again.');
  await decide(appealed, 'reject', { reason: 'abuse' });
  await call('reader', 'POST', `/comments/${appealed}/appeal`, { text: 'It is a name.' });
  const { body: others } = await product.call<Json>(
    'GET',
    `/api/v1/sites/${fixture.site}/stories/${fixture.story}/comments`,
  );
  const ignorable = others.items.find((item: Json) => item.author?.name === 'Reader ignorable');
  await call('reader', 'POST', '/me/ignored', { readerId: ignorable.author.id });
  await call('reader', 'PUT', `/sites/${fixture.site}/stories/quiet/follow`);
  // Readers whom the gate does not allow to comment, each for a different reason.
  await expectStatus(
    200,
    fixture.admin('PUT', `/sites/${fixture.site}/readers/lapsed/entitlement`, {
      tier: 'insider-gold',
      status: 'cancelled',
    }),
  );
  for (const [sub, standing] of [
    ['paused', { standing: 'suspended', until: '2100-01-01T00:00:00Z' }],
    ['barred', { standing: 'banned' }],
  ] as const) {
    const { body: me } = await call(sub, 'GET', `/me?site=${fixture.site}`);
    await expectStatus(
      200,
      product.call('POST', `/api/v1/moderation/readers/${me.reader.id}/standing`, {
        token: PRODUCT_ADMIN_KEY,
        body: { ...standing, reason: 'Insulted others.' },
      }),
    );
  }
  for (const alerts of [false, true]) {
    const { body: made } = await call('reader', 'POST', '/me/portfolios', {
      name: alerts ? 'Tell me' : 'Miners, and what is near them',
      alerts,
    });
    await call('reader', 'PUT', `/me/portfolios/${made.id}/topics/company/NGP`);
  }
  await until(async () => (await call('reader', 'GET', '/me/notifications')).body.items.length >= 4);
  return { top, reply, long, rejected, appealed };
}
