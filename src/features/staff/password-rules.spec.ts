import { describe, expect, it } from '@jest/globals';
import { dictionary } from '@zxcvbn-ts/language-common';
import { faultOfPassword } from './password-rules.js';

const OWN = ['Vera Vogel', 'vera.vogel@ledger.example', 'The Winterbourne Ledger'];

describe('a common password is refused', () => {
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
    'letmeinletmein',
    'changeme-changeme',
    'Sunshine2026!!',
    'liverpool1892',
    `${'admin'.repeat(200)}x`,
  ])('%s', (password) => expect(faultOfPassword(password, [])).toBe('too-common'));

  it('for every entry of the list of leaked passwords that is long enough', () => {
    const long = dictionary['passwords-common'].filter((password) => password.length >= 12);
    expect(long.length).toBeGreaterThan(200);
    expect(long.filter((password) => faultOfPassword(password, []) === null)).toEqual([]);
  });
});

describe('an uncommon password is accepted', () => {
  it.each([
    'seven old lanterns',
    'correct horse battery',
    'a long enough password',
    'another long password',
    'kX9#vTq2$mLw7',
    'Vera likes green herons',
    'наши старые фонари',
    '1987-05-19 harbour',
  ])('%s', (password) => expect(faultOfPassword(password, OWN)).toBeNull());
});

describe('a password made of known facts about the account is refused', () => {
  it.each([
    'VeraVogel2026',
    'vera.vogel@ledger.example',
    'WinterbourneLedger1',
    'Winterbourne2026!',
    'thewinterbourneledger',
  ])('%s', (password) => expect(faultOfPassword(password, OWN)).not.toBeNull());

  it('only for the account with that name', () => {
    expect(faultOfPassword('WalterWatsonby77', OWN)).toBeNull();
    expect(faultOfPassword('WalterWatsonby77', ['Walter Watsonby'])).toBe('own-words');
  });
});
