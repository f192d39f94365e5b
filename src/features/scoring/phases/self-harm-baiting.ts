import { readText, type Reading } from '../lexicon/reading.js';
import { NO_SCORE, uniteSpans, type ScoreMap, type Span } from '../scores.js';
import { WordList } from '../word-lists/word-list.js';
import type { PhaseInput } from './phase.js';

/*
 * Calls on somebody to harm or kill themselves, which the text model misses where no word in them is rude. Only what is
 * said to another person counts: somebody who speaks of their own distress says "myself", and is not found here.
 */

/** Above the default threshold for threats, also the trusted readers' one. */
const BAITING = 0.75;

// Shorter phrases written together are parts of other words.
const TOGETHER_CHARS = 8;

/** The entries, also written together as hashtags and names are: "#DrinkBleach". */
const entriesOf = (text: string): string[] =>
  text.split(/[,\n]/).flatMap((written) => {
    const entry = written.trim();
    const together = entry.replaceAll(' ', '');
    return together.length >= TOGETHER_CHARS && together !== entry ? [entry, together] : entry || [];
  });

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

/*
 * The same by kinds of verbs, objects and means. Patterns are matched against a plain text: words in lower case with one
 * space between them, " ; " between clauses, and a weapon's emoji as "kill".
 */
const SELF = '(?:yo?u?r?|ur|ya|thy)[ -]?(?:s+e*l+(?:f+|ve?s?)?|slef)';
const KILL = 'k[iy]*l+[iy]?l*e?';
const A =
  '(?:(?:a|an|the|your|ur|some|that|any|all|nearest|next|tall|high|whole|big|nice|of|\\d+|bottle|glass|pint|cup) ){0,5}';
const PUT = '(?:put|stick|shove|place|get)';
const END = '(?= ;| (?:already|now|please|pls|plz|lol|slowly|alone|idiot|loser|mate|bro|you|u) ?| ?$)';
const anyOf = (...sources: string[]): RegExp =>
  new RegExp(`(?<![\\w'])(?:${sources.join('|')})(?![\\w'])`, 'g');

/** Said to somebody wherever they stand. */
const TO_SOMEBODY = anyOf(
  'k+y+s+',
  `(?:${KILL}|unalive|un alive|neck) ${SELF}`,
  `(?:kill|unalive)(?:y?o?urself|urselves)`,
  `(?:tried|try|consider(?:ed)?|thought (?:of|about)|about) (?:kill|hang|drown|shoot|off|end|top|unaliv)ing ${SELF}`,
  `have you (?:ever )?(?:considered|thought (?:of|about)|tried) suicide`,
  `(?:you|u|ya) (?:should|shud|could|must|need to|ought to|better) (?:(?:just|really|all|go|go and) )*commit (?:suicide|sudoku|seppuku|die|not alive)`,
  `(?:go|just|please|pls|plz|and) commit (?:suicide|sudoku|seppuku|die|not alive|sewer ?slide)`,
  'commit sewer ?slide',
  'suicide is (?:the|an) (?:answer|option|solution) for (?:you|u)',
  '(?:have you )?ever thought (?:of|about) ending it(?: all)?',
  `${PUT} (?:a|the|that) (?:loaded )?(?:gun|pistol|shotgun|rifle|revolver|barrel) (?:in|to|inside|against) (?:your|ur) (?:mouth|head|temple)`,
  `${PUT} a bullet (?:in|through|into) (?:your|ur) (?:own )?(?:head|skull|brain|mouth)`,
  `blow (?:your|ur) (?:own )?(?:brains out|head off)`,
  `(?:cut|slit|slice|slash|open) (?:your|ur) (?:own )?(?:wrists?|throat|veins|arter(?:y|ies))`,
  `(?:throw|fling|hurl|chuck|launch) ${SELF} (?:off|under|from|out of|in front of|into traffic|in(?:to)? (?:a|the) (?:river|sea|canal|lake))`,
  `set ${SELF} (?:alight|on fire|ablaze)`,
  `burn ${SELF} (?:alive|to death)`,
  `(?:remove|delete|erase) ${SELF} from (?:the gene pool|this (?:planet|world|earth)|the (?:planet|world|earth)|existence|life)`,
  `hope (?:you|u|ya) (?:(?:all|just|really|will|fucking) ){0,2}(?:die|choke|drown|overdose|never wake up|do not wake up|don'?t wake up|get cancer|hang|burn alive)`,
  `(?:world|family|kids|children|wife|husband|parents|everyone|everybody) (?:would|will|is|are|'d)? ?(?:be )?(?:so much |far )?(?:better off|better|happier) without (?:you|u)`,
  `you'?d look (?:good|better|great|nice|best) (?:in a coffin|hanging|dead)`,
);

