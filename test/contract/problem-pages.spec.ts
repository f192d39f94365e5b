import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { PROBLEM_CODES, PROBLEM_GROUPS } from '../../src/platform/http/problem-codes/problem-codes.js';
import type { ProblemDescription } from '../../src/platform/http/problem-codes/problem-description.js';
import { startApp, type TestApp } from '../support/app.js';
import { freshDatabase, type FreshDatabase } from '../support/postgres.js';

const ROOT = join(import.meta.dirname, '../..');
const descriptions: Readonly<Record<string, ProblemDescription>> = PROBLEM_CODES;

let database: FreshDatabase;
let app: TestApp;
let url: string;

beforeAll(async () => {
  database = await freshDatabase();
  app = await startApp({
    databaseUrl: database.url,
    settings: { role: 'api', publicUrl: 'https://comments.example' },
  });
  url = app.url;
});
afterAll(async () => {
  await app.close();
  await database.drop();
});

const sources = (): string[] =>
  readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.ts$/.test(name) && !/\.spec\.ts$|^web\/|problem-codes\//.test(name))
    .map((name) => readFileSync(join(ROOT, 'src', name), 'utf8'));

it('the type of a problem leads to the page about its code', async () => {
  const { body } = await app.call('GET', '/api/v1/nothing');
  expect(body['type']).toBe('https://comments.example/api/problems/not-found');
  const response = await fetch(url + new URL(body['type'] as string).pathname);
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
});

it('every code has a page with its cause and remedy', async () => {
  for (const [code, { cause, remedy }] of Object.entries(descriptions)) {
    expect([code, cause.length > 10, remedy.length > 10]).toEqual([code, true, true]);
    const response = await fetch(`${url}/api/problems/${code}`);
    const text = (await response.text()).replace(/<[^>]+>/g, '');
    expect([code, response.status]).toEqual([code, 200]);
    for (const part of [cause, remedy]) expect(text).toContain(part.replaceAll('`', ''));
  }
  const unknown = await app.call('GET', '/api/problems/no-such-code');
  expect([unknown.status, unknown.headers.get('content-type')]).toEqual([
    404,
    'application/problem+json; charset=utf-8',
  ]);
  const index = await (await fetch(`${url}/api/problems`)).text();
  for (const code of Object.keys(descriptions)) expect(index).toContain(`href="/api/problems/${code}"`);
});

it('every code in the source is described with its status, and no other', () => {
  const thrown = sources().flatMap((text) => [
    ...[...text.matchAll(/\bnew Problem\(\s*(\d{3}),\s*'([a-z-]+)'/g)].map(([, status, code]) => [
      code,
      +status,
    ]),
    ...[...text.matchAll(/\bconflict\(\s*'([a-z-]+)'/g)].map(([, code]) => [code, 409]),
    ...[...text.matchAll(/\bforbidden\(\s*'([a-z-]+)'/g)].map(([, code]) => [code, 403]),
  ]) as [string, number][];
  expect(thrown.length).toBeGreaterThan(100);
  const undescribed = thrown.filter(
    ([code, status]) => ![descriptions[code]?.status].flat().includes(status),
  );
  expect(undescribed).toEqual([]);
  const all = sources().join('\n');
  expect(Object.keys(descriptions).filter((code) => !all.includes(`'${code}'`))).toEqual([]);
});

function errorsPage(): string {
  const groups = PROBLEM_GROUPS.map(({ title, problems }) => {
    const rows = Object.entries(problems).map(
      ([code, { status, cause, remedy }]) =>
        `| \`${code}\` | ${[status].flat().join(', ')} | ${cause} | ${remedy} |`,
    );
    return [
      `## ${title}`,
      '',
      '| code | status | cause | remedy |',
      '| --- | --- | --- | --- |',
      ...rows,
    ].join('\n');
  });
  return `# Errors

Errors are \`application/problem+json\` (RFC 9457). Programs should use \`code\`. \`type\` is a URL of your server that opens a page about the code, such as \`/api/problems/invalid\`; \`/api/problems\` lists all codes, as below. New codes can be added; ignore what you do not know.

${groups.join('\n\n')}
`;
}

it('docs/errors.md lists every code', () => {
  const path = join(ROOT, 'docs/errors.md');
  if (process.env['RECORD'] === '1') writeFileSync(path, errorsPage());
  const cells = (text: string): string => text.replace(/ +/g, ' ').replace(/-{3,}/g, '---');
  expect(cells(readFileSync(path, 'utf8'))).toBe(cells(errorsPage()));
});
