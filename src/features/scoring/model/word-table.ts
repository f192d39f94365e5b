import { wordSeverity, lexicon, intendedWords } from '../lexicon/lexicon.js';
import { BIT, CLASS_WORDS, type ClassName } from './classes.js';
import { HashTable } from './hash-table.js';

/*
 * Words by the hash of their letters, so that a text is looked up without making a string per word. The hash is
 * polynomial: that of two words put together follows from theirs.
 */
export const FACTOR = 0x01000193;
export const hashWord = (word: string): number => {
  let hash = 0;
  for (let at = 0; at < word.length; at++) hash = (Math.imul(hash, FACTOR) + word.charCodeAt(at)) | 0;
  return hash;
};

// Words of their own that look like a slip of a listed one, or like two listed words put together.
const ORDINARY = new Set(
  (
    'money tried treat strange sitting loses beats waking backs bones picks garage reset batch ethic refuge cooks demos sakes brunt chins buren botch boers moons violet ' +
    'girlfriend girlfriends homegirl fangirl fangirls blackwell countrymen policemen transplant transplants backstab deadbeat breakdowns daddies trashcan englishmen cockburn pussycat ' +
    'frenchmen irishmen welshmen hangmen gunmen deadline diehard goodwill burnout ' +
    'waters muslime muslimes inane sinking sinks cures wastes christina batches crepes downed inset bests refuges africas lairs hinds pikes pucker duces invades ' +
    'lair pet pets splc splcs roam trad hose muzzle muzzles aslan hebe trud knut toht apse transitory moronicity girlfriendsomething ' +
    // Of words of five letters, one of them dropped.
    'edit site pick swrm thts sank chik lias tuor gers bner tash raed fing thus pure sake moon cook unit cuts tied ling cure wore sink sits hats hehe span moan tick mold tats dune beth bred hore gems lars bind cray swam thos puck arbs ' +
    'dons sine gros boos morn boer bled waco pais toon ahle bron thik bute goss soot tots duce twas dary leso aras tred dows darf bast wors wate burt bunt foos clon maat ngga spis spik lebo ' +
    'diks moos bech scon scorn tods toads tars hode sime slie brue sawn muld moud toic lyng puge prge dath crep frak gons goos hacs haks hcks coos dags daos goim goym sics spcs coks ccks dics dcks ' +
    'pess peos tads sarm naty dity tugs thgs cuel lych fols cown dwns bown haes ijun inun mofs mfos hese phas pags phgs girs sits shis'
  ).split(' '),
);
export const isOrdinary = (word: string): boolean => ORDINARY.has(word);

const classes = new HashTable();
/** Words that only a disguise or a spelling leads to: what they look like, to be resolved the slow way. */
const odd = new HashTable();

for (const [name, words] of Object.entries(CLASS_WORDS) as [ClassName, string][])
  for (const word of words.split(' ')) classes.or(hashWord(word), BIT[name]);

for (const [word, levels] of lexicon.entries()) {
  const { profanity = 0, insult = 0, identityAttack = 0, sexual = 0, adjective } = levels;
  let bits = 0;
  if (identityAttack >= 0.6) bits |= BIT.slur;
  if (insult >= 0.35) bits |= adjective ? BIT.belittling : BIT.insult;
  if (profanity >= 0.5) bits |= BIT.swearing;
  else if (profanity >= 0.25) bits |= BIT.mildSwearing;
  if (sexual >= 0.35) bits |= BIT.sexual;
  if (bits !== 0) classes.or(hashWord(word), bits);
}
/** Why a word that is not listed itself is looked at again. */
export const ODD = {
  /** It is a spelling of a listed word. */
  spelling: 1,
  /** It is a grave word; two neighbours that make one are read as one: "fu ck". */
  grave: 2,
  /** It is a grave word with each letter once; one that is so but for doubled letters is meant: "idioot". */
  squeezed: 4,
} as const;
for (const spelling of intendedWords.keys()) odd.or(hashWord(spelling), ODD.spelling);
for (const [word, levels] of lexicon.entries()) {
  if (wordSeverity(levels) < 0.5 || word.length < 4) continue;
  odd.or(hashWord(word), ODD.grave);
  odd.or(hashWord(word.replace(/(.)\1+/g, '$1')), ODD.squeezed);
}

/** Grave words by what they are with `l` for every `i`. */
const uprights = new HashTable();
/** Words that slips of the keyboard lead to: a letter dropped or two of them swapped. */
const slips = new HashTable();
const SLIPPED: string[] = [''];
const GRAVE =
  BIT.group |
  BIT.dehumanising |
  BIT.slur |
  BIT.insult |
  BIT.kill |
  BIT.death |
  BIT.hate |
  BIT.disparaging |
  BIT.swearing |
  BIT.genderedSlur;
for (const word of [
  ...Object.values(CLASS_WORDS).flatMap((words) => words.split(' ')),
  ...[...lexicon.entries()].map(([word]) => word),
]) {
  if (word.length < 4 || (classes.get(hashWord(word)) & GRAVE) === 0) continue;
  const index = SLIPPED.push(word) - 1;
  // How swear words are written otherwise is listed, and so short are many of them one another's slips.
  const shortest = (classes.get(hashWord(word)) & (BIT.swearing | BIT.sexual)) === 0 ? 5 : 6;
  const upright = hashWord(word.replaceAll('i', 'l'));
  if (word.includes('i') && uprights.get(upright) === 0) uprights.or(upright, index);
  for (let at = word.length > 4 ? 1 : 2; at < word.length; at++) {
    const swapped = word.slice(0, at - 1) + word.charAt(at) + word.charAt(at - 1) + word.slice(at + 1);
    const dropped =
      word.length >= shortest && at < word.length - 1 ? word.slice(0, at) + word.slice(at + 1) : swapped;
    for (const slip of [swapped, dropped]) {
      const hash = hashWord(slip);
      if (classes.get(hash) === 0 && odd.get(hash) === 0 && slips.get(hash) === 0 && !ORDINARY.has(slip))
        slips.or(hash, index);
    }
  }
}

/** The word that a slip of the keyboard stands for; empty for most. */
export const slipOf = (hash: number): string => SLIPPED[slips.get(hash)];

/** The grave word that one with `l` for every `i` may stand for; empty for most. */
export const uprightWord = (hash: number): string => SLIPPED[uprights.get(hash)];

/** The classes of a word, as bits; 0 for most. */
export const classesOf = (hash: number): number => classes.get(hash);
/** Bits of `ODD`; 0 for most words. */
export const oddnessOf = (hash: number): number => odd.get(hash);
