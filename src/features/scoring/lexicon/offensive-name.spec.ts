import { describe, expect, it } from '@jest/globals';
import { isOffensiveName } from './offensive-name.js';

describe('isOffensiveName', () => {
  it.each([
    'Ada Lovelace',
    'Dick Fuchs',
    'Hancock',
    'Nigel',
    'Jesús',
    'Gay Talese',
    'Muslim Reader',
    'grumpy_old_man',
    'Fan of the casino',
    'Иван',
    '李雷',
    'Mr. Cox',
    'A. Wang',
    // Emoji joined by zero-width joiners, such as families and flags.
    '👩\u200d👩\u200d👧\u200d👦 Family 🏳️\u200d🌈',
    '🏳️\u200d🌈 Max',
    'Nadia 🧕',
    '👩🏽\u200d💻 Ana',
    'Mum of two 👩\u200d👧\u200d👦',
  ])('is false for %s', (name) => {
    expect(isOffensiveName(name)).toBe(false);
  });

  it.each([
    'asshole',
    'YouAreAllIdiots',
    'f_u_c_k',
    'FuckThisSite99',
    'n1gg3r',
    'KillAllJews',
    'Hot Singles Click Here',
    'Kill yourself',
    'Kill all 🏳️\u200d🌈',
    'f\u200du\u200dc\u200dk this',
  ])('is true for %s', (name) => {
    expect(isOffensiveName(name)).toBe(true);
  });
});
