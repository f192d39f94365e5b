import { describe, expect, it } from '@jest/globals';
import { randomFrom } from '../training/random.js';
import { EmbeddingIndex } from './embedding-index.js';
import { fromBytes, similarity, toBytes } from './embedding.js';
import { DIMENSIONS } from './sentence-encoder.js';

const random = randomFrom(5);
const anEmbedding = (): Float32Array => Float32Array.from({ length: DIMENSIONS }, () => random() - 0.5);

describe('the index of embeddings', () => {
  it('finds the same embeddings as a comparison one by one', () => {
    const stored = Array.from({ length: 10_000 }, () => toBytes(anEmbedding()));
    const index = new EmbeddingIndex();
    stored.forEach((bytes) => index.add(bytes));
    expect(index.size).toBe(10_000);
    for (let round = 0; round < 3; round++) {
      const query = toBytes(anEmbedding());
      const expected = stored
        .map((bytes, at) => ({ at, similarity: similarity(fromBytes(query), fromBytes(bytes)) }))
        .sort((a, b) => b.similarity - a.similarity)
        .slice(0, 20);
      const found = index.nearest(query, 20, -1);
      expect(found.map(({ at }) => at)).toEqual(expected.map(({ at }) => at));
      found.forEach((match, at) => expect(match.similarity).toBeCloseTo(expected[at].similarity, 5));
    }
  });

  it('returns only what is similar enough, nearest first, while it grows', () => {
    const index = new EmbeddingIndex();
    const query = anEmbedding();
    const near = query.map((value) => value + (random() - 0.5) * 0.1);
    expect(index.nearest(toBytes(query), 5, 0.5)).toEqual([]);
    index.add(toBytes(anEmbedding()));
    index.add(toBytes(near));
    index.add(toBytes(query));
    index.add(Buffer.alloc(DIMENSIONS));
    const found = index.nearest(toBytes(query), 5, 0.5);
    expect(found.map(({ at }) => at)).toEqual([2, 1]);
    expect(found[0].similarity).toBeCloseTo(1, 5);
  });
});
