/*
 * What is tried first by who guesses: words that lists of stolen passwords begin with, runs along the keyboard, the
 * account's own name; also with figures around them, said twice, or spelled with figures and signs (ASVS 2.1.7). Length
 * is asked for where the field is described.
 */

const COMMON = [
  ...['password', 'passwort', 'motdepasse', 'contrasena', 'wachtwoord', 'senha', 'passphrase', 'passw0rd'],
  ...[
    'letmein',
    'welcome',
    'iloveyou',
    'changeme',
    'trustno',
    'sunshine',
    'princess',
    'football',
    'baseball',
  ],
  ...[
    'superman',
    'batman',
    'starwars',
    'master',
    'dragon',
    'monkey',
    'shadow',
    'whatever',
    'secret',
    'default',
  ],
  ...[
    'administrator',
    'administrador',
    'admin',
    'moderator',
    'editor',
    'newsroom',
    'comments',
    'postbag',
    'owner',
  ],
  ...['temporary', 'guest', 'testing', 'test', 'login', 'hello', 'access', 'manager', 'computer', 'internet'],
];
const RUNS = [
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiopasdfghjklzxcvbnm',
  'qwertzuiopasdfghjklyxcvbnm',
  'azertyuiop',
];
const FIGURES = '01234567890123456789';
const FEWEST_CHARACTERS = 5;

const SPELLED: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
};

const backwards = (text: string): string => [...text].reverse().join('');
const isRun = (text: string): boolean =>
  [...RUNS, FIGURES].some((run) => `${run}${run}`.includes(text) || backwards(`${run}${run}`).includes(text));

/** The shortest text that this one only repeats; itself where there is none. */
function unrepeated(text: string): string {
  const at = `${text}${text}`.indexOf(text, 1);
  return at < text.length ? text.slice(0, at) : text;
}

/**
 * Whether a password is among those that are tried first.
 *
 * @param own what is known of the account, such as its name and address
 */
export function isCommonPassword(password: string, own: readonly string[]): boolean {
  const lower = password.toLowerCase();
  if (new Set(lower).size < FEWEST_CHARACTERS) return true;
  const known = [
    ...COMMON,
    ...own.flatMap((text) => [text, ...text.split(/[^\p{L}\p{N}]+/u)]).map(lettersOf),
  ].filter((word) => word.length >= 3);
  const core = lower.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
  // Figures and signs may stand around a word, and for letters within it.
  return [lower, core, spelledOut(lower), spelledOut(core)]
    .map(lettersOf)
    .map(unrepeated)
    .some((text) => text.length < 4 || isRun(text) || isMadeOf(text, known));
}

const spelledOut = (text: string): string => text.replace(/[013457@$!]/g, (sign) => SPELLED[sign] ?? sign);

const lettersOf = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/** Whether nothing is left when known words, and figures, are taken from the beginning on. */
function isMadeOf(text: string, known: readonly string[]): boolean {
  const rest = text.replace(/\d+$/, '');
  if (rest === '') return true;
  return known.some(
    (word) => rest === word || (rest.startsWith(word) && isMadeOf(rest.slice(word.length), known)),
  );
}
