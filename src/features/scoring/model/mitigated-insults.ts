import { BIT } from './classes.js';
import { isStopWord } from './stop-words.js';
import { FLAG, type Tokens } from './tokens.js';
import { hashWord } from './word-table.js';

/*
 * Insults and swear words that attack nobody: negated ("not an idiot"), about oneself ("I was a fool"), about a thing
 * ("a stupid policy"), quoted ("called me a moron"), or for emphasis ("so fucking tired"). The n-grams see the kind
 * of mitigation instead of the word, so that the word's weight from other contexts does not apply. In doubt a word is
 * not mitigated.
 */
export const MITIGATIONS = [
  '',
  'denied',
  'of oneself',
  'of a thing',
  'said',
  'emphasis',
  'mild emphasis',
] as const;
const [UNMITIGATED, DENIED, ABOUT_ONESELF, ABOUT_A_THING, SAID, EMPHASIS, MILD_EMPHASIS] = MITIGATIONS.keys();

const hashesOf = (words: string): ReadonlySet<number> => new Set(words.split(/\s+/).map(hashWord));
const NOT = hashesOf('not never no isnt arent wasnt werent aint nor neither');
const NO = hashWord('no');
const CONTRACTED = hashesOf('isnt arent wasnt werent aint');
// "Not just an idiot", "not even stupid enough".
const NOT_ONLY = hashesOf('just only even merely simply surprised sure that because sorry');
const NOT_ALL = hashesOf('all every everyone everybody everything');
const NOBODY = hashesOf('nobody noone none dont doesnt didnt wouldnt cant couldnt shouldnt');
const THINKING = hashesOf(
  'think thinks thought believe believes say says said saying call calls called calling mean meant consider considers implying imply suggesting suggest suggested',
);
const SKIPPABLE_WORDS = hashesOf(
  'a an the any such so very really that this complete total single of all some is are was were be been being am here people anyone everyone it either',
);
const DEGREE = hashesOf(
  'a an the so such very really pretty total complete utter absolute bit of quite too little just right real again like kind sort rather simply totally completely utterly absolutely',
);
const LINKING_VERBS = hashesOf(
  'is was are were be been being am seems seem looks sounds isnt wasnt arent remains',
);
const FIRST_PERSON_LINKING_VERBS = hashesOf(
  'am was were be been being feel feels felt feeling look looked sound sounded seem seemed are become became',
);
const FIRST_PERSON_WORDS = hashesOf('i we id ive ill weve im');
const ADVERBS_AND_AUXILIARIES = hashesOf(
  'also always probably maybe might must would have had will could should clearly obviously really still often even not never then',
);
const [I_AM, OF, THAT, SO, ARE] = ['im', 'of', 'that', 'so', 'are'].map(hashWord);
const ME = hashesOf('me us');
const IT = hashesOf('it this that its thats');
const IT_IS = hashesOf('its thats');
const MEAN_VERBS = hashesOf('means meaning mean like unlike');
const CALL = hashesOf('call called calls calling label labels labelled labeled labelling branded branding');
const OWN_CALL_SUBJECTS = hashesOf('i id ill ive we lets gonna should you can could');
const THINGS = hashesOf(
  `policy policies law laws bill bills idea ideas plan plans rule rules decision decisions argument arguments article
  articles column headline headlines story stories film films movie movies song songs book books show shows game games
  match season reform reforms tax taxes ban bans budget budgets deal deals project projects scheme schemes system systems
  design website site app update software computer printer phone car cars bus buses train trains road roads bridge building
  weather rain day week year job meeting meetings war wars mistake mistakes move moves choice choices strategy tactic
  tactics measure measures proposal proposals regulation regulations restriction restrictions vote referendum campaign slogan
  advert adverts ad ads price prices cost costs fee fees fine fines sign signs process bureaucracy paperwork form forms excuse
  excuses response reaction attempt mess situation crisis waste thing things stuff reason reasons rumour rumor theory theories
  trend fashion tradition traditions custom stunt spectacle performance journalism reporting coverage analysis logic reasoning
  interview debate contract contracts lawsuit verdict ruling penalty goal machine lift door key password name names joke jokes
  programme program experiment test exam homework question questions claim claims piece report reports statement speech map
  chart photo picture paywall paywalls ending plot script referee's law's service services queue queues delay delays`,
);
const PERSON_NOUNS = hashesOf(
  'guy guys man dude kid kids person people boy boys girl girls folks folk face mother mum mom dad lot family',
);
// Words before "fuck" if it is not a verb: "the fuck", "as fuck", "a fuck".
const BEFORE_FUCK = hashesOf('the as a holy oh well what omg');
const INTENSIFIERS = hashesOf('fucking fuckin goddamn goddamned damn damned bloody freaking frigging effing');
const [THE, PIECE, HELL] = ['the', 'piece', 'hell'].map(hashWord);
const QUESTION_WORDS = hashesOf('what who why how where when whatever as like');
const FAILURE_NOUNS = hashesOf('disgrace mistake mistakes waste mess burden shame joke');
const POLITE = hashesOf('thank mind');
const [IF, ASK, UP, FUCK, FUCKING] = ['if', 'ask', 'up', 'fuck', 'fucking'].map(hashWord);
const THESE = hashesOf('these those');
const DIRECTED_WORDS = hashesOf('off yourself shut em go suck kiss');

