import { describe, expect, it } from '@jest/globals';
import { floods } from './floods.js';
import { buildPhaseInput } from './phase-input.builder.js';

const byReader = (minute: number, tenMinutes: number, isNew = false) =>
  floods(buildPhaseInput({ history: { byReader: { minute, tenMinutes } }, reader: { isNew } })).flood!.value;
const onStory = (minute: number, isNew: boolean) =>
  floods(buildPhaseInput({ history: { onStory: { minute, tenMinutes: minute } }, reader: { isNew } })).flood!
    .value;

describe('floods', () => {
  it('leave a lively debate alone', () => {
    expect(byReader(3, 12)).toBeLessThan(0.5);
  });

  it('are too many in a minute or in ten', () => {
    expect(byReader(20, 20)).toBe(1);
    expect(byReader(2, 60)).toBe(1);
  });

  it('begin sooner for new readers', () => {
    expect(byReader(10, 10, true)).toBe(1);
    expect(byReader(10, 10, false)).toBe(0.5);
  });

  it('are not a newcomer who writes as fast as people do', () => {
    expect(byReader(6, 20, true)).toBeLessThan(0.8);
  });

  it('of a whole story are the new readers’ only', () => {
    expect(onStory(500, false)).toBe(0);
    expect(onStory(60, true)).toBe(0.5);
    expect(onStory(500, true)).toBe(0.85);
  });

  it('are nothing without limits', () => {
    expect(
      floods(buildPhaseInput({ history: { byReader: { minute: 99, tenMinutes: 99 } }, limits: false })),
    ).toEqual({ flood: { value: 0, spans: [] } });
  });
});
