import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, it } from '@jest/globals';

/* Checks what the docs refer to: files, headings of other pages, and the tests named as proof. */

const ROOT = join(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const docsPages = (): string[] =>
  readdirSync(join(ROOT, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`);
const withoutCode = (markdown: string): string => markdown.replace(/^ *```.*?^ *```/gms, '');

/** The anchors that GitHub gives the headings of a page. */
const anchorsOf = (page: string): string[] =>
  [...withoutCode(read(page)).matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );

it('links to files and headings that exist', () => {
  const pages = ['README.md', 'SECURITY.md', ...docsPages()];
  const broken = pages.flatMap((page) =>
    [...withoutCode(read(page)).matchAll(/\]\(([^)\s]+)\)/g)]
      .map(([, target]) => target)
      .filter((target) => !/^[a-z]+:/.test(target))
      .filter((target) => {
        const [path, anchor] = target.split('#');
        const file = path === '' ? page : relative(ROOT, join(ROOT, dirname(page), path));
        if (!existsSync(join(ROOT, file))) return true;
        return anchor !== undefined && !anchorsOf(file).includes(anchor);
      })
      .map((target) => `${page}: ${target}`),
  );
  expect(broken).toEqual([]);
});

it('names proofs of security requirements that exist', () => {
  const page = read('docs/security-asvs.md');
  const fileOf = new Map(
    [...page.matchAll(/^\| \*(\w+)\* \| `(.+?)` \|$/gm)].map(([, name, path]) => [name, `test/${path}`]),
  );
  expect(fileOf.size).toBeGreaterThan(5);
  const titles = [...page.matchAll(/\*(\w+)\* "([^"]+)"/g)];
  expect(titles.length).toBeGreaterThan(20);
  const missingTitles = titles
    .filter(([, name, title]) => !fileOf.has(name) || !read(fileOf.get(name)!).includes(title))
    .map(([text]) => text);
  expect(missingTitles).toEqual([]);
  const paths = [...page.matchAll(/`((?:src|integration|contract|e2e|support)\/[^`*]*)`/g)].map(([, path]) =>
    path.startsWith('src/') ? path : `test/${path}`,
  );
  expect(paths.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
});
