import { Transform, type Readable } from 'node:stream';
import { extract, type Entry, type Extract } from 'tar-stream';
import { BadImportFile, type ImportFormat, type SourceLine } from '../import-format.js';
import { jsonDocuments } from '../json-documents.js';
import type { ParsedLine } from '../records.js';
import type { Unpacker } from '../upload.js';
import { COLLECTIONS } from './coral-documents.js';

const TAR_BLOCK = 512;
const CHECKSUM_OFFSET = 148;
/** Maximum size of the headers before one file in the archive. Real headers take a few hundred bytes. */
const MAX_HEADERS_BYTES = 16 * 1024 * 1024;
const LINES_PER_BATCH = 2_000;
/** Limits the size of a batch, so that large documents do not increase memory use. */
const CHARS_PER_BATCH = 4_000_000;

/**
 * The export format of Coral 9: a tar archive of the files that mongoexport writes, each named after its collection, such
 * as `comments.json`. Folders, a database name as prefix, `.jsonl` and `.json.gz` are accepted. Other files are skipped.
 */
export function coralFormat(nowMs: () => number): ImportFormat {
  return {
    name: 'coral',
    refusal(head) {
      return isTarHeader(head)
        ? null
        : 'The file is not a tar archive. Pack the files that mongoexport wrote with `tar -czf`.';
    },
    lines: coralLines,
    parse({ file, text }: SourceLine): ParsedLine | null {
      if (text === null)
        return { fault: { code: 'too-large', message: 'The document exceeds the size limit.' } };
      let document: unknown;
      try {
        document = JSON.parse(text);
      } catch {
        return { fault: { code: 'bad-json', message: 'The line is not valid JSON.' } };
      }
      if (typeof document !== 'object' || document === null || Array.isArray(document))
        return { fault: { code: 'no-object', message: 'The line is not a JSON object.' } };
      return COLLECTIONS[file](document as Record<string, unknown>, nowMs());
    },
  };
}

/**
 * The checksum of a header is the sum of its bytes, counting the checksum field itself as spaces (POSIX.1, ustar).
 */
function isTarHeader(head: Buffer): boolean {
  if (head.length < TAR_BLOCK) return false;
  const checksum = Number.parseInt(
    head.toString('latin1', CHECKSUM_OFFSET, CHECKSUM_OFFSET + 8).replace(/[\0 ]+$/, ''),
    8,
  );
  let sum = 0;
  for (let at = 0; at < TAR_BLOCK; at++)
    sum += at >= CHECKSUM_OFFSET && at < CHECKSUM_OFFSET + 8 ? 0x20 : head[at];
  return sum === checksum && head[0] !== 0;
}

/**
 * Returns the collection that a file belongs to, such as `comments` for `dump/coral.comments.json.gz`; null if it is not
 * imported.
 */
function collectionOf(path: string): string | null {
  const name = /([^/]+?)\.(?:json|jsonl|ndjson)(?:\.gz)?$/i.exec(path)?.[1];
  const collection = name?.split('.').at(-1) ?? '';
  return Object.hasOwn(COLLECTIONS, collection) ? collection : null;
}

async function* coralLines(file: Readable, unpacker: Unpacker): AsyncGenerator<SourceLine[]> {
  const archive = extract();
  const limitedFile = limitHeaders(archive);
  file.on('error', (error) => archive.destroy(error));
  limitedFile.on('error', (error) => archive.destroy(error));
  file.pipe(limitedFile).pipe(archive);
  let hasCollection = false;
  const nonEmptyCollections = new Set<string>();
  try {
    for await (const entry of archive as AsyncIterable<Entry>) {
      const collection = entry.header.type === 'file' ? collectionOf(entry.header.name) : null;
      if (collection === null) {
        entry.resume();
        continue;
      }
      hasCollection = true;
      for await (const batch of linesOf(entry, collection, unpacker)) {
        nonEmptyCollections.add(collection);
        yield batch;
      }
      // Drain the entry: bytes may remain after the end of a compressed file.
      entry.resume();
    }
  } catch (error) {
    const cause = file.errored ?? limitedFile.errored ?? (error as Error);
    if (cause instanceof BadImportFile) throw cause;
    throw new BadImportFile('bad-archive', `The archive cannot be read: ${cause.message}.`);
  } finally {
    file.destroy();
  }
  if (!hasCollection)
    throw new BadImportFile(
      'no-collections',
      `The archive contains none of the expected files: ${Object.keys(COLLECTIONS)
        .map((name) => `${name}.json`)
        .join(', ')}.`,
    );
  refuseIncomplete(nonEmptyCollections);
}

/**
 * Rejects an archive with comments but without their users or stories. Comments without their users would be published
 * under made-up names, including those of deleted users, and a later import would not correct that.
 *
 * @param nonEmptyCollections the collections that contain documents
 */
function refuseIncomplete(nonEmptyCollections: ReadonlySet<string>): void {
  if (!nonEmptyCollections.has('comments') && !nonEmptyCollections.has('archivedComments')) return;
  const missing = ['users', 'stories']
    .filter((name) => !nonEmptyCollections.has(name))
    .map((name) => `${name}.json`);
  if (missing.length > 0)
    throw new BadImportFile(
      'missing-collections',
      `The archive has comments, but ${missing.join(' and ')} ${missing.length === 1 ? 'is' : 'are'} missing or empty. Comments need their users and stories: export these collections too.`,
    );
}

/**
 * Limits the size of an entry's extended headers, because tar-stream keeps them in memory regardless of their size.
 */
function limitHeaders(archive: Extract): Transform {
  let remainingBytes = MAX_HEADERS_BYTES;
  archive.on('entry', ({ size }) => {
    remainingBytes = (size ?? 0) + MAX_HEADERS_BYTES;
  });
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      remainingBytes -= chunk.length;
      if (remainingBytes >= 0) done(null, chunk);
      else done(new BadImportFile('bad-archive', 'The archive has headers that are too large to be read.'));
    },
  });
}

async function* linesOf(entry: Entry, collection: string, unpacker: Unpacker): AsyncGenerator<SourceLine[]> {
  const isCompressed = /\.gz$/i.test(entry.header.name);
  const content = entry as AsyncIterable<Buffer>;
  const bytes = isCompressed ? unpacker.gunzip(content) : content;
  let line = 0;
  let batch: SourceLine[] = [];
  let chars = 0;
  for await (const documents of jsonDocuments(bytes)) {
    for (const text of documents) {
      batch.push({ file: collection, line: ++line, text });
      chars += text?.length ?? 0;
      if (batch.length < LINES_PER_BATCH && chars < CHARS_PER_BATCH) continue;
      yield batch;
      batch = [];
      chars = 0;
    }
  }
  if (batch.length > 0) yield batch;
}
