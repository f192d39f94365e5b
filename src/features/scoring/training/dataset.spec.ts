import { afterAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { readRows } from './dataset.js';

const folder = mkdtempSync(join(tmpdir(), 'postbag-rows-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = (name: string, content: string | Buffer): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

describe('a labelled data file', () => {
  const lines =
    '{"text":"a","labels":{"toxicity":0.4,"insult":7,"other":1}}\n\n{"text":"b","domain":"news"}\n';

  it.each([
    ['plain.jsonl', lines],
    ['packed.jsonl.gz', gzipSync(lines)],
    ['packed-unsaid.jsonl', gzipSync(lines)],
    ['from-an-editor.jsonl', `\ufeff${lines.replaceAll('\n', '\r\n')}`],
  ])('is read from %s', (name, content) => {
    expect(readRows(file(name, content))).toEqual([
      { text: 'a', labels: { toxicity: 0.4 }, source: 'unknown', domain: 'unknown' },
      { text: 'b', labels: {}, source: 'unknown', domain: 'news' },
    ]);
  });

  it('reads true and false as 1 and 0, and keeps the functionality of a sentence', () => {
    const path = file(
      'functions.jsonl',
      '{"text":"a","labels":{"toxicity":true,"insult":false,"threat":null},"functionality":"slur","label":"hateful"}\n' +
        '{"text":"b","functionality":"slur","label":null}\n{"text":"c","label":"whatever"}',
    );
    const [a, b, c] = readRows(path);
    expect(a).toMatchObject({ labels: { toxicity: 1, insult: 0 }, functionality: 'slur', label: 'hateful' });
    expect([a.labels.threat, b.label, c.label]).toEqual([undefined, undefined, undefined]);
  });

  it.each([
    ['gone.jsonl', null, 'cannot be read: ENOENT'],
    ['empty.jsonl', '\n', 'has no lines'],
    ['broken.jsonl', '{"text":"a"}\n{"text":', 'line 2 is no JSON object with a "text"'],
    ['textless.jsonl', '{"labels":{}}', 'line 1 is no JSON object'],
    [
      'odd-label.jsonl',
      '{"text":"a","functionality":"slur","label":"Hate"}',
      'line 1 has a "label" that is neither hateful nor non-hateful',
    ],
    ['plain.gz', lines, 'is no gzip file'],
  ])('is refused with its name in the error: %s', (name, content, message) => {
    const path = content === null ? join(folder, name) : file(name, content);
    expect(() => readRows(path)).toThrow(`${path}${message.startsWith('line') ? ':' : ''} ${message}`);
  });
});
