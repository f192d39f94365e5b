/* One function per kind of personal data. All patterns are bounded, so that no text takes long. */

export interface Finding {
  readonly value: number;
  /** UTF-16 units, end exclusive. */
  readonly start: number;
  readonly end: number;
}

type Finder = (text: string, allowedDomains: readonly string[]) => Finding[];

/** A text with the digits of every script and style as ASCII digits, and the offset of each unit in the original. */
interface NormalizedText {
  readonly text: string;
  /** One more entry than there are units. */
  readonly offsets: readonly number[];
}

// Digits, at signs and full stops in other styles, the parts of keycap emoji, and invisible characters.
const DISGUISED_CHARACTER = /(?![0-9])[\p{Nd}\p{No}]|[＠﹫．。｡․\ufe0f\u20e3\u200b-\u200d\u2060\u00ad]/u;
const DISGUISED_CHARACTERS = new RegExp(DISGUISED_CHARACTER, 'gu');

function normalizeDigits(text: string): NormalizedText | null {
  if (!DISGUISED_CHARACTER.test(text)) return null;
  let plain = '';
  const offsets: number[] = [];
  const append = (part: string, at: number, step: number): void => {
    for (let i = 0; i < part.length; i++) offsets.push(at + i * step);
    plain += part;
  };
  let at = 0;
  for (const match of text.matchAll(DISGUISED_CHARACTERS)) {
    append(text.slice(at, match.index), at, 1);
    append(plainSign(match[0]), match.index, 0);
    at = match.index + match[0].length;
  }
  append(text.slice(at), at, 1);
  return { text: plain, offsets: [...offsets, text.length] };
}

function plainSign(sign: string): string {
  if (/\p{Nd}/u.test(sign)) return asciiDigit(sign);
  if (sign === '。') return '.';
  const plain = sign.normalize('NFKC');
  return /^[\d@.]$/.test(plain) ? plain : /\p{No}/u.test(sign) ? sign : '';
}

function asciiDigit(digit: string): string {
  const plain = digit.normalize('NFKC');
  if (plain >= '0' && plain <= '9') return plain;
  // Digits are in groups of ten (Unicode, section 4.6), each starting with its zero.
  const code = digit.codePointAt(0)!;
  let zero = code;
  while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--;
  return String(code - zero);
}

const digitsOf = (text: string): string => text.replace(/\D/g, '');

function findAll(text: string, pattern: RegExp, valueOf: (match: RegExpMatchArray) => number): Finding[] {
  return [...text.matchAll(pattern)].flatMap((match) => {
    const value = valueOf(match);
    return value === 0 ? [] : [{ value, start: match.index, end: match.index + match[0].length }];
  });
}

const EMAIL =
  /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+-]{1,64}@((?:[\p{L}\p{N}-]{1,63}\.){1,5}\p{L}{2,24})(?![\p{L}\p{N}])/gu;
const SPOKEN_EMAIL =
  /(?<![\w.+-])[\w.+-]{1,64} {0,2}[([{] ?at ?[)\]}] {0,2}[\w-]{1,63}(?: {0,2}(?:\.|[([{] ?(?:dot|\.) ?[)\]}]) {0,2}[\w-]{2,63}){1,4}/gi;
// "jane dot doe at gmail dot com": written like this it is an address only with a well-known provider.
const DESCRIBED_EMAIL =
  /(?<![\w.+-])[\w.+-]{1,64}(?: dot [\w-]{1,63}){0,3} at (?:gmail|googlemail|hotmail|outlook|yahoo|icloud|protonmail|proton|aol|gmx|live|mweb|web|orange|yandex) ?(?:dot|\.) ?(?:com|net|org|me|de|fr|co|es|pt|nl|za)(?![\p{L}\p{N}])/giu;

const emails: Finder = (text, allowed) => [
  ...findAll(text, EMAIL, ([, domain]) => {
    const host = domain.toLowerCase();
    return allowed.some(
      (allowedDomain) =>
        host === allowedDomain.toLowerCase() || host.endsWith(`.${allowedDomain.toLowerCase()}`),
    )
      ? 0
      : 0.75;
  }),
  ...findAll(text, SPOKEN_EMAIL, () => 0.75),
  ...findAll(text, DESCRIBED_EMAIL, () => 0.75),
];

