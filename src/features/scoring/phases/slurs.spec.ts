import { describe, expect, it } from '@jest/globals';
import { MIN_REASON_SCORE } from '../refusal.js';
import { buildPhaseInput } from './phase-input.builder.js';
import { slurs } from './slurs.js';

const found = (body: string) => slurs(buildPhaseInput({ body })).identityAttack!;

describe('slur detection', () => {
  it.each([
    'Approve this one please f4gg0t',
    'She was called a faggot on the bus',
    'k i k e s everywhere',
    'those tr4nnies again',
    'W3tb4cks, all of them',
    'What would a n1gg3r know',
  ])('holds %j by default, with a span', (body) => {
    const { value, spans } = found(body);
    expect(value).toBeGreaterThanOrEqual(MIN_REASON_SCORE);
    expect(spans).toHaveLength(1);
  });

  it('returns the span of the word as written', () => {
    const body = 'No f4gg0t here';
    const [[start, end]] = found(body).spans;
    expect(body.slice(start, end)).toBe('f4gg0t');
  });

  it.each([
    'I call BS — Observe Crimea 2 coming to a screen near you soon !!',
    'He sniggered at the niggardly budget',
    'A chink in the armour of the ministry',
    'Pakistan plays India in Cape Town, spick and span',
    'As a gay man I found this article moving',
  ])('finds none in %j', (body) => {
    expect(found(body)).toEqual({ value: 0, spans: [] });
  });
});
