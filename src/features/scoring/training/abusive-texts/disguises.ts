/** Ways to disguise a text so that its words are not detected. */
export type Disguise =
  | 'digits'
  | 'masks'
  | 'stretched'
  | 'spaced'
  | 'dotted'
  | 'zeroWidth'
  | 'homoglyphs'
  | 'swapped'
  | 'dropped'
  | 'joined'
  | 'capitals';

const DIGITS: Readonly<Record<string, string>> = { a: '4', e: '3', i: '1', o: '0', s: '5' };
const CYRILLIC_LOOKALIKES: Readonly<Record<string, string>> = {
  a: 'а',
  c: 'с',
  e: 'е',
  i: 'і',
  o: 'о',
  p: 'р',
};

/** Disguises one long word of a text. `capitals` changes the whole text, `joined` joins two neighbouring words. */
export function disguise(text: string, how: Disguise, random: () => number): string {
  if (how === 'capitals') return text.toUpperCase();
  const words = text.split(' ');
  if (how === 'joined') {
    const at = Math.floor(random() * (words.length - 1));
    return [...words.slice(0, at), words.slice(at, at + 2).join(''), ...words.slice(at + 2)].join(' ');
  }
  const long = words
    .map((word, at) => ({ word, at }))
    .filter(
      ({ word }) => /^[a-z]{4,}[.,!?]?$/i.test(word) && !/^(?:people|should|those|these|would)/i.test(word),
    );
  const chosen = long[Math.floor(random() * long.length)];
  if (!chosen) return text;
  words[chosen.at] = change(chosen.word, how, random);
  return words.join(' ');
}

function change(word: string, how: Exclude<Disguise, 'capitals' | 'joined'>, random: () => number): string {
  const middle = 1 + Math.floor(random() * (word.length - 2));
  switch (how) {
    case 'digits':
      return word.replace(/[aeios]/g, (letter) => DIGITS[letter]);
    case 'masks':
      return word.replace(/(?<=.)[aeiou]/, '*');
    case 'stretched':
      return word.replace(/[aeiou]/, '$&$&$&$&');
    case 'spaced':
      return [...word].join(' ');
    case 'dotted':
      return [...word].join('.');
    case 'zeroWidth':
      return [...word].join('\u200b');
    case 'homoglyphs':
      return word.replace(/[aceiop]/g, (letter) => CYRILLIC_LOOKALIKES[letter]);
    case 'swapped':
      return word.slice(0, middle) + word.charAt(middle + 1) + word.charAt(middle) + word.slice(middle + 2);
    case 'dropped':
      return word.slice(0, middle) + word.slice(middle + 1);
  }
}
