import { Transform, type Readable } from 'node:stream';
import { extract, type Entry, type Extract } from 'tar-stream';
import { BadImportFile, type ImportFormat, type SourceLine } from '../import-format.js';
import { jsonDocuments } from '../json-documents.js';
import type { ParsedLine } from '../records.js';
import type { Unpacker } from '../upload.js';
import { COLLECTIONS } from './coral-documents.js';

const TAR_BLOCK = 512;
const CHECKSUM_AT = 148;
/** Maximum size of the headers before one file in the archive; real ones take a few hundred bytes. */
const MAX_HEADERS_BYTES = 16 * 1024 * 1024;
const LINES_PER_BATCH = 2_000;
/** Batches of large documents contain fewer of them, so that memory use does not depend on the file. */
const CHARS_PER_BATCH = 4_000_000;

/**
 * The export format of Coral 9: a tar of the files that mongoexport writes, each named after its collection
 * (`comments.json`; folders, a database name as prefix, `.jsonl` and `.json.gz` are accepted). Other files are
 * skipped.
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
    head.toString('latin1', CHECKSUM_AT, CHECKSUM_AT + 8).replace(/[\0 ]+$/, ''),
    8,
  );
  let sum = 0;
  for (let at = 0; at < TAR_BLOCK; at++) sum += at >= CHECKSUM_AT && at < CHECKSUM_AT + 8 ? 0x20 : head[at];
  return sum === checksum && head[0] !== 0;
}

/** `dump/coral.comments.json.gz` belongs to the collection `comments`; null if the collection is not imported. */
function collectionOf(path: string): string | null {
  const name = /([^/]+?)\.(?:json|jsonl|ndjson)(?:\.gz)?$/i.exec(path)?.[1];
  const collection = name?.split('.').at(-1) ?? '';
  return Object.hasOwn(COLLECTIONS, collection) ? collection : null;
}

async function* coralLines(file: Readable, unpacker: Unpacker): AsyncGenerator<SourceLine[]> {
  const archive = extract();
  const limited = limitHeaders(archive);
  file.on('error', (error) => archive.destroy(error));
  limited.on('error', (error) => archive.destroy(error));
  file.pipe(limited).pipe(archive);
  let hasOne = false;
  const filled = new Set<string>();
  try {
    for await (const entry of archive as AsyncIterable<Entry>) {
      const collection = entry.header.type === 'file' ? collectionOf(entry.header.name) : null;
      if (collection === null) {
        entry.resume();
        continue;
      }
      hasOne = true;
      for await (const batch of linesOf(entry, collection, unpacker)) {
        filled.add(collection);
        yield batch;
      }
      // Drain the entry: bytes may remain after the end of a compressed file.
      entry.resume();
    }
  } catch (error) {
    const cause = file.errored ?? limited.errored ?? (error as Error);
    if (cause instanceof BadImportFile) throw cause;
    throw new BadImportFile('bad-archive', `The archive cannot be read: ${cause.message}.`);
  } finally {
    file.destroy();
  }
  if (!hasOne)
    throw new BadImportFile(
      'no-collections',
      `The archive contains none of the expected files: ${Object.keys(COLLECTIONS)
        .map((name) => `${name}.json`)
        .join(', ')}.`,
    );
  refuseIncomplete(filled);
}

/**
 * Comments without their users would be published under made-up names, including those of deleted users, and a later
 * import would not correct that.
 *
 * @param filled the collections that contain documents
 */
function refuseIncomplete(filled: ReadonlySet<string>): void {
  if (!filled.has('comments') && !filled.has('archivedComments')) return;
  const missing = ['users', 'stories'].filter((name) => !filled.has(name)).map((name) => `${name}.json`);
  if (missing.length > 0)
    throw new BadImportFile(
      'missing-collections',
      `The archive has comments, but ${missing.join(' and ')} ${missing.length === 1 ? 'is' : 'are'} missing or empty. Comments need their users and stories: export these collections too.`,
    );
}

/**
 * Limits the extended headers of an entry: tar-stream holds them in memory, however large the archive claims they
 * are.
 */
function limitHeaders(archive: Extract): Transform {
  let left = MAX_HEADERS_BYTES;
  archive.on('entry', ({ size }) => {
    left = (size ?? 0) + MAX_HEADERS_BYTES;
  });
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      left -= chunk.length;
      if (left >= 0) done(null, chunk);
      else done(new BadImportFile('bad-archive', 'The archive has headers that are too large to be read.'));
    },
  });
}

async function* linesOf(entry: Entry, collection: string, unpacker: Unpacker): AsyncGenerator<SourceLine[]> {
  const isPacked = /\.gz$/i.test(entry.header.name);
  const packed = entry as AsyncIterable<Buffer>;
  const bytes = isPacked ? unpacker.gunzip(packed) : packed;
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
