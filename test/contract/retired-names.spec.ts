import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');
const FOLDERS = ['src', 'test', 'scripts', 'packages', 'docs'];
const LIST = join(import.meta.dirname, 'retired-names.json');

/** Names that were replaced by standard terms, mapped to their replacements. The list says what to use instead. */
const retired = JSON.parse(readFileSync(LIST, 'utf8')) as {
  readonly identifiers: Readonly<Record<string, string>>;
  readonly paths: Readonly<Record<string, string>>;
};

/**
 * Source files, styles and docs. Word lists of natural languages are skipped, because their words are not
 * identifiers.
 */
function* textFiles(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.name === 'node_modules' || entry.name === 'dist' || path === LIST) continue;
    if (entry.isDirectory()) yield* textFiles(path);
    else if (/\.(ts|tsx|mjs|sql|css|html|md|json)$/.test(entry.name)) yield path;
  }
}

/** Words of letters, digits, `_` and `$`, including hyphenated ones. */
const identifiersIn = (text: string): Set<string> =>
  new Set([...text.matchAll(/[\w$]+(?:-[\w$]+)*/g)].flatMap(([joined]) => [joined, ...joined.split('-')]));

describe('retired names', () => {
  const files = FOLDERS.flatMap((folder) => [...textFiles(join(ROOT, folder))]);

  it('are not used as identifiers', () => {
    expect(files.length).toBeGreaterThan(1_000);
    const reused = files.flatMap((file) =>
      [...identifiersIn(readFileSync(file, 'utf8'))]
        .filter((name) => Object.hasOwn(retired.identifiers, name))
        .map((name) => `${file.slice(ROOT.length + 1)}: ${name}, use ${retired.identifiers[name]}`),
    );
    expect(reused).toEqual([]);
  });

  it('are not used as file or folder names', () => {
    const reused = Object.entries(retired.paths).filter(([path]) => existsSync(join(ROOT, path)));
    expect(reused).toEqual([]);
  });
});