// Runs of digits with common separators; the digits and their grouping tell what they are.
const NUMBER =
  /(?<![\p{L}\p{N}.,$€£¥#/-])(?:\+|00(?=[1-9]))?\(?\d[\d ().\/-]{5,26}\d(?![\p{N}%]|[.,]\d|\p{L})/gu;
const NORTH_AMERICAN = /^(?:1[ .-]?)?\(?[2-9]\d{2}\)?[ .-]{1,2}[2-9]\d{2}[ .-]\d{4}$/;
const NATIONAL = /^\(?0[1-9]\d{0,4}\)?[ /.-]{1,3}\d{2,4}(?:[ .-]?\d{2,4}){1,4}$/;
const IN_PAIRS = /^0[1-9](?:[ .-]\d{2}){4}$/;
const MOBILE = /^(?:07\d{9}|01[567]\d{8,9}|06\d{8})$/;
const PHONE_LEAD_IN =
  /(?:\b(?:call|phone|tel|telephone|text|ring|dial|mobile|cell|whatsapp|number|fax|contact)\b[^\n\d]{0,24})$/i;
/** Toll-free and government numbers belong to no individual. */
const PUBLIC = /^(?:\+?1)?8(?:00|88|77|66|55|44|33)\d{7}$|^0?0?800\d{4,9}$|^\+?\d{1,3}800\d{6,8}$/;

// "two one two, five five five, oh one three four"
const SPOKEN_DIGITS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
const SPOKEN_DIGIT = `(?:(?:double|triple)[ -])?(?:oh|nought|${SPOKEN_DIGITS.join('|')})`;
const SPOKEN_NUMBER = new RegExp(
  `(?<![\\p{L}\\p{N}])${SPOKEN_DIGIT}(?:[ ,./-]{1,3}${SPOKEN_DIGIT}){6,14}(?![\\p{L}\\p{N}])`,
  'giu',
);

/** Whether the digits only count up or down or repeat: "one two three four five six seven" is not a phone number. */
function isCountingSequence(spoken: string): boolean {
  const digits = (spoken.toLowerCase().match(/[a-z]+/g) ?? []).map((word) => SPOKEN_DIGITS.indexOf(word));
  const steps = new Set(digits.slice(1).map((digit, at) => digit - digits[at]));
  return [...steps].every((step) => step === 0 || step === 1) || [...steps].every((step) => step === -1);
}

const spokenPhones = (text: string): Finding[] =>
  findAll(text, SPOKEN_NUMBER, ([written]) => (isCountingSequence(written) ? 0 : 0.7));

const phones: Finder = (text) =>
  findAll(text, NUMBER, (match) => {
    const written = match[0];
    const at = match.index ?? 0;
    const digits = digitsOf(written);
    if (
      digits.length < 7 ||
      digits.length > 15 ||
      PUBLIC.test(written.startsWith('+') ? `+${digits}` : digits)
    )
      return 0;
    if (written.startsWith('+')) return digits.length >= 9 ? 0.8 : 0;
    if (NORTH_AMERICAN.test(written) || NATIONAL.test(written) || IN_PAIRS.test(written))
      return digits.length >= 9 ? 0.75 : 0;
    if (/^00[1-9]/.test(written) && digits.length >= 11) return 0.75;
    if (MOBILE.test(digits) && !/[./]/.test(written)) return 0.7;
    return PHONE_LEAD_IN.test(text.slice(Math.max(0, at - 48), at)) ? 0.75 : 0;
  });

/** ISO/IEC 7812-1, annex B. */
function hasLuhn(digits: string): boolean {
  let sum = 0;
  for (let at = 0; at < digits.length; at++) {
    const digit = Number(digits[digits.length - 1 - at]);
    sum += at % 2 === 0 ? digit : digit > 4 ? 2 * digit - 9 : 2 * digit;
  }
  return sum % 10 === 0;
}

const CARD =
  /(?<![\p{L}\p{N}.-])[2-6]\d{3}(?:(?:[ -]?\d{2,6}){2,4}|(?:[ .,/|·–-]{1,3}\d{4}){3})(?![\p{L}\p{N}]|[.,]\d)/gu;
const YEARS = /^(?:(?:19|20)\d\d\D{0,3})+$/;
const cards: Finder = (text) =>
  findAll(text, CARD, ([written]) => {
    const digits = digitsOf(written);
    const isLong = digits.length >= 13 && digits.length <= 19 && !/^(\d)\1+$/.test(digits);
    return isLong && hasLuhn(digits) && !YEARS.test(written) ? 0.95 : 0;
  });

// Verhoeff's algorithm (1969): multiplication in the dihedral group of a pentagon, and the permutation for each
// position.
const multiplyDihedral = (a: number, b: number): number =>
  a < 5 ? (b < 5 ? (a + b) % 5 : 5 + ((a + b) % 5)) : b < 5 ? 5 + ((a - b) % 5) : (a - b + 5) % 5;
const VERHOEFF_PERMUTATION = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];

/** Whether a number ends in a valid Verhoeff check digit, as India's Aadhaar does. */
export function hasVerhoeff(digits: string): boolean {
  let check = 0;
  for (let at = 0; at < digits.length; at++) {
    let digit = Number(digits[digits.length - 1 - at]);
    for (let times = at % 8; times > 0; times--) digit = VERHOEFF_PERMUTATION[digit];
    check = multiplyDihedral(check, digit);
  }
  return check === 0;
}

/** The remainder of a number of any length modulo 97, with letters as 10 to 35 (ISO 7064). */
function mod97(text: string): number {
  let remainder = 0;
  for (const sign of text) {
    const value = parseInt(sign, 36);
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
  }
  return remainder;
}

const IBAN = /(?<![\p{L}\p{N}])[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?![\p{L}\p{N}])/giu;
const accounts: Finder = (text) =>
  findAll(text, IBAN, ([written]) => {
    const compact = written.replaceAll(' ', '').toUpperCase();
    return compact.length >= 15 && compact.length <= 34 && mod97(compact.slice(4) + compact.slice(0, 4)) === 1
      ? 0.95
      : 0;
  });

const SSN = /(?<![\d-])(?!000|666|9\d\d)\d{3}-(?!00)\d{2}-(?!0000)\d{4}(?![\d-])/g;
const NINO =
  /(?<![\p{L}\p{N}])(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D](?![\p{L}\p{N}])/gu;
const DNI = /(?<![\p{L}\p{N}])([XYZ]?)-?(\d{7,8})-?([A-HJ-NP-TV-Z])(?![\p{L}\p{N}])/giu;
const DNI_LETTERS = 'TRWAGMYFPDXBNJZSQVHLCKE';
const NIR = /(?<![\d.])([12] ?\d{2} ?(?:0[1-9]|1[0-2]) ?\d[\dAB] ?\d{3} ?\d{3}) ?(\d{2})(?![\d.])/g;
// South Africa: date of birth, four sequence digits, citizenship, an 8 or 9, and a check digit.
const ZA_ID = /(?<![\d.,-])\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]) ?\d{4} ?[012][89]\d(?![\d]|[.,]\d)/g;
// India: twelve digits in groups of four.
const AADHAAR = /(?<![\p{L}\p{N}.,-])[2-9]\d{3}([ -])\d{4}\1\d{4}(?![\p{L}\p{N}]|[ .,-]\d)/gu;
// The second line of a passport's machine-readable zone (ICAO 9303-4): number, nationality, birth, sex, expiry.
const MACHINE_READABLE =
  /(?<![A-Z0-9<])([A-Z0-9<]{9})(\d)[A-Z<]{3}(\d{6})(\d)[MFX<](\d{6})(\d)[A-Z0-9<]{14}[\d<]\d(?![A-Z0-9<])/g;
