import { describe, expect, it } from '@jest/globals';
import { isUnscoredLanguage } from './language.js';
import { isUnfitName } from './unfit.js';

describe('isUnfitName', () => {
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
  ])('bears %s', (name) => {
    expect(isUnfitName(name)).toBe(false);
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
  ])('does not bear %s', (name) => {
    expect(isUnfitName(name)).toBe(true);
  });
});

describe('isUnscoredLanguage', () => {
  it.each<[string, string | null, boolean]>([
    ['I disagree with the author.', null, false],
    ['I disagree with the author.', 'en-GB', false],
    ['Ich bin anderer Meinung.', 'de', true],
    ['Это очень интересная статья', null, true],
    ['Это очень интересная статья, спасибо автору.', null, true],
    ['Η κυβέρνηση δεν έχει δίκιο', null, true],
    ['这是一篇非常有意思的文章，谢谢作者', null, true],
    ['Уоu аrе аn іdіоt', null, false],
    ['👍👍👍 100%', null, false],
    ['Да!', null, false],
    ['The word "спасибо" means thank you.', null, false],
  ])('of %j told as %s is %s', (body, language, unscored) => {
    expect(isUnscoredLanguage(body, language)).toBe(unscored);
  });
});
