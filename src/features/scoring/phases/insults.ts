import { anyOf, plainTextOf, spansOfPattern } from '../lexicon/plain-text.js';
import { lexicon } from '../lexicon/lexicon.js';
import { BIT } from '../model/classes.js';
import { MITIGATIONS } from '../model/mitigated-insults.js';
import { FLAG, TextReader } from '../model/text-reader.js';
import { NO_SCORE, uniteSpans, type ScoreMap, type Span } from '../scores.js';
import { isReportedAt, quotationsOf } from './reported-speech.js';
import { readingOf, type PhaseInput } from './phase.js';

/*
 * Insults that are certain: a strong word aimed at somebody, and set phrases that put a person down, many without a
 * rude word.
 */

/** Above the default threshold for insults; below the one for trusted readers. */
const AIMED = 0.75;
const PUT_DOWN = 0.72;

/** From this level on, a word is an insult no matter who it is aimed at. */
const STRONG = 0.6;
/** From this level on, it does so even where nobody in particular seems to be meant. */
const GRAVE = 0.75;

let reader: TextReader | undefined;

const REACH = 5;

/** Strong words that are meant: not denied, quoted, of oneself or of a thing. */
function* strongWords(body: string): Generator<Span> {
  reader ??= new TextReader();
  const text = reader.read(body);
  const { count, classes, flags, mitigation, sentence, from, to } = text;
  const WORDS = BIT.insult | BIT.genderedSlur | BIT.slur;
  for (let token = 0; token < count; token++) {
    if ((classes[token] & WORDS) === 0 || (flags[token] & (FLAG.quoted | FLAG.mark | FLAG.harmless)) !== 0)
      continue;
    const levels = lexicon.get(text.textOf(token));
    const level = Math.max(levels?.insult ?? 0, levels?.identityAttack ?? 0);
    if (level < STRONG) continue;
    // "Whoever wrote this is a …" is no thing, and nobody says such words of one.
    if (mitigation[token] !== 0 && !(level >= GRAVE && MITIGATIONS[mitigation[token]] === 'of a thing'))
      continue;
    if (level < GRAVE && !isAimed(token)) continue;
    yield [from[token], to[token]];
  }
  function isAimed(token: number): boolean {
    let begin = token;
    while (begin > 0 && sentence[begin - 1] === sentence[token]) begin--;
    let end = token;
    while (end + 1 < count && sentence[end + 1] === sentence[token]) end++;
    let words = 0;
    for (let at = begin; at <= end; at++) if ((flags[at] & FLAG.mark) === 0) words++;
    for (let at = begin; at <= end; at++) if ((classes[at] & BIT.you) !== 0) return true;
    // A cry: "Pathetic pig."
    if (words <= 4) return true;
    if (token > begin && (classes[token - 1] & (BIT.belittling | BIT.swearing | BIT.disparaging)) !== 0)
      return true;
    for (let at = token - 1; at >= begin && at >= token - REACH; at--)
      if ((classes[at] & (BIT.they | BIT.role | BIT.be)) !== 0 || (flags[at] & FLAG.name) !== 0) return true;
    return token - begin <= 2 && (classes[token] & (BIT.genderedSlur | BIT.slur)) !== 0;
  }
}

const YOU = '(?:you|ya|ye|yous)';
const WHO = '(?:you|ya|he|she|they|him|her|them|em)';
const NASTY =
  '(?:stupid|fat|ugly|silly|old|miserable|lying|daft|smug|horrible|lazy|moaning|greedy|dozy|nasty|vile|evil|sad|bitter|jealous|senile|thick|dumb|dirty|filthy|smelly|slimy|greasy|useless|pathetic|mouthy|gobby|whining|whingeing|wrinkled|wrinkly|dried up|two faced|sour faced|spineless|gutless|hideous|repulsive|disgusting|wretched|fucking|bloody|ignorant|arrogant|brainless|talentless|worthless|inbred|toothless|bald|flabby|poxy)';
