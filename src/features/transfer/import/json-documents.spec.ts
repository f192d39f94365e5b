import { describe, expect, it } from '@jest/globals';
import { jsonDocuments } from './json-documents.js';

async function read(text: string, chunkBytes: number): Promise<unknown[]> {
  const bytes = Buffer.from(text);
  async function* chunks(): AsyncGenerator<Buffer> {
    for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes);
  }
  const all: unknown[] = [];
  for await (const documents of jsonDocuments(chunks()))
    for (const document of documents) {
      try {
        all.push(JSON.parse(document!));
      } catch {
        all.push('broken');
      }
    }
  return all;
}

const documents = [{ id: 'a', text: 'brace } and "quote\\" [' }, { id: 'ä', n: { deep: [{}] } }, { id: 'c' }];

describe('JSON documents in a file', () => {
  it.each([1, 7, 100_000])(
    'are read from each output form of mongoexport, %d bytes at a time',
    async (chunkBytes) => {
      const forms = [
        documents.map((each) => JSON.stringify(each)).join('\n') + '\n',
        documents.map((each) => JSON.stringify(each)).join('\r\n'),
        JSON.stringify(documents),
        JSON.stringify(documents, null, '\t'),
        documents.map((each) => JSON.stringify(each, null, '\t')).join('\n'),
        `\ufeff${documents.map((each) => JSON.stringify(each)).join('\n')}`,
      ];
      for (const form of forms) expect(await read(form, chunkBytes)).toEqual(documents);
    },
  );

  it('are read even after a broken line', async () => {
    expect(await read('{"id":1}\n{"id":\n{"id":3}\n', 5)).toEqual([{ id: 1 }, 'broken', { id: 3 }]);
  });

  it('are not found in an empty file or an empty array', async () => {
    expect(await read('', 10)).toEqual([]);
    expect(await read('[]', 10)).toEqual([]);
  });
});