/** Orders and wishes; elsewhere they may be said of others, or mean something else. */
const TOLD_TO = anyOf(
  `(?:off|gas|hang|shoot|stab|drown|strangle|suffocate|starve|end|delete|uninstall|electrocute|euthani[sz]e|rope|poison) ${SELF}(?! (?:in the foot|out|up|off|a|some|short|free|from))`,
  `top ${SELF}(?! up)`,
  `cut ${SELF}${END}`,
  `finish ${SELF} off`,
  `do ${SELF} in`,
  `(?:have (?:a|some)|drink|swallow|chug|inject|inhale|sip|gargle|down|take) ${A}(?:bleach|antifreeze|poison|drain cleaner|rat poison|weed ?killer|cyanide)`,
  `(?:take|swallow|down|eat|have) ${A}(?:pills|paracetamol|sleeping (?:pills|tablets)|painkillers|tablets|overdose)(?= ;| (?:tonight|now|at once|and|all) ?| ?$)`,
  `(?:jump|leap|step|walk|dive|drive|fall) (?:off|from) (?:of )?${A}(?:bridge|roof|cliff|building|balcony|tower|ledge|overpass|multi ?stor(?:e?y)|rooftop|beachy head)`,
  `(?:jump|leap|step|walk|run|dive|lie|lay|get) (?:down )?(?:in front of|under|infront of) ${A}(?:moving |speeding )?(?:bus|train|tube|lorry|truck|car|tram)`,
  `(?:jump|leap|step|walk) out of ${A}window`,
  `(?:lie|lay) (?:down )?on ${A}(?:train |railway |rail )?(?:tracks?|lines?)`,
  `drive into a (?:tree|wall)`,
  `find a rope${END}`,
  `(?:tie|make) (?:a|the|your) noose`,
  `try (?:a rope|hanging)`,
  `drown(?: in a puddle)?${END}`,
  `get (?:\\w+ )?(?:cancer|aids|covid) and die`,
  `(?:stop|quit) (?:existing|breathing)`,
  'cease to exist',
  `(?:uninstall|log off|quit) life`,
  `(?:rope|die|choke|overdose|od)(?: already| now)?${END}`,
  'sewer ?slide',
  `(?:become )?an hero${END}`,
  `bleed out`,
  `(?:commit )?suicide (?:now|tonight|already)`,
  `(?:commit not alive|self delete)${END}`,
  `(?:go )?step in front of ${A}(?:bus|train)`,
  `(?:not|don'?t|never) wake up (?:tomorrow|again|ever)`,
);
/** Nothing else is ordered by these: "just rope" is, "rope" is a rope. */
const NEEDS_PUSH = /^(?:rope|die|choke|overdose|od|drown)/;
const PUSHED =
  /(?:^|[^\p{L}])(?:go|just|please|pls|plz|and|time to|hope (?:you|u)|should|already)[^\p{L}]*$/iu;
const WEAPON = /[\u{1f52b}\u{1f52a}\u{1f480}\u2620]\ufe0f?/gu;

