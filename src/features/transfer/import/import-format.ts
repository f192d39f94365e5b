import type { Readable } from 'node:stream';
import type { ParsedLine } from './records.js';
import type { Unpacker } from './upload.js';

/** One document of an uploaded file. */
export interface SourceLine {
  /** The file inside the archive; the collection's name for Coral. */
  readonly file: string;
  /** Counts the documents of that file from 1: in JSON lines the line's number. */
  readonly line: number;
  /** Null: larger than is read. */
  readonly text: string | null;
}

/** How one product's export is read. Everything after `parse` is the same for all formats. */
export interface ImportFormat {
  readonly name: string;
  /** @returns what is wrong with a file that begins like this (uncompressed); null: it may be one of this format */
  refusal(head: Buffer): string | null;
  /**
   * The file's documents in order, in batches; the same every time, so that reading can go on where it stopped.
   *
   * @param unpacker for packed files inside the file
   * @throws BadImportFile when the file is no archive of this format
   */
  lines(file: Readable, unpacker: Unpacker): AsyncIterable<readonly SourceLine[]>;
  /** @returns null for documents that nothing is made of; never throws */
  parse(line: SourceLine): ParsedLine | null;
}

/** The uploaded file cannot be read: trying again changes nothing. */
export class BadImportFile extends Error {
  override readonly name = 'BadImportFile';

  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}
