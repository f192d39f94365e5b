import { gzipSync } from 'node:zlib';
import { hash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import { coralImports } from '../../support/coral-documents.js';
import {
  account,
  DISQUS_END,
  DISQUS_HEAD,
  disqusPost,
  disqusThread,
  guest,
  wordPressComment,
  wordPressFile,
} from '../../support/export-files.js';
import { freshDatabase, type FreshDatabase } from '../../support/postgres.js';
import { connectAsOwner, type Json, type OwnerConnection } from '../../support/site-fixture.js';
import { createSite, type TestSite } from '../../support/sites.js';
import { findInconsistencies } from '../../support/find-inconsistencies.js';

let database: FreshDatabase;
let app: TestApp;
let db: OwnerConnection;
beforeAll(async () => {
  database = await freshDatabase();
  app = await startApp({ databaseUrl: database.url, settings: { limits: false } });
  db = await connectAsOwner(database.url);
});
afterAll(async () => {
  await db?.end();
  await app?.close();
  await database?.drop();
});
const { upload, imported } = coralImports(() => app);

const sha = (text: string): string => hash('sha256', text).slice(0, 32);

async function commentsOf(site: TestSite): Promise<Record<string, Json>> {
  const rows = await db.rows<Json>(
    `SELECT e.external_id AS ext, c.status, c.created_at AS at, r.key AS reader, r.name, r.email, p.external_id AS parent, s.key AS story, s.title,
       s.state, v.body
     FROM external_id e JOIN comment c ON c.id = e.id JOIN reader r ON r.id = c.author_id JOIN story s ON s.id = c.story_id
     LEFT JOIN revision v ON v.comment_id = c.id AND v.number = c.revision
     LEFT JOIN external_id p ON p.id = c.parent_id AND p.kind = 'comment'
     WHERE e.site_id = $1 AND e.kind = 'comment'`,
    [site.id],
  );
  return Object.fromEntries(rows.map((row) => [row.ext, row]));
}

/** Imports a file as a dry run, then twice; the second import must change nothing. Returns the first result. */
async function importTwice(site: TestSite, file: Buffer, format: string): Promise<Json> {
  const dryRun = await imported(site, file, `format=${format}&dryRun`);
  expect(dryRun).toMatchObject({ state: 'done', failure: null });
  expect(await commentsOf(site)).toEqual({});
  const first = await imported(site, file, `format=${format}`);
  expect(first).toMatchObject({ state: 'done', failure: null, format, counts: dryRun.counts });
  const comments = await commentsOf(site);
  const second = await imported(site, gzipSync(file), `format=${format}`);
  expect(second.counts.comments).toMatchObject({ created: 0, notUpdated: 0 });
  expect(second.counts.readers.created + second.counts.stories.created).toBe(0);
  expect(await commentsOf(site)).toEqual(comments);
  expect(await findInconsistencies(db, site.id)).toEqual([]);
  return first;
}
const faultsOf = (result: Json): string[] =>
  result.faults.items.map((fault: Json) => `${fault.file}:${fault.line} ${fault.code}`);

describe('Disqus', () => {
  it('imports threads and posts with statuses, authors and Markdown', async () => {
    const site = await createSite(app);
    const file = [
      DISQUS_HEAD,
      disqusThread(1, 'article-1', 'https://news.example/1'),
      disqusThread(2, '', 'https://news.example/2', true),
      disqusThread(3, 'elsewhere', 'https://preview.example/1'),
      disqusPost({ id: 11, message: '<p>An <b>old</b> ferry &amp; harbour</p>' }),
      disqusPost({ id: 12, message: '<p>Reply</p>', parent: 11, author: guest('Bob', 'Bob@Mail.example') }),
      disqusPost({ id: 13, message: '<p>Buy</p>', isSpam: true, author: guest('Nobody', '') }),
      disqusPost({ id: 14, message: '<p>Gone</p>', isDeleted: true }),
      disqusPost({ id: 15, message: '<p>Second</p>', thread: 2, author: account('carl') }),
      disqusPost({ id: 16, message: '<p>Preview</p>', thread: 3 }),
      disqusPost({ id: 17, message: '<p>When?</p>', createdAt: 'yesterday' }),
      disqusPost({ id: 18, message: '<p>Where?</p>', thread: 99 }),
      DISQUS_END,
    ].join('');
    const result = await importTwice(site, Buffer.from(file), 'disqus');
    expect(result.counts.comments).toMatchObject({ created: 5, skipped: 2 });
    const lineOf = (id: number): number =>
      file.split('\n').findIndex((line) => line.includes(`<post dsq:id="${id}"`)) + 1;
    expect(faultsOf(result)).toEqual([`post:${lineOf(17)} bad-time`, `post:${lineOf(18)} story-missing`]);
    const comments = await commentsOf(site);
    expect(comments).toMatchObject({
      '11': {
        status: 'published',
        body: 'An **old** ferry & harbour',
        reader: 'disqus:ann',
        name: 'Name of ann',
        story: 'article-1',
        title: 'Ferry & harbour 1',
      },
      '12': { parent: '11', reader: `disqus:guest-${sha('bob@mail.example')}`, email: 'Bob@Mail.example' },
      '13': { status: 'rejected', reader: `disqus:name-${sha('Nobody')}` },
      '14': { status: 'deleted' },
      '15': { story: 'disqus-2', state: 'closed', reader: 'disqus:carl' },
    });
    expect(comments['11'].at.toISOString()).toBe('2019-03-02T09:30:00.000Z');

    const other = await createSite(app);
    expect((await other.publisher('GET', `/imports/${result.id}`)).status).toBe(404);
  });

  it.each([
    [
      'has-doctype',
      '<!DOCTYPE disqus [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>\n<disqus></disqus>',
    ],
    ['bad-xml', `${DISQUS_HEAD}${disqusPost({ id: 1, message: 'x' })}`],
    ['bad-xml', `${DISQUS_HEAD}<post><message>x</post>${DISQUS_END}`],
    ['bad-xml', `${DISQUS_HEAD}${'<a>'.repeat(200)}`],
    ['bad-encoding', `${DISQUS_HEAD.replace('utf-8', 'utf-16')}${DISQUS_END}`],
  ])('fails with %s', async (code, text) => {
    const site = await createSite(app);
    const result = await imported(site, Buffer.from(text), 'format=disqus');
    expect(result).toMatchObject({ state: 'failed', failure: { code } });
    expect(await commentsOf(site)).toEqual({});
  });

  it('refuses another file, and a Coral site', async () => {
    const site = await createSite(app);
    const feed = await upload(site, Buffer.from('<rss version="2.0"></rss>'), 'format=disqus');
    expect(feed).toMatchObject({ status: 400, body: { errors: [{ code: 'bad-file' }] } });
    const choice = await upload(site, Buffer.from(DISQUS_HEAD + DISQUS_END), 'format=disqus&coralSite=a');
    expect(choice).toMatchObject({ status: 400, body: { errors: [{ pointer: '/query/coralSite' }] } });
  });
});

describe('WordPress', () => {
  it('imports posts with comments, without pingbacks', async () => {
    const site = await createSite(app);
    const file = wordPressFile(
      [
        wordPressComment({ id: '5', content: '<![CDATA[First line\nsecond <em>line</em>]]>' }),
        wordPressComment({
          id: '6',
          parent: '5',
          user_id: '3',
          author: 'Desk',
          date_gmt: '0000-00-00 00:00:00',
        }),
        wordPressComment({ id: '7', approved: '0' }),
        wordPressComment({ id: '8', approved: 'spam' }),
        wordPressComment({ id: '9', approved: 'trash' }),
        wordPressComment({ id: '10', type: 'pingback' }),
        wordPressComment({ id: '11', type: 'trackback' }),
        wordPressComment({ id: '12', approved: 'perhaps' }),
      ].join(''),
    );
    const result = await importTwice(site, Buffer.from(file), 'wordpress');
    expect(result.counts).toMatchObject({ stories: { read: 1, created: 1 }, comments: { created: 5 } });
    expect(faultsOf(result)).toEqual([expect.stringMatching(/^comment:\d+ bad-status$/)]);
    expect(await commentsOf(site)).toMatchObject({
      '5': {
        status: 'published',
        body: 'First line\nsecond *line*',
        reader: `wordpress:guest-${sha('ann@mail.example')}`,
        story: '17',
        title: 'Ferry',
        state: 'closed',
      },
      '6': { parent: '5', reader: 'wordpress:user-3', name: 'Desk' },
      '7': { status: 'held' },
      '8': { status: 'rejected' },
      '9': { status: 'deleted' },
    });
  });

  it('refuses a feed', async () => {
    const site = await createSite(app);
    const feed = Buffer.from('<rss version="2.0"><channel><item></item></channel></rss>');
    expect(await imported(site, feed, 'format=wordpress')).toMatchObject({ failure: { code: 'no-wxr' } });
  });
});

describe('CSV', () => {
  const HEADER =
    'id,parent_id,story_key,story_url,story_title,author_key,author_name,author_email,created_at,status,body\r\n';

  it('imports rows, with quotes and line breaks in texts', async () => {
    const site = await createSite(app);
    const file = [
      `\ufeff${HEADER}`,
      'a,,s1,https://news.example/1,"Ferry, harbour",sub-1,Ann,,2019-03-02T09:30:00Z,,"He said ""no"".\r\nNever *mind*"\r\n',
      'b,a,s1,https://news.example/1,,,Bob,bob@mail.example,2019-03-02T10:30:00+01:00,held,Reply\r\n',
      'c,a,s1\r\n',
      'd,,s1,https://news.example/1,,,Bob,,2019-03-02,unheard,Text\r\n',
    ].join('');
    const result = await importTwice(site, Buffer.from(file), 'csv');
    expect(result.counts.comments).toMatchObject({ created: 2 });
    expect(faultsOf(result)).toEqual(['comment:5 bad-row', 'comment:6 bad-status']);
    expect(await commentsOf(site)).toMatchObject({
      a: { body: 'He said "no".\nNever *mind*', reader: 'sub-1', story: 's1', title: 'Ferry, harbour' },
      b: { parent: 'a', status: 'held', reader: `csv:guest-${sha('bob@mail.example')}` },
    });
  });

  it('names an unknown column, and a quote without an end', async () => {
    const site = await createSite(app);
    const unknown = await upload(site, Buffer.from(HEADER.replace('body', 'body,colour')), 'format=csv');
    expect(unknown).toMatchObject({ status: 400, body: { errors: [{ code: 'bad-file' }] } });
    expect(unknown.body.errors[0].message).toContain('"colour"');
    const open = await imported(site, Buffer.from(`${HEADER}a,,s1,"https://news.example/1\n`), 'format=csv');
    expect(open.failure).toMatchObject({ code: 'bad-csv', message: expect.stringContaining('line 2') });
  });
});
