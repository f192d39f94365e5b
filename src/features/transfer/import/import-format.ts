import type { Readable } from 'node:stream';
import type { ParsedLine } from './records.js';
import type { Unpacker } from './upload.js';

/** One document of an uploaded file. */
export interface SourceLine {
  /** The file inside the archive; the collection's name for Coral. */
  readonly file: string;
  /** Position of the document in that file, from 1; the line number if the file has one document per line. */
  readonly line: number;
  /** Null if the document exceeds the size limit. */
  readonly text: string | null;
}

/** Reads the exports of one product. Everything after `parse` is the same for all formats. */
export interface ImportFormat {
  readonly name: string;
  /**
   * @param head the first bytes of the file, uncompressed
   * @returns why the file cannot be of this format; null if it may be
   */
  refusal(head: Buffer): string | null;
  /**
   * Yields the file's documents in order, in batches. The order never changes, so that reading can resume where it
   * stopped.
   *
   * @param unpacker for compressed files inside the file
   * @throws BadImportFile if the file is not an archive of this format
   */
  lines(file: Readable, unpacker: Unpacker): AsyncIterable<readonly SourceLine[]>;
  /**
   * Does not throw: an invalid document yields a fault.
   *
   * @returns null for documents that are not imported
   */
  parse(line: SourceLine): ParsedLine | null;
}

/** The uploaded file cannot be imported, and retrying does not help. */
export class BadImportFile extends Error {
  override readonly name = 'BadImportFile';

  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}
