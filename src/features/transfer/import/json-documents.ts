const NEWLINE = 0x0a;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPENING_BRACE = 0x7b;
const CLOSING_BRACE = 0x7d;
const OPENING_BRACKET = 0x5b;

/** MongoDB limits a document to 16 MB of BSON. The same document is larger as JSON. */
const MAX_DOCUMENT_BYTES = 32 * 1024 * 1024;
const BYTE_ORDER_MARK = 0xfeff;

/** The text of a document; null if it exceeded the size limit. */
export type DocumentText = string | null;

/**
 * Reads the JSON documents of a file, in any of the forms that mongoexport writes: one document per line,
 * `--jsonArray`, and either of them with `--pretty`.
 *
 * @returns batches of documents, at most one batch per chunk of the source; a broken line is returned as a document that
 *   does not parse
 */
export async function* jsonDocuments(source: AsyncIterable<Buffer>): AsyncGenerator<DocumentText[]> {
  const splitter = new Splitter();
  for await (const chunk of source) {
    const documents = splitter.push(chunk);
    if (documents.length > 0) yield documents;
  }
  const rest = splitter.end();
  if (rest.length > 0) yield rest;
}

type Mode = 'unknown' | 'lines' | 'objects';

class Splitter {
  private mode: Mode = 'unknown';
  private pendingChunks: Buffer[] = [];
  private pendingBytes = 0;
  private depth = 0;
  private inString = false;
  private isEscaped = false;

  push(chunk: Buffer): DocumentText[] {
    if (this.mode !== 'unknown') return this.split(chunk);
    this.buffer(chunk);
    const all = Buffer.concat(this.pendingChunks);
    this.mode = modeOf(all, false);
    if (this.mode === 'unknown') return [];
    this.flush();
    return this.split(all);
  }

  end(): DocumentText[] {
    const documents: DocumentText[] = [];
    if (this.mode === 'unknown') {
      const all = this.flush() ?? Buffer.alloc(0);
      this.mode = modeOf(all, true);
      documents.push(...this.split(all));
    }
    if (this.pendingBytes > 0) this.emit(this.flush(), documents);
    return documents;
  }

  private split(chunk: Buffer): DocumentText[] {
    return this.mode === 'lines' ? this.splitLines(chunk) : this.splitObjects(chunk);
  }

  private splitLines(chunk: Buffer): DocumentText[] {
    const documents: DocumentText[] = [];
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      if (this.pendingBytes > 0) {
        this.buffer(chunk.subarray(start, end));
        this.emit(this.flush(), documents);
      } else this.emit(chunk.subarray(start, end), documents);
      start = end + 1;
    }
    this.buffer(chunk.subarray(start));
    return documents;
  }

  /** Splits by braces, regardless of line breaks. */
  private splitObjects(chunk: Buffer): DocumentText[] {
    const documents: DocumentText[] = [];
    let start = this.depth > 0 ? 0 : -1;
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at];
      if (this.inString) {
        if (this.isEscaped) this.isEscaped = false;
        else if (byte === BACKSLASH) this.isEscaped = true;
        else if (byte === QUOTE) this.inString = false;
      } else if (byte === QUOTE) this.inString = true;
      else if (byte === OPENING_BRACE) {
        if (this.depth++ === 0) start = at;
      } else if (byte === CLOSING_BRACE && this.depth > 0 && --this.depth === 0) {
        this.buffer(chunk.subarray(start, at + 1));
        this.emit(this.flush(), documents);
        start = -1;
      }
    }
    if (start !== -1) this.buffer(chunk.subarray(start));
    return documents;
  }

  private emit(bytes: Buffer | null, documents: DocumentText[]): void {
    if (bytes === null) documents.push(null);
    else if (bytes.length > 0) {
      const text = bytes.toString('utf8').trim();
      if (text !== '') documents.push(text.charCodeAt(0) === BYTE_ORDER_MARK ? text.slice(1) : text);
    }
  }

  private buffer(bytes: Buffer): void {
    if (bytes.length === 0) return;
    this.pendingBytes += bytes.length;
    // Documents that are too large are counted but not stored.
    if (this.pendingBytes > MAX_DOCUMENT_BYTES) this.pendingChunks = [];
    else this.pendingChunks.push(bytes);
  }

  private flush(): Buffer | null {
    const all = this.pendingBytes > MAX_DOCUMENT_BYTES ? null : Buffer.concat(this.pendingChunks);
    this.pendingChunks = [];
    this.pendingBytes = 0;
    return all;
  }
}

/** A bracket starts an array; a brace alone on its line starts a pretty-printed document. */
function modeOf(head: Buffer, isWholeFile: boolean): Mode {
  const text = head
    .subarray(0, 4_096)
    .toString('utf8')
    .replace(/^[\ufeff\s]+/, '');
  if (text.charCodeAt(0) === OPENING_BRACKET) return 'objects';
  const firstLine = /^([^\n]*)\n/.exec(text)?.[1];
  if (firstLine === undefined && !isWholeFile && head.length < 4_096) return 'unknown';
  return firstLine?.trim() === '{' ? 'objects' : 'lines';
}
