import { describe, expect, it } from '@jest/globals';
import { LABEL_THRESHOLDS } from '../../sites/label-thresholds.builder.js';
import type { Label } from '../scores.js';
import { MODEL_LABELS } from './labels.js';
import { scoreByModel } from './shipped-model.js';

const isHeld = (text: string): boolean => {
  const scores = scoreByModel(text);
  return Object.entries(LABEL_THRESHOLDS).some(([label, { hold }]) => scores[label as Label]!.value >= hold);
};

describe('a comment of only emoji', () => {
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
    '🙈 🙈',
    '🎃👻💀',
    '🫵😀',
  ])('scores 0 for %s', (text) => {
    expect(MODEL_LABELS.map((label) => scoreByModel(text)[label]!.value)).toEqual(MODEL_LABELS.map(() => 0));
  });

  it.each(['🖕', '🖕🖕', '👉🐒', '🇰🇾🇸', '🏳️‍🌈🔫', '🫵🐶', '🫵🙈', '🏳️‍🌈🐶'])(
    'is scored by the model for %s',
    (text) => {
      expect(MODEL_LABELS.some((label) => scoreByModel(text)[label]!.value > 0)).toBe(true);
    },
  );

  it('is held when the emoji are abusive in themselves', () => {
    expect(isHeld('🖕🖕🖕')).toBe(true);
  });
});
