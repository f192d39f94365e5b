import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A `curl` command in the documentation. */
export interface PrintedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The value of `-d`. */
  readonly body: string | null;
  /** The file given with `-T`. */
  readonly file: string | null;
}

const ROOT = join(import.meta.dirname, '../..');

/** Splits a command into words as a shell does, with quotes and line continuations. Variables are not expanded. */
function wordsOf(command: string): string[] {
  const words = command.replace(/\\\n/g, ' ').matchAll(/(?:"(?:[^"\\]|\\.)*"|'[^']*'|[^\s"'])+/g);
  return [...words].map(([word]) =>
    word.replace(/"((?:[^"\\]|\\.)*)"|'([^']*)'/g, (_all, double, single) => double ?? single),
  );
}

function requestOf(command: string): PrintedRequest {
  const request = {
    method: '',
    url: '',
    headers: {} as Record<string, string>,
    body: null as string | null,
    file: null as string | null,
  };
  const words = wordsOf(command).slice(1);
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (word === '-X') request.method = words.shift()!;
    else if (word === '-d') request.body = words.shift()!;
    else if (word === '-T') request.file = words.shift()!;
    else if (word === '-H') {
      const [, name, value] = /^([^:]+): (.*)$/.exec(words.shift()!)!;
      request.headers[name.toLowerCase()] = value;
    } else if (word.startsWith('-')) throw new Error(`this parser does not support ${word}: ${command}`);
    else request.url = word;
  }
  request.method ||= request.file !== null ? 'PUT' : request.body !== null ? 'POST' : 'GET';
  return request;
}

/**
 * Returns the `curl` commands of a documentation page, in order.
 *
 * @param page path below the repository root, such as `docs/migrating-from-coral.md`
 * @param values maps the text to replace (such as `$ADMIN_KEY`, `SITE_ID` or an origin) to its replacement
 */
export function printedRequests(page: string, values: Readonly<Record<string, string>>): PrintedRequest[] {
  const blocks = readFileSync(join(ROOT, page), 'utf8').matchAll(/```sh\n(.*?)```/gs);
  // Longer names first, so that $ADMIN_KEY is not replaced as $ADMIN followed by _KEY.
  const names = Object.keys(values).sort((one, other) => other.length - one.length);
  const fillIn = (text: string): string =>
    names.reduce((all, name) => all.replaceAll(name, values[name]), text);
  return (
    [...blocks]
      .flatMap(([, block]) => block.split(/\n(?=curl )/))
      .filter((command) => command.startsWith('curl '))
      // The text after a command in its block is the response.
      .map((command) => requestOf(fillIn(command.replace(/\n#.*/gs, ''))))
  );
}
