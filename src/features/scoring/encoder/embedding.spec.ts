import { beforeAll, describe, expect, it } from '@jest/globals';
import { fromBytes, similarity, toBytes } from './embedding.js';
import { DIMENSIONS, SentenceEncoder } from './sentence-encoder.js';

let encoder: SentenceEncoder;
beforeAll(async () => {
  encoder = await SentenceEncoder.load();
});

describe('a stored embedding', () => {
  it('has 512 bytes and the direction of the original', () => {
    for (const text of ['The ferry is late again.', 'No.', 'word '.repeat(200)]) {
      const embedding = encoder.embed(text);
      const bytes = toBytes(embedding);
      expect(bytes).toHaveLength(512);
      const restored = fromBytes(bytes);
      expect(similarity(restored, restored)).toBeCloseTo(1, 5);
      expect(similarity(embedding, restored)).toBeGreaterThan(0.9995);
    }
  });

  it('of an empty text is restored as zeros', () => {
    expect(fromBytes(toBytes(new Float32Array(DIMENSIONS)))).toEqual(new Float32Array(DIMENSIONS));
  });

  it('tells related texts from unrelated ones', () => {
    const [first, related, unrelated] = [
      'The ferry is late again.',
      'Once more the boat did not arrive on time.',
      'I like my soup with garlic.',
    ].map((text) => fromBytes(toBytes(encoder.embed(text))));
    expect(similarity(first, related)).toBeGreaterThan(similarity(first, unrelated) + 0.2);
  });

  it('is refused if bytes are missing', () => {
    expect(() => fromBytes(Buffer.alloc(DIMENSIONS - 1))).toThrow('512 bytes, not 511');
  });
});
