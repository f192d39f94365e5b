import { timeOf } from '../coral/extended-json.js';
import { htmlToMarkdown } from '../html-to-markdown.js';
import { BadImportFile, type ImportFormat, type SourceLine } from '../import-format.js';
import type { ImportedStatus, ParsedLine } from '../records.js';
import {
  commentRecord,
  creationTime,
  EARLIEST,
  faultOf,
  guestId,
  inBatches,
  readerRecord,
  RecentIds,
  textOf,
} from '../text-import.js';
import { csvRows } from './csv-rows.js';

const COLUMNS = [
  'id',
  'parent_id',
  'story_key',
  'story_url',
  'story_title',
  'author_key',
  'author_name',
  'author_email',
  'created_at',
  'status',
  'body',
  'body_html',
] as const;
type Column = (typeof COLUMNS)[number];
type Fields = Readonly<Partial<Record<Column, string>>>;

const NEEDED = ['id', 'story_url', 'created_at'] as const;

/** A CSV file with one comment per row; docs/migrating-from-csv.md has the columns. */
export function csvFormat(nowMs: () => number): ImportFormat {
  return {
    name: 'csv',
    refusal(head) {
      const [firstLine] = head.toString('utf8').split('\n');
      return headerProblem(
        firstLine
          .replace(/^\ufeff/, '')
          .split(',')
          .map(unquote),
      );
    },
    lines: (file) => inBatches(csvLines(file)),
    parse({ file, text }) {
      const fields = JSON.parse(text!) as Fields | null;
      if (fields === null) return faultOf('bad-row', 'The row has more or fewer fields than the header.');
      if (file === 'story') return storyOf(fields, nowMs());
      return file === 'author' ? readerOf(fields, nowMs()) : commentOf(fields, nowMs());
    },
  };
}

const unquote = (name: string): string => name.trim().replace(/^"(.*)"$/, '$1');

function headerProblem(names: readonly string[]): string | null {
  const missing = NEEDED.filter((name) => !names.includes(name));
  if (missing.length > 0) return `The first line, the header, has no column ${missing.join(', ')}.`;
  if (!names.includes('body') && !names.includes('body_html'))
    return 'The header needs a column body (Markdown) or body_html.';
  const unknown = names.filter((name) => !COLUMNS.some((column) => column === name));
  return unknown.length > 0
    ? `The header has the unknown column ${JSON.stringify(unknown[0].slice(0, 50))}. Known are ${COLUMNS.join(', ')}.`
    : null;
}

async function* csvLines(file: AsyncIterable<Buffer>): AsyncGenerator<SourceLine[]> {
  const readers = new RecentIds();
  const stories = new RecentIds();
  let header: readonly string[] | null = null;
  for await (const rows of csvRows(file)) {
    const lines: SourceLine[] = [];
    for (const { line, fields } of rows) {
      if (header === null) {
        header = fields.map((name) => name.trim());
        const problem = headerProblem(header);
        if (problem !== null) throw new BadImportFile('bad-header', problem);
        continue;
      }
      const names = header;
      if (fields.length !== names.length) {
        lines.push({ file: 'comment', line, text: 'null' });
        continue;
      }
      const row: Fields = Object.fromEntries(fields.map((field, index) => [names[index], field]));
      const withoutText = JSON.stringify({ ...row, body: '', body_html: '' });
      if (stories.add(storyIdOf(row) ?? '')) lines.push({ file: 'story', line, text: withoutText });
      if (row.status?.trim() !== 'deleted' && readers.add(authorOf(row)))
        lines.push({ file: 'author', line, text: withoutText });
      lines.push({ file: 'comment', line, text: JSON.stringify(row) });
    }
    yield lines;
  }
}

const storyIdOf = (fields: Fields): string | null => textOf(fields.story_key) ?? textOf(fields.story_url);

/** `key-` and the reader's key, or an ID that is derived from the email address or name. */
function authorOf(fields: Fields): string {
  const key = textOf(fields.author_key);
  return key === null ? guestId(fields.author_email ?? '', fields.author_name ?? '') : `key-${key}`;
}

function storyOf(fields: Fields, nowMs: number): ParsedLine | null {
  const id = storyIdOf(fields);
  const url = textOf(fields.story_url);
  const createdAt = creationTime(timeOf(fields.created_at?.trim()), nowMs);
  // The comment in the same row has the fault.
  if (id === null) return null;
  if (url === null) return faultOf('no-url', 'The story has no URL.');
  return {
    record: {
      kind: 'story',
      id,
      url,
      createdAt: createdAt ?? EARLIEST,
      group: null,
      title: textOf(fields.story_title),
      section: null,
      publishedAt: null,
      isClosed: false,
    },
  };
}

function readerOf(fields: Fields, nowMs: number): ParsedLine {
  const createdAt = creationTime(timeOf(fields.created_at?.trim()), nowMs);
  const key = textOf(fields.author_key);
  const name = textOf(fields.author_name) ?? '';
  const email = textOf(fields.author_email);
  return { record: readerRecord({ id: authorOf(fields), key, name, email }, createdAt ?? EARLIEST) };
}

const STATUSES: readonly string[] = ['published', 'held', 'rejected', 'deleted'] satisfies ImportedStatus[];

function commentOf(fields: Fields, nowMs: number): ParsedLine {
  const status = textOf(fields.status) ?? 'published';
  return commentRecord(
    {
      id: textOf(fields.id),
      storyId: storyIdOf(fields),
      parentId: textOf(fields.parent_id),
      authorId: authorOf(fields),
      at: timeOf(fields.created_at?.trim()),
      status: STATUSES.includes(status) ? (status as ImportedStatus) : null,
      sourceStatus: status,
      text: () =>
        textOf(fields.body_html) === null ? (fields.body ?? '') : htmlToMarkdown(fields.body_html!),
    },
    nowMs,
  );
}
