import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { describeOnBothBackends } from '../../support/backends.js';
import { startApp, type TestApp } from '../../support/app.js';
import { connectAsOwner, type Json, type OwnerConnection } from '../../support/site-fixture.js';
import { createSite, type TestSite } from '../../support/sites.js';

const FOREIGN_TITLE = 'BUY CHEAP PILLS at evil.example';

/** A publisher's web server. Tests set the response for each path. */
class Pages {
  readonly requests: string[] = [];
  private readonly answers = new Map<string, (response: ServerResponse) => void>();
  private readonly server = createServer(({ url = '' }, response) => {
    this.requests.push(url);
    const answer = this.answers.get(url);
    if (answer) answer(response);
    else response.writeHead(404, { 'content-type': 'text/html' }).end('<title>Not found</title>');
  });

  static async open(): Promise<Pages> {
    const pages = new Pages();
    await new Promise<void>((done) => pages.server.listen(0, '127.0.0.1', done));
    return pages;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  set(path: string, html: string, type = 'text/html; charset=utf-8'): void {
    this.answers.set(path, (response) => response.writeHead(200, { 'content-type': type }).end(html));
  }

  redirect(path: string, location: string): void {
    this.answers.set(path, (response) => response.writeHead(302, { location }).end());
  }

  close(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((done) => this.server.close(() => done()));
  }
}

async function waitFor<T>(read: () => Promise<T>, is: (value: T) => boolean): Promise<T> {
  for (const end = Date.now() + 60_000; ;) {
    const value = await read();
    if (is(value) || Date.now() > end) return value;
    await new Promise((done) => setTimeout(done, 100));
  }
}

describeOnBothBackends('the title of a story that a visitor registered', (backend) => {
  let app: TestApp;
  let db: OwnerConnection;
  let pages: Pages;
  let otherServer: Pages;
  let site: TestSite;

  beforeAll(async () => {
    app = await startApp({
      databaseUrl: backend.databaseUrl,
      redisUrl: backend.redisUrl,
      settings: { limits: false, outboundAllow: ['127.0.0.0/8'] },
    });
    db = await connectAsOwner(backend.databaseUrl);
    pages = await Pages.open();
    otherServer = await Pages.open();
    site = await createSite(app, { origins: [pages.origin] });
  });
  afterAll(async () => {
    await pages?.close();
    await otherServer?.close();
    await db?.end();
    await app?.close();
  });

  const thread = (key: string, path?: string) =>
    site.reader<Json>(
      null,
      'GET',
      `/sites/${site.id}/stories/${key}/comments${
        path === undefined
          ? ''
          : `?url=${encodeURIComponent(pages.origin + path)}&title=${encodeURIComponent(FOREIGN_TITLE)}`
      }`,
    );
  const titleOf = async (key: string): Promise<string> => (await thread(key)).body.story.title;
  const waitUntilPageIsRead = (key: string) =>
    waitFor(
      () => db.rows('SELECT title_read_at AS at FROM story WHERE key = $1', [key]),
      ([row]) => row['at'] !== null,
    );

  it('is the URL’s path until the page is read, then the page’s title, then the title set by the publisher', async () => {
    pages.set('/talks', '<title>Talks resume</title>');
    const first = await thread('talks', '/talks');
    expect(first.body.story).toMatchObject({ title: '/talks', url: `${pages.origin}/talks` });
    expect(
      await waitFor(
        () => titleOf('talks'),
        (title) => title !== '/talks',
      ),
    ).toBe('Talks resume');
    expect((await site.publisher('GET', '/stories/talks')).body).toMatchObject({ titleSource: 'page' });
    await site.publisher('PUT', '/stories/talks', { url: `${pages.origin}/talks`, title: 'Talks' });
    expect(await titleOf('talks')).toBe('Talks');
    expect(pages.requests.filter((path) => path === '/talks')).toHaveLength(1);
  });

  it('stays the path if the page is missing, not HTML, redirects elsewhere or to itself, or has its query in its title', async () => {
    otherServer.set('/', `<title>${FOREIGN_TITLE}</title>`);
    pages.redirect('/away', `${otherServer.origin}/`);
    pages.redirect('/round', '/round');
    pages.set('/data', `<title>${FOREIGN_TITLE}</title>`, 'application/json');
    pages.set(`/search?q=${encodeURIComponent('WIN A PRIZE')}`, '<title>Results for win a prize</title>');
    const paths = {
      gone: '/gone',
      away: '/away',
      round: '/round',
      data: '/data',
      search: `/search?q=${encodeURIComponent('WIN A PRIZE')}`,
    };
    for (const [key, path] of Object.entries(paths)) await thread(key, path);
    for (const key of Object.keys(paths)) {
      await waitUntilPageIsRead(key);
      expect(await titleOf(key)).toBe(`/${key}`);
    }
    expect(otherServer.requests).toEqual([]);
  });

  it('follows a redirect within the site', async () => {
    pages.redirect('/old', '/new');
    pages.set('/new', '<meta property="og:title" content="Moved"><title>Moved | Ledger</title>');
    await thread('moved', '/old');
    expect(
      await waitFor(
        () => titleOf('moved'),
        (title) => title !== '/old',
      ),
    ).toBe('Moved');
  });

  it('never contains the title that a visitor sent', async () => {
    await thread('stranger', '/stranger');
    await waitUntilPageIsRead('stranger');
    const answers = await Promise.all([
      thread('stranger'),
      site.reader(null, 'GET', `/sites/${site.id}/search?q=pills`),
      site.reader(null, 'GET', `/sites/${site.id}/search?q=stranger`),
      site.publisher('GET', '/events'),
      app.call('GET', `/api/v1/sites/${site.id}/stories/stranger/feed.rss`),
      app.call('GET', `/api/v1/sites/${site.id}/stories/stranger/page`),
    ]);
    for (const { body } of answers) expect(JSON.stringify(body)).not.toContain('PILLS');
    const rows = await db.rows('SELECT payload FROM outbox');
    expect(JSON.stringify(rows)).not.toContain('PILLS');
  });
});
