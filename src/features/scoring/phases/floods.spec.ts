import { describe, expect, it } from '@jest/globals';
import { floods } from './floods.js';
import { buildPhaseInput } from './phase-input.builder.js';

const byReader = (minute: number, tenMinutes: number, isNew = false) =>
  floods(buildPhaseInput({ history: { byReader: { minute, tenMinutes } }, reader: { isNew } })).flood!.value;
const onStory = (minute: number, isNew: boolean) =>
  floods(buildPhaseInput({ history: { onStory: { minute, tenMinutes: minute } }, reader: { isNew } })).flood!
    .value;

describe('flood detection', () => {
  it('scores a lively debate low', () => {
    expect(byReader(3, 12)).toBeLessThan(0.5);
  });

  it('counts comments per minute and per ten minutes', () => {
    expect(byReader(20, 20)).toBe(1);
    expect(byReader(2, 60)).toBe(1);
  });

  it('has a lower limit for new readers', () => {
    expect(byReader(10, 10, true)).toBe(1);
    expect(byReader(10, 10, false)).toBe(0.5);
  });

  it('scores a new reader low who writes at a human pace', () => {
    expect(byReader(6, 20, true)).toBeLessThan(0.8);
  });

  it('counts only new readers on a whole story', () => {
    expect(onStory(500, false)).toBe(0);
    expect(onStory(60, true)).toBe(0.5);
    expect(onStory(500, true)).toBe(0.85);
  });

  it('scores 0 when limits are off', () => {
    expect(
      floods(buildPhaseInput({ history: { byReader: { minute: 99, tenMinutes: 99 } }, limits: false })),
    ).toEqual({ flood: { value: 0, spans: [] } });
  });
});
