import { BadImportFile } from '../import-format.js';

const MAX_ROW_CHARS = 1_000_000;
const DELIMITER = /[,\n"]/g;

export interface CsvRow {
  /** Line where the row starts, from 1. */
  readonly line: number;
  readonly fields: readonly string[];
}

/**
 * Reads CSV as in RFC 4180, in UTF-8. Line ends may be CRLF or LF. Empty lines are skipped.
 *
 * @returns the rows in order, some at a time
 * @throws BadImportFile for a quote in the wrong place, a quoted field without an end, and a row of more than a million
 *   characters
 */
export async function* csvRows(bytes: AsyncIterable<Buffer>): AsyncGenerator<CsvRow[]> {
  const decoder = new TextDecoder();
  const reader = new CsvReader();
  for await (const chunk of bytes) yield reader.read(decoder.decode(chunk, { stream: true }));
  yield reader.read(decoder.decode());
  yield reader.end();
}

type State = 'field-start' | 'plain' | 'quoted' | 'after-quote';

class CsvReader {
  private state: State = 'field-start';
  private field = '';
  private fields: string[] = [];
  private chars = 0;
  private line = 1;
  private rowLine = 1;
  private rows: CsvRow[] = [];

  read(text: string): CsvRow[] {
    for (let at = 0; at < text.length;) at = this.step(text, at);
    return this.take();
  }

  end(): CsvRow[] {
    if (this.state === 'quoted') throw this.malformed('has a quoted field without an end');
    if (this.state !== 'field-start' || this.fields.length > 0) this.endRow();
    return this.take();
  }

  private take(): CsvRow[] {
    const { rows } = this;
    this.rows = [];
    return rows;
  }

  /** Reads one delimiter or the text up to the next one. Returns the position after it. */
  private step(text: string, at: number): number {
    const char = text[at];
    if (this.state === 'quoted') return this.quotedStep(text, at);
    if (char === ',') this.endField();
    else if (char === '\n') {
      this.endRow();
      this.rowLine = ++this.line;
    } else if (char === '"') {
      if (this.state === 'plain') throw this.malformed('has a quote inside an unquoted field');
      // Two quotes inside a quoted field are one quote.
      if (this.state === 'after-quote') this.add('"');
      this.state = 'quoted';
    } else if (this.state === 'after-quote') {
      if (char !== '\r') throw this.malformed('has text after a quoted field');
    } else {
      DELIMITER.lastIndex = at;
      const to = DELIMITER.exec(text)?.index ?? text.length;
      this.add(text.slice(at, to));
      this.state = 'plain';
      return to;
    }
    return at + 1;
  }

  private quotedStep(text: string, at: number): number {
    const quote = text.indexOf('"', at);
    const to = quote === -1 ? text.length : quote;
    const part = text.slice(at, to);
    for (let next = part.indexOf('\n'); next !== -1; next = part.indexOf('\n', next + 1)) this.line++;
    this.add(part);
    if (quote === -1) return to;
    this.state = 'after-quote';
    return to + 1;
  }

  private add(text: string): void {
    this.chars += text.length;
    if (this.chars > MAX_ROW_CHARS)
      throw this.malformed('is longer than a million characters. A quote may be missing');
    this.field += text;
  }

  private endField(): void {
    this.fields.push(this.state === 'plain' ? this.field.replace(/\r$/, '') : this.field);
    this.field = '';
    this.state = 'field-start';
  }

  private endRow(): void {
    this.endField();
    const { fields } = this;
    if (fields.length > 1 || fields[0] !== '') this.rows.push({ line: this.rowLine, fields });
    this.fields = [];
    this.chars = 0;
  }

  private malformed(what: string): BadImportFile {
    return new BadImportFile('bad-csv', `The row that starts in line ${this.rowLine} ${what}.`);
  }
}
