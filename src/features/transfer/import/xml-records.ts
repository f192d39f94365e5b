import { Parser } from 'htmlparser2';
import { BadImportFile } from './import-format.js';

/** Longer fields make a record too large. */
const MAX_FIELD_CHARS = 1_000_000;
const MAX_DEPTH = 100;
/** The parser buffers tags, attributes and CDATA sections until they end. */
const MAX_PENDING_CHARS = 16_000_000;

/** An element of an XML file with those of its fields that were requested. */
export interface XmlRecord {
  /** Path of the element from the root, such as `disqus/post`. */
  readonly path: string;
  /** Line of its start tag, from 1. */
  readonly line: number;
  /** Texts by path below the element (`author/name`); attributes as `@dsq:id` or `thread@dsq:id`. */
  readonly fields: Record<string, string>;
  isTooLarge: boolean;
  /** The record around this one, as far as it is read; null if there is none. */
  readonly parent: XmlRecord | null;
}

interface OpenElement {
  readonly path: string;
  readonly record: XmlRecord | null;
  /** Path below the record. */
  readonly field: string;
  /** Where its start tag ends, counted as the parser does. */
  readonly endIndex: number;
}

/**
 * Reads an XML file as a stream. A document type declaration is refused, so there are no entities to expand.
 *
 * @param fields the fields to read, by path of the record's element
 * @returns the records in the order of their end tags, some at a time
 * @throws BadImportFile if the file is not well-formed, incomplete, not in UTF-8, or has a document type declaration
 */
export async function* xmlRecords(
  bytes: AsyncIterable<Buffer>,
  fields: Readonly<Record<string, ReadonlySet<string>>>,
): AsyncGenerator<XmlRecord[]> {
  const reader = new XmlReader(fields);
  const decoder = new TextDecoder();
  for await (const chunk of bytes) {
    const records = reader.read(decoder.decode(chunk, { stream: true }));
    if (records.length > 0) yield records;
  }
  yield reader.end(decoder.decode());
}

class XmlReader {
  private line = 1;
  private pendingChars = 0;
  private hasRoot = false;
  private records: XmlRecord[] = [];
  private readonly open: OpenElement[] = [];
  private readonly parser: Parser;

  constructor(private readonly fields: Readonly<Record<string, ReadonlySet<string>>>) {
    this.parser = new Parser(
      {
        onopentag: (name, attributes) => this.openTag(name, attributes),
        ontext: (text) => this.text(text),
        onclosetag: (name, isImplied) => this.closeTag(name, isImplied),
        oncomment: () => (this.pendingChars = 0),
        onprocessinginstruction: (name, data) => this.declaration(name, data),
      },
      { xmlMode: true },
    );
  }

  /** Passes the text to the parser line by line, because the parser does not count lines. */
  read(text: string): XmlRecord[] {
    for (let from = 0; from < text.length;) {
      const newline = text.indexOf('\n', from);
      const to = newline === -1 ? text.length : newline + 1;
      this.pendingChars += to - from;
      this.parser.write(text.slice(from, to));
      if (this.pendingChars > MAX_PENDING_CHARS)
        throw this.malformed('has a tag or section that is too long');
      if (newline !== -1) this.line++;
      from = to;
    }
    const { records } = this;
    this.records = [];
    return records;
  }

  end(text: string): XmlRecord[] {
    const records = this.read(text);
    if (this.open.length > 0) throw this.malformed(`ends before </${this.open[0].path}>`);
    this.parser.end();
    if (!this.hasRoot) throw this.malformed('has no elements');
    return records;
  }

  private openTag(name: string, attributes: Readonly<Record<string, string>>): void {
    this.pendingChars = 0;
    const parent = this.open.at(-1);
    if (!parent && this.hasRoot) throw this.malformed('has more than one root element');
    this.hasRoot = true;
    if (this.open.length >= MAX_DEPTH) throw this.malformed('has too many nested elements');
    const path = parent ? `${parent.path}/${name}` : name;
    const isRecord = Object.hasOwn(this.fields, path);
    const record = isRecord
      ? { path, line: this.line, fields: {}, isTooLarge: false, parent: parent?.record ?? null }
      : (parent?.record ?? null);
    const field = isRecord || !parent?.record ? '' : parent.field ? `${parent.field}/${name}` : name;
    this.open.push({ path, record, field, endIndex: this.parser.endIndex });
    for (const [attribute, value] of Object.entries(attributes)) this.add(`${field}@${attribute}`, value);
  }

  private text(text: string): void {
    this.pendingChars = 0;
    const element = this.open.at(-1);
    if (element) this.add(element.field, text);
  }

  private add(field: string, text: string): void {
    const { record } = this.open.at(-1)!;
    if (!record || !this.fields[record.path].has(field)) return;
    const before = record.fields[field] ?? '';
    if (before.length + text.length > MAX_FIELD_CHARS) record.isTooLarge = true;
    else record.fields[field] = before + text;
  }

  private closeTag(name: string, isImplied: boolean): void {
    this.pendingChars = 0;
    const closed = this.open.pop()!;
    // The parser reports `<message />` as implied too, but at the end of the same tag.
    if (isImplied && closed.endIndex !== this.parser.endIndex)
      throw this.malformed(`has no end tag </${name}> where one is needed`);
    if (closed.record?.path === closed.path) this.records.push(closed.record);
  }

  private declaration(name: string, data: string): void {
    this.pendingChars = 0;
    if (/^!doctype/i.test(name))
      throw new BadImportFile(
        'has-doctype',
        `Line ${this.line} of the file has a document type declaration. Remove it.`,
      );
    const encoding = /^\?xml\b/i.test(name) ? /encoding\s*=\s*["']([^"']*)/i.exec(data)?.[1] : undefined;
    if (encoding !== undefined && !/^(utf-?8|us-ascii)$/i.test(encoding))
      throw new BadImportFile(
        'bad-encoding',
        `The file is in ${encoding.slice(0, 50)}. Convert it to UTF-8.`,
      );
  }

  private malformed(what: string): BadImportFile {
    return new BadImportFile('bad-xml', `The XML ${what} (line ${this.line}).`);
  }
}
