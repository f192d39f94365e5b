import { describe, expect, it } from '@jest/globals';
import { fingerprint } from '../../comments/fingerprint.js';
import { buildPhaseInput } from './phase-input.builder.js';
import { repeats } from './repeats.js';

const long =
  'The central bank will regret this decision before the summer is over, and so will everybody who cheers it today.';
const valueOf = (body: string, own: string[], others: string[] = [], limits = true): number =>
  repeats(
    buildPhaseInput({
      body,
      history: { own: own.map(fingerprint), otherFingerprints: others.map(fingerprint) },
      limits,
    }),
  ).repeat!.value;

describe('repeat detection', () => {
  it('scores a new text 0', () => {
    expect(valueOf(long, ['Something else entirely, said about something else.'], ['Agreed!'])).toBe(0);
  });

  it('finds the same long text by the same reader', () => {
    expect(valueOf(`${long.toUpperCase()} !!!`, [long])).toBe(1);
  });

  it('finds nearly the same text', () => {
    expect(valueOf(long.replace('summer', 'autumn'), [long])).toBeGreaterThanOrEqual(0.6);
  });

  it('allows a few repeats of short phrases', () => {
    expect(valueOf('Agreed!', ['agreed'])).toBeLessThan(0.5);
    expect(valueOf('Agreed!', ['Agreed'], Array(50).fill('agreed'))).toBeLessThan(0.5);
    expect(valueOf('Agreed!', Array(10).fill('agreed'))).toBe(1);
  });

  it('finds a campaign of many readers, but allows two who quote the same text', () => {
    expect(valueOf(long, [], [long])).toBeLessThan(0.8);
    expect(valueOf(long, [], [long, long, long])).toBeGreaterThanOrEqual(0.8);
  });

  it('finds a campaign spread over more than an hour, and a slogan posted by very many readers', () => {
    const othersScore = (body: string, sameByOthers: number): number =>
      repeats(buildPhaseInput({ body, history: { sameByOthers } })).repeat!.value;
    expect(othersScore(long, 1)).toBeLessThan(0.8);
    expect(othersScore(long, 3)).toBeGreaterThanOrEqual(0.8);
    expect(othersScore('Vote them all out now!', 5)).toBeLessThan(0.5);
    expect(othersScore('Vote them all out now!', 20)).toBeGreaterThanOrEqual(0.8);
    expect(othersScore('Agreed!', 90)).toBe(0);
  });

  it('finds nothing when limits are off or the text has no letters', () => {
    expect(valueOf(long, [long], [], false)).toBe(0);
    expect(valueOf('...', ['!!!'])).toBe(0);
  });
});