const INSULTING = BIT.insult | BIT.belittling;
const SWEARING = BIT.swearing | BIT.mildSwearing;
const SEVERE = BIT.slur | BIT.genderedSlur;
const SERIOUS_BITS = BIT.you | BIT.group | BIT.nation | SEVERE | BIT.sexual;
const THIRD_PARTY_BITS = BIT.they | BIT.role;
const REACH = 6;
const WIDE_REACH = 12;

/** Marks words that are mitigated by their context. */
export function markMitigatedInsults(tokens: Tokens): void {
  const { count, classes, mitigation } = tokens;
  let hasSwearing = false;
  for (let token = 0; token < count; token++) {
    const bits = classes[token];
    if ((bits & (INSULTING | SWEARING)) === 0 || (bits & SEVERE) !== 0) continue;
    if (bits & INSULTING) mitigation[token] = mitigationOfInsult(tokens, token);
    else hasSwearing = true;
  }
  if (!hasSwearing) return;
  for (let token = 0; token < count; token++) {
    const bits = classes[token];
    if ((bits & SWEARING) !== 0 && (bits & (INSULTING | SEVERE)) === 0 && isForEmphasis(tokens, token))
      mitigation[token] = bits & BIT.swearing ? EMPHASIS : MILD_EMPHASIS;
  }
}

function mitigationOfInsult(tokens: Tokens, token: number): number {
  if ((tokens.classes[token] & BIT.dehumanising) !== 0)
    return isBeforeAThing(tokens, token) ? ABOUT_A_THING : UNMITIGATED;
  if (isDenied(tokens, token)) return turnsOnReader(tokens, token) ? UNMITIGATED : DENIED;
  if (isAboutOneself(tokens, token)) return ABOUT_ONESELF;
  if (isAboutAThing(tokens, token)) return turnsOnReader(tokens, token) ? UNMITIGATED : ABOUT_A_THING;
  return isReported(tokens, token) ? SAID : UNMITIGATED;
}

/** Whether both are in the same sentence. */
const isNear = ({ count, sentence }: Tokens, token: number, at: number): boolean =>
  at >= 0 && at < count && sentence[at] === sentence[token];
const isMark = ({ flags }: Tokens, at: number): boolean => (flags[at] & FLAG.mark) !== 0;
/** Whether a comma precedes the token. */
const isCut = ({ flags }: Tokens, at: number): boolean => (flags[at] & FLAG.afterComma) !== 0;