interface PlainText {
  readonly text: string;
  /** Raw offsets of the plain text's characters. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

function plainOf(body: string, { tokens, compounds }: Reading): PlainText {
  const parts: { start: number; end: number; text: string }[] = [];
  // A word in signs, "k1ll", stands for the tokens that it covers.
  const signs = new Map(
    compounds
      .filter(({ kind, forms }) => kind === 'signs' && /^[a-z']+$/.test(forms[0]))
      .map((compound) => [compound.from, compound]),
  );
  for (let index = 0; index < tokens.length; index++) {
    const compound = signs.get(index);
    const { text, forms, start, end } = tokens[index];
    if (compound && !forms.includes(text)) {
      parts.push({ start: compound.start, end: compound.end, text: compound.forms[0] });
      index = compound.to;
    } else parts.push({ start, end, text: /^[a-z']*$/.test(text) ? text : (forms[0] ?? text) });
  }
  for (const { 0: sign, index } of body.matchAll(WEAPON))
    parts.push({ start: index, end: index + sign.length, text: 'kill' });
  parts.sort((a, b) => a.start - b.start);
  let text = '';
  const starts: number[] = [];
  const ends: number[] = [];
  const put = (piece: string, start: number, end: number): void => {
    for (let at = 0; at < piece.length; at++) {
      starts.push(start);
      ends.push(end);
    }
    text += piece;
  };
  let last = 0;
  for (const part of parts) {
    const gap = body.slice(last, part.start);
    if (text !== '') put(CLAUSE_BREAK.test(gap) ? ' ; ' : ' ', last, last);
    put(part.text, part.start, part.end);
    last = part.end;
  }
  if (CLAUSE_BREAK.test(body.slice(last))) put(' ;', last, body.length);
  return { text, starts, ends };
}
const CLAUSE_BREAK = /[.!?;:,\n…]/;

function* spansOf(pattern: RegExp, { text, starts, ends }: PlainText): Generator<Span> {
  for (const { 0: found, index } of text.matchAll(pattern))
    yield [starts[index], ends[index + found.length - 1]];
}

/** Nothing but such words before the advice: it is an order. */
const ORDER =
  /^(?:[^\p{L}]|(?:go|just|please|pls|plz|lol|lmao|haha|do|time|to|try|commit|why not|ok|okay|hey|so|then|now|and|or|bro|dude|mate|well|oh|maybe|honestly|seriously|idiot|moron|loser|clown|snowflake|libtard|everyone|everybody|u|you)(?![\p{L}']))*$/iu;
/** Right before the advice: somebody is told to, or wished to. */
const TOLD =
  /(?:^|[^\p{L}])(?:go(?: and)?|(?:you|u|ya|yall|y'all)(?: all)? (?:should|shud|can|could|must|need to|ought to|better)(?: (?:just|really|all|please|go|go and))*|(?:hope|wish) (?:you|u|they|he|she)(?: all| would)*|why (?:don'?t|do not|not)(?: you| u| they)?(?: just| all| go)*|(?:favou?r|thing) and|please|pls|plz|just|time to|just go)[^\p{L}]*$/iu;
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

const OPENING_QUOTE = /["“‘'«]\s*$/u;
const REPORTED =
  /(?:^|[^\p{L}])(?:said|says|told|tells|telling|wrote|writes|writing|read|reads|texted|tweeted|posted|shouted|shouting|screamed|sent|messages?|comments? like|phrase|words?)(?![\p{L}])[^.!?\n]*$/iu;

/** A report of what somebody else said, in quotation marks: The court heard that he wrote "kill yourself". */
const isReported = (body: string, start: number): boolean => {
  const before = body.slice(Math.max(0, start - 120), start);
  return OPENING_QUOTE.test(before) && REPORTED.test(before);
};

/** @returns `threat`, by spans over what is said */
export function selfHarmBaiting({ body }: Pick<PhaseInput, 'body'>): ScoreMap {
  const reading = readText(body);
  const plain = plainOf(body, reading);
  const said: Span[] = [...SAID_TO_SOMEBODY.find(body, reading), ...spansOf(TO_SOMEBODY, plain)];
  const advised: Span[] = [...ADVICE.find(body, reading), ...spansOf(TOLD_TO, plain)];
  const spans = [
    ...said.filter(
      ([start, end]) => !NEGATED.test(body.slice(0, start)) && !NO_ORDER_AFTER.test(body.slice(end)),
    ),
    ...advised.filter(
      ([start, end]) =>
        isAdvice(body, start, end) &&
        (!NEEDS_PUSH.test(body.slice(start, end).toLowerCase()) || PUSHED.test(body.slice(0, start))),
    ),
  ].filter(([start]) => !isReported(body, start));
  return { threat: spans.length === 0 ? NO_SCORE : { value: BAITING, spans: uniteSpans(spans) } };
}
