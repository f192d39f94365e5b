import { describe, expect, it } from '@jest/globals';
import { isCommonPassword } from './password-rules.js';

const OWN = ['Vera Vogel', 'vera.vogel@ledger.example'];

describe('a password that is tried first', () => {
  it.each([
    'password1234',
    'Password2026!',
    'P@ssw0rd2026',
    'passwordpassword',
    'adminadmin2026',
    'Welcome12345!',
    'iloveyou12345',
    'aaaaaaaaaaaa',
    '121212121212',
    '123456789012',
    '0987654321098',
    'qwertyuiop12',
    'qwertyuiopas',
    'poiuytrewq98',
    'abcdefghijkl',
    'moderator1234',
    'VeraVogel2026',
    'vera.vogel@ledger.example',
    'letmeinletmein',
    'changeme-changeme',
  ])('%s', (password) => expect(isCommonPassword(password, OWN)).toBe(true));
});

describe('a password of one’s own', () => {
  it.each([
    'seven old lanterns',
    'correct horse battery',
    'a long enough password',
    'another long password',
    'kX9#vTq2$mLw7',
    'Vera likes green herons',
    'наши старые фонари',
    '1987-05-19 harbour',
  ])('%s', (password) => expect(isCommonPassword(password, OWN)).toBe(false));

  it('is told from one of that name', () => {
    expect(isCommonPassword('WalterWatson77', OWN)).toBe(false);
    expect(isCommonPassword('WalterWatson77', ['Walter Watson'])).toBe(true);
  });

  it('is read in time that does not grow with its cleverness', () => {
    expect(isCommonPassword(`${'admin'.repeat(200)}x`, OWN)).toBe(false);
  });
});
