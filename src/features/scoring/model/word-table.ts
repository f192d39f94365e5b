import { wordSeverity, lexicon, intendedWords } from '../lexicon/lexicon.js';
import { BIT, CLASS_WORDS, type ClassName } from './classes.js';
import { HashTable } from './hash-table.js';

/*
 * Words are looked up by the hash of their letters, so that no string is created per word. The hash is polynomial, so
 * the hash of two joined words can be computed from theirs.
 */
export const FACTOR = 0x01000193;
export const hashWord = (word: string): number => {
  let hash = 0;
  for (let at = 0; at < word.length; at++) hash = (Math.imul(hash, FACTOR) + word.charCodeAt(at)) | 0;
  return hash;
};

// Harmless words that would otherwise be taken for a typo of a listed word, for listed words joined, or for a listed
// word spelled backwards.
const ORDINARY = new Set(
  (
    'money tried treat strange sitting loses beats waking backs bones picks garage reset batch ethic refuge cooks demos sakes brunt chins buren botch boers moons violet ' +
    'girlfriend girlfriends homegirl fangirl fangirls blackwell countrymen policemen transplant transplants backstab deadbeat breakdowns daddies trashcan englishmen cockburn pussycat ' +
    'frenchmen irishmen welshmen hangmen gunmen deadline diehard goodwill burnout ' +
    'waters muslime muslimes inane sinking sinks cures wastes christina batches crepes downed inset bests refuges africas lairs hinds pikes pucker duces invades ' +
    'lair pet pets splc splcs roam trad hose muzzle muzzles aslan hebe trud knut toht apse transitory moronicity girlfriendsomething ' +
    // Mostly four-letter words that equal a listed five-letter word with one letter missing.
    'edit site pick swrm thts sank chik lias tuor gers bner tash raed fing thus pure sake moon cook unit cuts tied ling cure wore sink sits hats hehe span moan tick mold tats dune beth bred hore gems lars bind cray swam thos puck arbs ' +
    'dons sine gros boos morn boer bled waco pais toon ahle bron thik bute goss soot tots duce twas dary leso aras tred dows darf bast wors wate burt bunt foos clon maat ngga spis spik lebo ' +
    'ber pat part pats parts cha hav cone fats miner miners imp gals sag sla lag sig sia bit bin int bln bits bins set sets none once chula gand haram rand andi grid gold abs bong boon bongs samo tag tal tags indus jets packer packers mog mon fid lid stag stags gags slang snag snags ' +
    'diks moos bech scon scorn tods toads tars hode sime slie brue sawn muld moud toic lyng puge prge dath crep frak gons goos hacs haks hcks coos dags daos goim goym sics spcs coks ccks dics dcks ' +
    'pess peos tads sarm naty dity tugs thgs cuel lych fols cown dwns bown haes ijun inun mofs mfos hese phas pags phgs girs sits shis'
  ).split(' '),
);
export const isOrdinary = (word: string): boolean => ORDINARY.has(word);

const classes = new HashTable();
/** By the hash of a spelling: bits of `EXAMINE_REASON`. */
const examineReasons = new HashTable();

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
/** Reasons to examine a word more closely. */
export const EXAMINE_REASON = {
  /** A spelling of a listed word. */
  spelling: 1,
  /** The word is severe. Two neighbours that form it are joined: "fu ck". */
  severe: 2,
  /**
   * The word is a severe word with its doubled letters reduced to one. Words that differ from it only in doubled
   * letters match it: "idioot".
   */
  squeezed: 4,
} as const;
for (const spelling of intendedWords.keys()) examineReasons.or(hashWord(spelling), EXAMINE_REASON.spelling);
for (const [word, levels] of lexicon.entries()) {
  if (wordSeverity(levels) < 0.5 || word.length < 4) continue;
  examineReasons.or(hashWord(word), EXAMINE_REASON.severe);
  examineReasons.or(hashWord(word.replace(/(.)\1+/g, '$1')), EXAMINE_REASON.squeezed);
}

/** Severe words by the hash of their form with `l` for every `i`, because the two look alike: "ldlot". */
const lookalikeHashes = new HashTable();
/** Words by the hashes of their typos: a missing letter or two swapped ones. */
const typoHashes = new HashTable();
const TYPO_WORDS: string[] = [''];
const SEVERE_BITS =
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
  if (word.length < 4 || (classes.get(hashWord(word)) & SEVERE_BITS) === 0) continue;
  const index = TYPO_WORDS.push(word) - 1;
  // From this length on, a missing letter counts as a typo. Swear words and sexual words must be longer: their
  // misspellings are listed, and words this short are often typos of each other.
  const shortest = (classes.get(hashWord(word)) & (BIT.swearing | BIT.sexual)) === 0 ? 5 : 6;
  const lookalikeHash = hashWord(word.replaceAll('i', 'l'));
  if (word.includes('i') && lookalikeHashes.get(lookalikeHash) === 0)
    lookalikeHashes.or(lookalikeHash, index);
  for (let at = word.length > 4 ? 1 : 2; at < word.length; at++) {
    const swapped = word.slice(0, at - 1) + word.charAt(at) + word.charAt(at - 1) + word.slice(at + 1);
    const dropped =
      word.length >= shortest && at < word.length - 1 ? word.slice(0, at) + word.slice(at + 1) : swapped;
    for (const typo of [swapped, dropped]) {
      const hash = hashWord(typo);
      if (
        classes.get(hash) === 0 &&
        examineReasons.get(hash) === 0 &&
        typoHashes.get(hash) === 0 &&
        !ORDINARY.has(typo)
      )
        typoHashes.or(hash, index);
    }
  }
}

/** The word that a typo stands for; usually empty. */
export const wordForTypo = (hash: number): string => TYPO_WORDS[typoHashes.get(hash)];

/** The severe word that a form with `l` for every `i` may stand for; usually empty. */
export const wordForLookalikeHash = (hash: number): string => TYPO_WORDS[lookalikeHashes.get(hash)];

/** The classes of a word, as bits; 0 for most. */
export const classesOf = (hash: number): number => classes.get(hash);
/** Bits of `EXAMINE_REASON`; 0 for most words. */
export const examineReasonsOf = (hash: number): number => examineReasons.get(hash);
