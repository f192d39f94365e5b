import { readText } from '../lexicon/reading.js';
import { NO_SCORE, uniteSpans, type ScoreMap } from '../scores.js';
import { WordList } from '../word-lists/word-list.js';
import type { PhaseInput } from './phase.js';

/*
 * Calls on somebody to harm or kill themselves, which the text model misses where no word in them is rude. Only what is
 * said to another person counts: somebody who speaks of their own distress says "myself", and is not found here.
 */

/** Above the default threshold for threats, also the trusted readers' one. */
const BAITING = 0.75;

const entriesOf = (text: string): string[] => text.split(/[,\n]/).flatMap((entry) => entry.trim() || []);

/** Said to somebody wherever they stand. */
const SAID_TO_SOMEBODY = new WordList(
  entriesOf(`kys, k y s, kysnow, kill yourself, kill yourselves, kill urself, kill ur self, kill your self, kill yoself, kill urselves,
    kill thyself, unalive yourself, unalive urself, neck yourself, neck urself, rope yourself, rope urself, hang yourself, hang urself, hang yourselves,
    drown yourself, drown urself, end yourself, end urself, end your life, end ur life, end your own life, take your own life, off urself,
    go off yourself, just off yourself, poison yourself, set yourself on fire, light yourself on fire, put yourself down,
    slit your wrist, slit your wrists, slit ur wrists, cut your wrists, cut ur wrists, slit your throat, slit your own throat,
    go commit die, commit die, commit suicide already, just commit suicide, go commit suicide, commit sudoku, commit seppuku, kermit sewer slide,
    kermit sewerslide, take a toaster bath, toaster bath, bathe with a toaster, go an hero,
    nobody would miss you, no one would miss you, noone would miss you, nobody will miss you, no one will miss you, nobody would miss u,
    no one would miss u, nobody would care if you died, no one would care if you died, world would be better without you,
    world would be better off without you, world is better off without you, everyone would be better off without you,
    better off without you alive, you would be better off dead, you'd be better off dead, youd be better off dead, ur better off dead,
    you are better off dead, you're better off dead, you should be dead, you deserve to die, you don't deserve to live,
    you dont deserve to live, you do not deserve to live, waste of oxygen, go die, go and die, just die already, hurry up and die,
    favour and die, favor and die, why are you still alive, why are you even alive, stop breathing`),
);

/** Advice to die where it is given to somebody; "people who drink bleach" is talk about others. */
const ADVICE = new WordList(
  entriesOf(`drink bleach, drink some bleach, drink the bleach, drink more bleach, drink a bottle of bleach, drink a gallon of bleach,
    drink a glass of bleach, inject bleach, swallow bleach, chug bleach, gargle bleach, sip bleach, drink antifreeze, drink drain cleaner, drink poison,
    swallow poison, take poison, eat rat poison, take rat poison, eat tide pods, eat a tide pod, eat a bullet, swallow a bullet, eat lead, eat a gun,
    suck on a shotgun, suck a shotgun, play in traffic, play in the traffic, play on the motorway, play on the freeway, walk into traffic,
    run into traffic, jump into traffic, jump off a bridge, jump off the bridge, jump off a cliff, jump off a building, jump off a roof,
    jump from a bridge, leap off a bridge, walk off a cliff, jump out of a window, jump in front of a train, jump in front of a bus,
    step in front of a train, lie on the tracks, take a bath with a toaster, hold your breath forever, choke and die, drop dead,
    shoot yourself, shoot urself, overdose, stick your head in the oven, stick your head in an oven, put your head in the oven`),
);

/** Nothing but such words before the advice: it is an order. */
const ORDER =
  /^(?:[^\p{L}]|(?:go|just|please|pls|plz|lol|lmao|haha|ok|okay|hey|so|then|now|and|or|bro|dude|mate|well|oh|maybe|honestly|seriously|idiot|moron|loser|clown|snowflake|libtard|everyone|everybody|u|you)(?![\p{L}']))*$/iu;
/** Right before the advice: somebody is told to, or wished to. */
const TOLD =
  /(?:^|[^\p{L}])(?:go(?: and)?|(?:you|u|ya|yall|y'all)(?: all)? (?:should|shud|can|could|must|need to|ought to|better)(?: (?:just|really|all|please|go|go and))*|(?:hope|wish) (?:you|u|they|he|she)(?: all| would)*|why (?:don'?t|do not|not)(?: you| u| they)?(?: just| all| go)*|favou?r and|please|just go)[^\p{L}]*$/iu;
const CLAUSE_END = /[.!?;:,\n…]/g;
/** Somebody is asked not to. */
const NEGATED = /(?:^|[^\p{L}])(?:don['’]?t|do not|never|not to|cannot|can['’]?t)\s+$/iu;
const NO_ORDER_AFTER = /^\s*(?:in the foot|gorgeous|date|easily|on (?:sugar|chocolate|netflix|tv))/i;

/** Whether it is said to somebody, by what stands before and after it in its clause. */
function isAdvice(body: string, start: number, end: number): boolean {
  let from = 0;
  for (const { index } of body.slice(0, start).matchAll(CLAUSE_END)) from = index + 1;
  const before = body.slice(from, start).replace(/[’ʼ]/g, "'");
  if (NO_ORDER_AFTER.test(body.slice(end))) return false;
  // Nobody disguises what they merely report.
  const isDisguised = !/^[\p{L}\s'’]+$/u.test(body.slice(start, end));
  return isDisguised || ORDER.test(before) || TOLD.test(before);
}

/** @returns `threat`, by spans over what is said */
export function selfHarmBaiting({ body }: Pick<PhaseInput, 'body'>): ScoreMap {
  const reading = readText(body);
  const spans = [
    ...SAID_TO_SOMEBODY.find(body, reading).filter(
      ([start, end]) => !NEGATED.test(body.slice(0, start)) && !NO_ORDER_AFTER.test(body.slice(end)),
    ),
    ...ADVICE.find(body, reading).filter(([start, end]) => isAdvice(body, start, end)),
  ];
  return { threat: spans.length === 0 ? NO_SCORE : { value: BAITING, spans: uniteSpans(spans) } };
}