function isDenied(tokens: Tokens, token: number): boolean {
  const { hash, classes, flags } = tokens;
  let isOnlyFillers = true;
  let hasVerb = false;
  for (let at = token - 1; at >= token - WIDE_REACH && isNear(tokens, token, at); at--) {
    if (isCut(tokens, at + 1)) return false;
    const word = hash[at];
    if (NOT.has(word)) {
      const next = hash[at + 1];
      if (NOT_ALL.has(next) && !CONTRACTED.has(word)) return true;
      if (!isOnlyFillers || NOT_ONLY.has(next)) return false;
      // "No, you are" is not a negation, and neither is "Isn't he an idiot?".
      if (word === NO) return token - at <= 2;
      return !(CONTRACTED.has(word) && (classes[at + 1] & (BIT.you | BIT.they | BIT.role)) !== 0);
    }
    if (NOBODY.has(word)) return isOnlyFillers && hasVerb;
    if (THINKING.has(word) || LINKING_VERBS.has(word)) hasVerb = true;
    const isAnybody = (classes[at] & (BIT.you | BIT.they | BIT.role | BIT.self | BIT.group)) !== 0;
    if (!isAnybody && !SKIPPABLE_WORDS.has(word) && !THINKING.has(word) && (flags[at] & FLAG.name) === 0)
      isOnlyFillers = false;
    if (token - at >= REACH && isOnlyFillers) isOnlyFillers = false;
  }
  return false;
}

/** The preceding token, skipping words that only express a degree. */
function beforeDegree(tokens: Tokens, token: number): number {
  let at = token - 1;
  while (isNear(tokens, token, at) && !isMark(tokens, at) && DEGREE.has(tokens.hash[at])) at--;
  return isNear(tokens, token, at) && !isCut(tokens, at + 1) ? at : -1;
}

function isAboutOneself(tokens: Tokens, token: number): boolean {
  const { hash } = tokens;
  const next = token + 1;
  if (isNear(tokens, token, next + 1)) {
    // "How stupid was I", "idiot that I am", "stupid of me"
    if ((LINKING_VERBS.has(hash[next]) || hash[next] === THAT) && FIRST_PERSON_WORDS.has(hash[next + 1]))
      return true;
    if (hash[next] === OF && ME.has(hash[next + 1])) return true;
  }
  let at = beforeDegree(tokens, token);
  if (at < 0) return false;
  if (hash[at] === I_AM) return true;
  if (!FIRST_PERSON_LINKING_VERBS.has(hash[at])) return false;
  do at--;
  while (isNear(tokens, token, at) && ADVERBS_AND_AUXILIARIES.has(hash[at]));
  return isNear(tokens, token, at) && FIRST_PERSON_WORDS.has(hash[at]);
}

/** "It is not the plan that is stupid, it is you", "a stupid plan, and so are you". */
function turnsOnReader(tokens: Tokens, token: number): boolean {
  const { hash, classes } = tokens;
  for (let at = token + 1; at <= token + REACH && isNear(tokens, token, at); at++) {
    if ((classes[at] & BIT.you) === 0) continue;
    const isLast = !isNear(tokens, token, at + 1) || isMark(tokens, at + 1) || isCut(tokens, at + 1);
    if (!isLast) return false;
    const [before, first] = [hash[at - 1], at - 2];
    if (MEAN_VERBS.has(before) || IT_IS.has(before)) return true;
    return LINKING_VERBS.has(before) && first > token && (IT.has(hash[first]) || hash[first] === SO);
  }
  return false;
}

const isThing = ({ hash, classes }: Tokens, at: number): boolean =>
  THINGS.has(hash[at]) || (classes[at] & BIT.object) !== 0;
const isBeforeAThing = (tokens: Tokens, token: number): boolean =>
  isNear(tokens, token, token + 1) && isThing(tokens, token + 1);

