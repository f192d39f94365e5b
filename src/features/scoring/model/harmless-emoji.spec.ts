import { describe, expect, it } from '@jest/globals';
import { DEFAULT_POLICY } from '../../sites/policy.js';
import { MODEL_LABELS } from './labels.js';
import { scoreByModel } from './shipped-model.js';

const isHeld = (text: string): boolean => {
  const scores = scoreByModel(text);
  return MODEL_LABELS.some(
    (label) => scores[label]!.value >= (DEFAULT_POLICY.moderation.thresholds[label].hold ?? Infinity),
  );
};

describe('a comment of emoji alone', () => {
  it.each([
    '❤️',
    '🐐',
    '🐐🐐 !!',
    '🇯🇵',
    '🇮🇪🇫🇷🎉',
    '🥕',
    '🏏🏏',
    '👩‍🚀',
    '🏳️‍🌈❤️',
    '🤷🏽‍♀️',
    '🔥🔥🔥',
    '☕',
    '👎',
    '😂😂',
    '🐶🐱🐰',
    '🙈🙉🙊',
    '🎃👻💀',
    '🫵😀',
  ])('has no score for %s', (text) => {
    expect(MODEL_LABELS.map((label) => scoreByModel(text)[label]!.value)).toEqual(MODEL_LABELS.map(() => 0));
  });

  it.each(['🖕', '🖕🖕', '👉🐒', '🇰🇾🇸', '🏳️‍🌈🔫', '🫵🐶', '🏳️‍🌈🐶'])('is judged by the model for %s', (text) => {
    expect(MODEL_LABELS.some((label) => scoreByModel(text)[label]!.value > 0)).toBe(true);
  });

  it('is held where it is abuse in itself', () => {
    expect(isHeld('🖕🖕🖕')).toBe(true);
  });
});