const CODICE = /(?<![\p{L}\p{N}])[A-Z]{6}\d{2}[A-EHLMPRST]\d{2}[A-Z]\d{3}[A-Z](?![\p{L}\p{N}])/giu;
/** ICAO 9303-3: weights 7, 3, 1 in turn; letters count as 10 to 35, fillers as 0. */
const hasPassportCheck = (field: string, check: string): boolean =>
  [...field].reduce((sum, sign, at) => sum + (sign === '<' ? 0 : parseInt(sign, 36)) * [7, 3, 1][at % 3], 0) %
    10 ===
  Number(check);
// One or two letters and digits, or nine digits, are a passport number if the word occurs just before.
const PASSPORT =
  /\b(?:passport|reisepass|passeport|pasaporte|passaporte|paspoort)\b(?: ?(?:number|no\.?|nr\.?|#))?\W{0,3}(?:is\b|:)?\W{0,3}(?:[A-Z]{1,2} ?\d{6,8}|\d{9}|[CFGHJKLMNPRTVWXYZ0-9]{2,3}\d[CFGHJKLMNPRTVWXYZ0-9]{5}\d?)(?![\p{L}\p{N}])/giu;
// Eleven or nine digits can be anything unless the text says what they are.
const NAMED =
  /\b(?:pesel|bsn|burgerservicenummer|sofi ?nummer|steuer-?id|steueridentifikationsnummer|sozialversicherungsnummer|ssn|social security number|passport (?:number|no)|passnummer|codice fiscale|national id|personnummer|cpf|aadhaar|aadhar|uidai)\b\W{0,3}(?:is|ist|nr|no|:|number)?\W{0,4}([A-Z]{0,2}\d[\d .-]{6,14}\d)/gi;

const identities: Finder = (text) => [
  ...findAll(text, SSN, () => 0.9),
  ...findAll(text, NINO, () => 0.85),
  ...findAll(text, DNI, ([, prefix, digits, letter]) => {
    const number = Number(`${prefix === '' ? '' : 'XYZ'.indexOf(prefix.toUpperCase())}${digits}`);
    const isLong = digits.length === (prefix === '' ? 8 : 7);
    return isLong && DNI_LETTERS[number % 23] === letter.toUpperCase() ? 0.85 : 0;
  }),
  ...findAll(text, NIR, ([, number, key]) => {
    const compact = number.replaceAll(' ', '');
    // Corsica's departments, 2A and 2B, count as 19 and 18.
    const digits = compact.replace('2A', '19').replace('2B', '18');
    return /^\d{13}$/.test(digits) && 97 - (Number(digits) % 97) === Number(key) ? 0.9 : 0;
  }),
  ...findAll(text, ZA_ID, ([written]) => (hasLuhn(digitsOf(written)) ? 0.9 : 0)),
  ...findAll(text, CODICE, () => 0.9),
  ...findAll(text, AADHAAR, ([written]) => (hasVerhoeff(digitsOf(written)) ? 0.85 : 0)),
  ...findAll(text, MACHINE_READABLE, ([, number, check, birth, birthCheck, expiry, expiryCheck]) =>
    hasPassportCheck(number, check) &&
    hasPassportCheck(birth, birthCheck) &&
    hasPassportCheck(expiry, expiryCheck)
      ? 0.95
      : 0,
  ),
  ...findAll(text, PASSPORT, () => 0.85),
  ...findAll(text, NAMED, () => 0.85),
];

// Fast path: most texts contain neither an at sign nor as many digits as the shortest number.
const HAS_AT = /@|[([{] ?at ?[)\]}]| at \w{2,20} ?(?:dot|\.)/i;
const HAS_NUMBER = /\d(?:[^\d\n]{0,4}\d){5}/;
const HAS_SPOKEN_NUMBER = new RegExp(
  `${SPOKEN_DIGIT}[ ,./-]{1,3}${SPOKEN_DIGIT}[ ,./-]{1,3}${SPOKEN_DIGIT}`,
  'i',
);

/** Finds all kinds of personal data, in no particular order; two kinds may match the same place. */
export function findPersonalData(text: string, allowedDomains: readonly string[]): Finding[] {
  const normalized = normalizeDigits(text);
  const plain = normalized?.text ?? text;
  const finders = [
    ...(HAS_AT.test(plain) ? [emails] : []),
    ...(HAS_NUMBER.test(plain) ? [phones, cards, accounts, identities] : []),
    ...(HAS_SPOKEN_NUMBER.test(plain) ? [spokenPhones] : []),
  ];
  const found = finders.flatMap((find) => find(plain, allowedDomains));
  if (!normalized) return found;
  const { offsets } = normalized;
  return found.map(({ value, start, end }) => ({ value, start: offsets[start], end: offsets[end] }));
}
