import { hash } from 'node:crypto';
import { MAX_BODY_BYTES, tidyBody } from '../../comments/body.js';
import { BadImportFile, type SourceLine } from './import-format.js';
import type { ImportedStatus, ImportFault, ParsedLine, ReaderRecord } from './records.js';

/** Earlier times are treated as invalid. */
export const EARLIEST = Date.UTC(1995, 0, 1);
const DAY_MS = 86_400_000;
const LINES_PER_BATCH = 2_000;
const CHARS_PER_BATCH = 4_000_000;
/** How many readers are remembered, so that most readers are staged only once. */
const MAX_REMEMBERED_READERS = 50_000;

/** @returns the text without the space around it; null if nothing is left */
export const textOf = (text: string | undefined): string | null => text?.trim() || null;

export const faultOf = (code: string, message: string): ParsedLine => ({ fault: { code, message } });

/** @returns null if the time is missing, or too early or too late to be real */
export function creationTime(at: number | null, nowMs: number): number | null {
  return at === null || at < EARLIEST || at > nowMs + DAY_MS ? null : at;
}

/** Cuts a text to the size limit of comments. */
export function truncateBody(body: string): string {
  const bytes = Buffer.from(body).subarray(0, MAX_BODY_BYTES - 4);
  return tidyBody(
    `${bytes
      .toString('utf8')
      .replace(/\ufffd+$/, '')
      .trimEnd()}…`,
  );
}

export interface SimpleComment {
  readonly id: string | null;
  readonly storyId: string | null;
  readonly parentId: string | null;
  readonly authorId: string;
  readonly at: number | null;
  readonly status: ImportedStatus | null;
  /** The status as the file has it, for the fault. */
  readonly sourceStatus: string;
  /** Returns Markdown; not called for a deleted comment. */
  readonly text: () => string;
}

/** Builds the record of a comment that has one revision. */
export function commentRecord(comment: SimpleComment, nowMs: number): ParsedLine {
  const { id, storyId, parentId, authorId, status } = comment;
  if (id === null) return faultOf('no-id', 'The comment has no ID.');
  if (storyId === null) return faultOf('no-story', 'The comment does not name a story.');
  const createdAt = creationTime(comment.at, nowMs);
  if (createdAt === null)
    return faultOf('bad-time', 'The creation time of the comment is missing or impossible.');
  if (status === null)
    return faultOf(
      'bad-status',
      `The status ${JSON.stringify(comment.sourceStatus.slice(0, 50))} is unknown.`,
    );
  let fault: ImportFault | null = null;
  let body = status === 'deleted' ? '' : tidyBody(comment.text());
  if (Buffer.byteLength(body) > MAX_BODY_BYTES) {
    body = truncateBody(body);
    fault = { code: 'too-long', message: `The text was cut to ${MAX_BODY_BYTES} bytes.` };
  } else if (body === '' && status !== 'deleted')
    fault = { code: 'no-text', message: 'The comment has no text. It is imported as a deleted comment.' };
  return {
    ...(fault ? { fault } : {}),
    record: {
      kind: 'comment',
      id,
      storyId,
      parentId,
      createdAt,
      authorId: body === '' ? null : authorId,
      status: body === '' ? 'deleted' : status,
      revisions: body === '' ? [] : [{ id, body, at: createdAt }],
      featuredAt: null,
    },
  };
}

/**
 * Builds the record of a reader of whom only the comments are known.
 *
 * @param createdAt time of the reader's first comment in the file; a fixed time if that is not known
 */
export const readerRecord = (
  reader: Pick<ReaderRecord, 'id' | 'key' | 'name' | 'email'>,
  createdAt: number,
): ReaderRecord => ({
  kind: 'reader',
  ...reader,
  createdAt,
  picture: null,
  role: 'reader',
  isErased: false,
  current: [],
  history: [],
});

/**
 * The ID of an author without an account. The same email address is the same reader; without one, the same name.
 *
 * @returns `guest-` and the first 32 hexadecimal digits of the SHA-256 of the lowercase email address, or `name-` and
 *   those of the name
 */
export function guestId(email: string, name: string): string {
  const address = email.trim().toLowerCase();
  return address === ''
    ? `name-${hash('sha256', name.trim()).slice(0, 32)}`
    : `guest-${hash('sha256', address).slice(0, 32)}`;
}

/** Remembers a limited number of IDs. Which ones depends only on the order of the file. */
export class RecentIds {
  private readonly ids = new Set<string>();

  /** @returns whether the ID is not among those remembered; it is from now on */
  add(id: string): boolean {
    if (this.ids.has(id)) return false;
    if (this.ids.size >= MAX_REMEMBERED_READERS) this.ids.clear();
    this.ids.add(id);
    return true;
  }
}

/** Groups lines into batches, and turns the errors of a broken file into a BadImportFile. */
export async function* inBatches(lines: AsyncIterable<readonly SourceLine[]>): AsyncGenerator<SourceLine[]> {
  let batch: SourceLine[] = [];
  let chars = 0;
  try {
    for await (const some of lines)
      for (const line of some) {
        batch.push(line);
        chars += line.text?.length ?? 0;
        if (batch.length < LINES_PER_BATCH && chars < CHARS_PER_BATCH) continue;
        yield batch;
        batch = [];
        chars = 0;
      }
  } catch (error) {
    if (error instanceof BadImportFile) throw error;
    throw new BadImportFile('bad-file', `The file cannot be read: ${(error as Error).message}.`);
  }
  if (batch.length > 0) yield batch;
}