const BEAST =
  '(?:cow|cows|bag|bags|hag|bat|trout|pig|pigs|tart|tarts|git|gits|sod|sods|goat|toad|witch|crone|boot|sow|slob|turd|bint|dog|rat|snake|worm|slug|baboon|gorilla|monkey|ape|donkey|ass|arse|weasel|leech|hack|fraud|freak|creep|lump|bugger|fucker|mare|parasite|ape|cockroach|maggot)';
const FILTH = '(?:shit|shite|filth|scum|garbage|dirt|trash|excrement|crap|dung|dogshit|vermin)';

const PATTERN = anyOf(
  `(?:${NASTY} ){1,3};? ?${BEAST}(?! (?:story|stories|joke|market|farm|house|trap|race|tower|sanctuary|shelter|walker|years?|show|cheese|iron|pen|food))`,
  `(?:${YOU} (?:are |absolute |complete |utter |total |worthless |lying |fat |stupid |little |a |an |nothing but a |useless |ugly )*|worthless |absolute |lying |useless |fat |(?:he|she|author|reporter|journalist|mayor|minister|editor) is (?:a |an )?(?:\\w+ ){0,2})(?:piece|sack|bag|lump|heap|streak|pile|bucket) of (?:\\w+ )?${FILTH}`,
  `waste of (?:a )?(?:\\w+ ){0,2}(?:oxygen|air|skin|breath|womb|sperm|life|organs|blood|carbon|flesh|human|good (?:skin|air))`,
  `(?:oxygen|air) thief`,
  '(?:thick|dense|stupid|dumb|daft|dim) as (?:(?:a|two|pig|mince|they|bricks?|short|sack|box) ?)+(?:shit|mince|brick|bricks|planks|plank|come|hammers|rocks|hair|dog ?shit)?',
  `(?:would not|wouldn't|wouldnt) piss on ${WHO} if`,
  `(?:shut|shove|stick) (?:it )?(?:your|yer|up your|up yer) (?:\\w+ )?(?:mouth|face|gob|trap|cake ?hole|pie ?hole|arse|arsehole|ass|hole|yap|beak)`,
  `shut the (?:fuck|hell) up`,
  'stfu|foad|f o a d|gtfo',
  `(?:fuck|piss|feck) (?:right |the fuck )?off(?! (?:with|to bed))`,
  `(?:fuck|screw|damn|sod) (?:you|ya|u|your|yer|yourself|yourselves|him|her|them|em|the lot|this (?:woman|man|author|guy|journalist))`,
  `(?:go|go and|(?:you|he|she|they) (?:can|should|can all|should all|could)) (?:rot|choke|eat shit|fuck (?:off|your)|boil your \\w+|stick your \\w+|drown)`,
  'go (?:rot|die|choke|boil)|(?:rot|burn|roast) in (?:hell|a (?:ditch|hole|cell))|eat shit|(?:kiss|lick) my (?:\\w+ )?(?:arse|ass|balls)|suck (?:my|a|on my|on a) (?:\\w+ )?(?:dick|cock|balls|knob|lemon)|get (?:fucked|stuffed|bent)|(?:up|right up) (?:your|yer)s',
  `(?:crawl|go|get|slither|run|slink|sod off|off|jog on|take yourself|climb|hop)? ?back (?:to|in|into|under|down) (?:the|your|ur|yer|whatever|that) (?:\\w+ )?(?:cave|hole|rock|bridge|swamp|sewer|gutter|basement|kennel|kitchen|jungle|mud ?hut|trees?|asylum|sty|pigsty|stone|zoo|cage|coffin)`,
  `(?:back|out|crawled|climbed|slithered) (?:to|of|from) (?:the|whatever|that|your) (?:\\w+ )?(?:hole|rock|swamp|sewer|stone) (?:${WHO}|it) (?:crawled|came|climbed|slithered)`,
  'ashamed (?:of (?:being|yourself for being)|to be) (?:alive|born|human)',
  '(?:poor|sorry|pathetic|sad|vile|disgusting|miserable|worthless|lousy|wretched) (?:little )?excuse (?:for|of) an? (?:human|man|woman|person|mother|father|journalist|parent|being|human being)',
  '(?:scum|dregs|filth|bottom) of (?:the earth|society|humanity|the barrel)',
  '(?:human|subhuman|walking|pure|absolute|utter) (?:garbage|trash|filth|scum|excrement|vermin|slime|turd|dustbin|sewage)',
  '(?:disgusting|vile|despicable|horrible|revolting|repulsive|worthless|loathsome|rotten|evil) (?:little |old )?(?:human being|specimen|creature|individual|excuse)',
  '(?:disgrace|embarrassment|insult|shame) to (?:your (?:skin|race|sex|gender|mother|family|parents|kind|uniform)|humanity|the human race|womanhood|manhood)',
  `(?:your|his|her) (?:mother|mum|mam|mom|parents|dad|father) should (?:have|of) (?:\\w+ )?(?:aborted|swallowed|drowned|used|kept|strangled|flushed|smothered|had)`,
  `(?:wish|pity|shame) (?:your|his|her) (?:mother|mum|mam|mom|dad|father) (?:had )?(?:\\w+ )?(?:aborted|swallowed|used|pulled|flushed)`,
  `should (?:have|of) been (?:\\w+ )?(?:aborted|drowned|swallowed|strangled|flushed|smothered|put down)`,
  `(?:should not|shouldn't|shouldnt|never) (?:be allowed to |have been allowed to )?(?:breed|reproduce|procreate)`,
  `(?:nobody|no one|noone) (?:here )?(?:likes|wants|loves|asked|respects|cares about) (?:you|ya|u)(?= ;| here| margaret| anyway| \\w+ ;)`,
  `${YOU} (?:\\w+ )?(?:smell|stink|reek|disgust|repulse|sicken)(?:s)? (?:of|me|like)`,
  `(?:ugly|rotten|thick|stupid|vile|fat) (?:inside|as sin|and proud|with it|to the core)`,
  `face (?:like|that looks like|only) (?:a|an|the) (?:\\w+ ){0,3}(?:crab|arse|ass|bulldog|pig|bag|cow|horse|foot|slapped|smacked|melted|dropped|pie|potato|mother|wasp|trout|pug|welly|bucket)`,
  `(?:brain|iq|brains|intellect|intelligence|mind|morals|charm|personality|wit|depth|courage) (?:of|like) (?:a|an) (?:\\w+ ){0,2}(?:goldfish|gnat|peanut|amoeba|turnip|cabbage|potato|brick|slug|worm|plank|sponge|flea|rock|doorknob|pea|wasp|snail|house ?plant|lettuce|teaspoon|toddler|donkey|sheep|plant|jellyfish|wet \\w+)`,
  '(?:two|one|a single|single|lone|last|only|few|half a) (?:remaining |lonely |working |functioning )?brain ?cells?',
  '(?:room temperature|single digit|double digit|shoe size) iq',
  'smooth ?brain(?:ed)?|shit for brains|mouth breathers?|knuckle ?draggers?|knuckles? (?:\\w+ )?(?:drag|dragging|scraping|on the floor)|(?:hands|knuckles|arms) dragging',
  `(?:drop|dropped|drops) (?:you|him|her|them|ya) (?:on (?:your|his|her|their|the) (?:\\w+ )?head)?(?= as a| ;| or)`,
  `(?:you|he|she|him|her) (?:were |was |been |get )?dropped on (?:your|his|her|the) (?:\\w+ )?head`,
  `(?:is|was) (?:english|reading|thinking) (?:even |perhaps |maybe |not )*(?:your|yer) (?:second|third|first|strong)`,
  `(?:learn|try learning|go learn|go and learn) (?:to )?(?:speak )?english(?= ;| first| you| before)`,
  `(?:use|need|want|have|get|fetch|draw|with|find) (?:\\w+ ){0,4}(?:crayons|crayon|colouring book|sock puppets?|glove puppets?|finger paints?)`,
  'village idiot|(?:village|your village|somewhere a village) (?:is|has|wants|called|missing|rang)(?: \\w+){0,3} idiot',
  'run along(?: now)?(?= ;| dear| love| little| and| sweetie| back)',
  '(?:aw|aww|awww|oh|ah) ?;? bless(?: (?:you|him|her|your|them))?(?= ;)',
  '(?:grown ?ups|adults) (?:are (?:talking|speaking)|leave|left|know|let|in the room)',
  `(?:mum|mums|mummy|mother|mothers|mommy|mom|moms|parents|mam)'?s? (?:basement|spare room|box room|attic|sofa|loft|garage)`,
  `(?:nobody|no one|noone|someone nobody|person nobody) (?:ever )?(?:\\w+ )?(?:to )?(?:loved|love|hugged|cuddled|wanted)(?= ;| (?:you|as)|$)`,
  'time of the month|(?:on (?:your|her) period|pms|menopause|menopausal|hot flush(?:es)?|hormones)(?= ;| (?:is|are|again|playing|kicking|talking|love|dear))',
  `(?:stick|keep|go back|get back|leave it|back) to (?:the |your )?(?:recipes?|recipe page|cooking|knitting|kitchen|ironing|colouring|washing up|dishes|crosswords?|horoscopes?|make ?up|nursery|school|playground|reading the beano)(?= page| section| ;| love| dear| sweetheart| where| dearie| and leave)`,
  `does (?:your|the) (?:husband|wife|mother|mum|mummy|mammy|carer|nurse|dad|daddy|owner|boss|employer|therapist|probation officer|warden) know`,
  `(?:take|taken|forgot|forget|forgotten|skipped|missed|off|increase|up) (?:\\w+ )?(?:your|yer) (?:\\w+ )?(?:meds|medication|medicine|tablets|pills)(?= ;| today| again| this| and| love| dear| first| before| have)`,
  `(?:where is|is|someone fetch|fetch|tell|ask) (?:your|his|her|the) carer`,
  `(?:oxygen|air|space|electricity|bandwidth) (?:that )?${YOU} (?:waste|steal|breathe|use up|take up)`,
  `with a (?:name|face|surname|accent|body|head) like (?:that|yours)`,
  `(?:where|whatever) (?:${YOU}|he|she|they) (?:come|comes|came|crawled) from (?:they|you|people|it|nobody)`,
  `people like (?:you|yourself) (?:\\w+ )?(?:peaked|should|ought|make|deserve|need|are (?:the|why|a|what|not)|never|do not|always|ruin|belong|always|only)`,
  `(?:your|his|her) (?:therapist|psychiatrist|shrink|probation officer|kids|children|wife|husband|family|mother|ex) (?:must|has to|must all|probably|surely)(?: \\w+)? (?:dread|hate|be (?:so )?(?:ashamed|proud|embarrassed|exhausted|delighted)|drink|cry|pray|weep)`,
  `more (?:going on|sense|brains?|wit|intelligence|intellect|personality|life) (?:\\w+ ){0,3}than (?:you|him|her|in your)`,
  `(?:met|seen|known|had|scraped|trodden in|flushed) (?:\\w+ ){0,4}(?:furniture|houseplants?|vegetables?|cabbages?|doorstops?|puddles|stains?|fungus|mould|bricks|things) (?:\\w+ ){0,3}(?:with|smarter|cleverer|brighter|more|off my|on my)`,
  `(?:light|lights) (?:is|are) on ;? ?but (?:nobody|no one|noone)|(?:a few|not the|several|two|one) (?:\\w+ ){0,2}(?:short of a|sharpest|brightest) (?:picnic|sandwich|full|load|tool|bulb|crayon|knife|six ?pack|shilling)`,
  `living proof (?:that|of)|(?:bottom|shallow end|top|out) of the gene pool|stain on the gene pool|gene pool needs`,
  `(?:you|he|she) (?:are |is )?(?:that |so |too |that )(?:thick|stupid|dim|dense|ugly|fat|dumb|slow)(?= ;| that| to| you)`,
  `(?:born|were you|are you|is he|is she) (?:this |that |so )(?:thick|stupid|dim|dense|dumb|ugly|slow)`,
  `(?:with|have|having|got|has) (?:that|a|your) face (?:and|like)(?: no| that)?`,
  `${YOU} (?:are |really are |is |r )?(?:just |such |nothing but |a |an |the |all |absolute |complete |total |utter |brainless |fucking |bloody |stupid |pathetic |little |deluded |sad |bunch of )+(?:idiots?|morons?|imbeciles?|cretins?|half ?wits?|dim ?wits?|dunces?|losers?|simpletons?|muppets?|ignoramus|nincompoop|scum|vermin|disgrace of a \\w+|nobody|nobodies|failure|nutters?|nutcases?|lunatics?|psychos?|perverts?|degenerates?)`,
  `(?:complete|utter|total|absolute|brainless|blithering|fucking|bloody|stupid|pathetic|gormless|raving) (?:\\w+ )?(?:idiots?|morons?|imbeciles?|cretins?|half ?wits?|dim ?wits?|dunces?|simpletons?)(?= ;)`,
  `(?:shit|shite|crap|useless|terrible|vile) (?:mother|father|parent|human being|human|mum|dad|wife|husband|person|excuse)(?= ;| and| simple| you)`,
  `(?:print|write|put) (?:do not|don't) (?:eat|drink|swallow) on|(?:reason|why) (?:they|shampoo|there) (?:put|has|have|are|is|print)(?: \\w+){0,4} (?:instructions|warnings?|labels?|do not)`,
  `(?:object|objects|take offen[cs]e|be insulted|sue|complain)(?: to)?(?: the)? comparison|insult to (?:\\w+ )?(?:idiots|morons|villages?|pigs|donkeys|sheep|monkeys)`,
  `uncle tom|house (?:negro|slave)|race traitor`,
  `(?:c u|see you) next tuesday`,
  `do (?:the world|everyone|us(?: all)?|humanity|the human race) a (?:favou?r|kindness|service)(?: and)?(?! by (?:publishing|reading))`,
  `(?:gobby|mouthy|lippy|silly|brazen|old|dirty|cheap|little|common|shameless) (?:little |old )?(?:tart|madam|trollop|mare|minx|tramp|hussy|scrubber|strumpet)`,
  `(?:talentless|worthless|useless|failed|washed up|third rate|gutless|lying|bought) (?:\\w+ )?(?:hack|hacks|nobody|journo|scribbler|presstitute|nonentity)`,
  `presstitutes?|journoscum`,
  `wouldn't (?:trust|let) (?:you|him|her) (?:to|with) (?:\\w+ ){0,3}(?:tap|bath|egg|whelk stall|spoon|dog|goldfish)`,
  `needs? (?:a )?(?:good |damn good |proper )?(?:slap|smack|kicking)`,
  `peaked (?:at|in) (?:\\w+ ){0,3}(?:school|disco|college|playground|nursery)`,
  `(?:hands|paws|fingers) off the (?:keyboard)|step away from the keyboard`,
);
const MILD =
  /(?:^|[^\p{L}])(?:(?:\p{L}+n['’]t|don['’]?t|do not|not|never|no)(?: all| just| an?| the| any| be| calling| call)?|i am|i['’]m|i was|my|our|our own|call(?:ed|ing|s)? (?:\p{L}+ ){1,3}an?|felt like an?)\s+$/iu;

/** Scores insults that are certain, with the words that insult. */
export function insults(input: Pick<PhaseInput, 'body'>): ScoreMap {
  const { body } = input;
  const isQuoted = quotationsOf(body);
  const meant = (span: Span): boolean =>
    !isReportedAt(body, span, isQuoted) && !MILD.test(body.slice(Math.max(0, span[0] - 30), span[0]));
  const aimed = [...strongWords(body)].filter(meant);
  const said = [...spansOfPattern(PATTERN, plainTextOf(body, readingOf(input)))].filter(meant);
  if (aimed.length + said.length === 0) return { insult: NO_SCORE };
  return { insult: { value: aimed.length > 0 ? AIMED : PUT_DOWN, spans: uniteSpans([...aimed, ...said]) } };
}