function isAboutAThing(tokens: Tokens, token: number): boolean {
  const { hash, classes } = tokens;
  if (isBeforeAThing(tokens, token)) return true;
  const next = token + 1;
  const isQuality = isNear(tokens, token, next + 1) && !isMark(tokens, next) && classes[next] === 0;
  if (isQuality && !isStopWord(hash[next]) && !PERSON_NOUNS.has(hash[next]) && isThing(tokens, next + 1))
    return true;
  let at = beforeDegree(tokens, token);
  if (at < 0) return false;
  if (IT_IS.has(hash[at])) return true;
  if (!LINKING_VERBS.has(hash[at])) return false;
  const linkingVerb = hash[at];
  do at--;
  while (isNear(tokens, token, at) && ADVERBS_AND_AUXILIARIES.has(hash[at]));
  if (!isNear(tokens, token, at)) return false;
  if (isThing(tokens, at)) return true;
  if (!IT.has(hash[at]) || linkingVerb === ARE) return false;
  // "The man that is stupid" is not about a thing.
  return hash[at] !== THAT || !isNear(tokens, token, at - 1) || classes[at - 1] !== 0;
}

function isReported(tokens: Tokens, token: number): boolean {
  const { hash } = tokens;
  for (let at = token - 1; at >= token - REACH && isNear(tokens, token, at); at--) {
    if (isCut(tokens, at + 1)) return false;
    if (!CALL.has(hash[at])) continue;
    return !isNear(tokens, token, at - 1) || (!OWN_CALL_SUBJECTS.has(hash[at - 1]) && hash[at - 1] !== SO);
  }
  return false;
}

/** "If you ask me", "thank you": polite phrases without a target. */
function isOnlyPolite({ hash, classes }: Tokens, at: number): boolean {
  return (
    (classes[at] & SERIOUS_BITS) === BIT.you &&
    (POLITE.has(hash[at - 1]) || (hash[at - 1] === IF && hash[at + 1] === ASK))
  );
}

function isForEmphasis(tokens: Tokens, token: number): boolean {
  const { hash, classes, flags, mitigation } = tokens;
  const { count, sentence } = tokens;
  let hasOtherTarget = false;
  let begin = token;
  while (begin > 0 && sentence[begin - 1] === sentence[token] && token - begin < WIDE_REACH) begin--;
  for (let at = begin; at < count && sentence[at] === sentence[token] && at - token < WIDE_REACH; at++) {
    const bits = classes[at];
    if ((bits & SERIOUS_BITS) !== 0 && !isOnlyPolite(tokens, at)) return false;
    if ((bits & INSULTING) !== 0 && mitigation[at] === UNMITIGATED) return false;
    if (DIRECTED_WORDS.has(hash[at])) return false;
    if (
      ((bits & (THIRD_PARTY_BITS | BIT.dehumanising)) !== 0 && !THESE.has(hash[at])) ||
      (flags[at] & FLAG.name) !== 0
    )
      hasOtherTarget = true;
  }
  const next = token + 1;
  for (let at = next; at <= token + 3 && isNear(tokens, token, at); at++)
    if (PERSON_NOUNS.has(hash[at])) return false;
  const before = isNear(tokens, token, token - 1) ? hash[token - 1] : 0;
  if (before === THE)
    return isNear(tokens, token, token - 2)
      ? QUESTION_WORDS.has(hash[token - 2]) || hash[token] !== HELL
      : false;
  if (hash[token] === HELL) return false;
  if (before === OF && hash[token - 2] === PIECE) return false;
  if (INTENSIFIERS.has(hash[token]) && isNear(tokens, token, next) && !isMark(tokens, next))
    return (
      ((classes[next] & (THIRD_PARTY_BITS | BIT.dehumanising)) === 0 || FAILURE_NOUNS.has(hash[next])) &&
      (flags[next] & FLAG.name) === 0
    );
  if (hash[token] === FUCKING) return false;
  if (hash[token] === FUCK && before !== 0 && !isCut(tokens, token) && !BEFORE_FUCK.has(before)) return false;
  if (hash[next] === UP) return true;
  return !hasOtherTarget;
}
