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

/** From this level on, a word that is aimed at somebody is an insult. */
const STRONG = 0.6;
/** From this level on, a word is an insult even if nobody in particular seems to be meant. */
const SEVERE = 0.75;

let reader: TextReader | undefined;

const REACH = 5;

/** Strong words used as insults: not denied, quoted, about oneself or about a thing. */
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
    // In "Whoever wrote this is a …" the subject looks like a thing, but such words are only used about people.
    if (mitigation[token] !== 0 && !(level >= SEVERE && MITIGATIONS[mitigation[token]] === 'of a thing'))
      continue;
    if (level < SEVERE && !isAimed(token)) continue;
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
    // An exclamation: "Pathetic pig."
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
/** Adjectives that fit a real animal or thing as well ("our old dog", "a fat cow"). */
const PLAIN =
  '(?:old|fat|ugly|silly|dirty|smelly|lazy|greedy|bald|flabby|wrinkled|miserable|sad|senile|little)';
/** Adjectives that people use for a real animal. */
const KIND = '(?:dear|poor|lovely|beloved|faithful|late|big|huge|brown|black|white|grey|young|stray|wild)';
/** The start of a clause, where a verb is an imperative. */
const CLAUSE = '(?<=^|; )';
/** Where a verb tells somebody what to do: "go …", "you should just go …". */
const BEFORE_ORDER = `(?<=^|; |(?:you|ya|just|please|should|better|and|can|off|or) )`;
/** "She is", "you are just". */
const IS = `(?:(?:you|ya|ye|he|she|author|reporter|journalist|mayor|minister|editor|councillor) (?:are|is|r|was|were|must be)|you) (?:(?:just|such|so|nothing but|really|clearly|obviously) )*`;
const FILTH = '(?:shit|shite|filth|scum|garbage|dirt|trash|excrement|crap|dung|dogshit|vermin)';

const PATTERN = anyOf(
  `(?<!(?:an?|the|my|our|any|some|every|another|one|his|her|their|its|of|with|two|three) (?:(?:${PLAIN}|${KIND}) ;? ?)*)(?:${NASTY} ){1,3};? ?${BEAST}(?! (?:story|stories|joke|market|farm|house|trap|race|tower|sanctuary|shelter|walker|years?|show|cheese|iron|pen|food))`,
  `(?:${IS}|such |what |of |that |this )an? (?:${NASTY} ){1,3}${BEAST}(?! (?:story|joke|farm|race|trap|person|lover|owner))`,
  // With adjectives that nobody uses for an animal.
  `(?:lying|two faced|spineless|gutless|brainless|talentless|sour faced|sanctimonious|bitter|stupid|fucking|bloody|vile|evil|pathetic|worthless|useless|dumb|thick|gobby|mouthy) ${BEAST}(?! (?:story|stories|joke|market|farm|house|trap|race|tower|years?|show|cheese|of|and his|and her))`,
  `(?:${YOU} (?:are |absolute |complete |utter |total |worthless |lying |fat |stupid |little |a |an |nothing but a |useless |ugly )*|worthless |absolute |lying |useless |fat |(?:he|she|author|reporter|journalist|mayor|minister|editor) is (?:a |an )?(?:\\w+ ){0,2})(?:piece|sack|bag|lump|heap|streak|pile|bucket) of (?:\\w+ )?${FILTH}`,
  `waste of (?:a )?(?:\\w+ ){0,2}(?:oxygen|skin|womb|sperm|good (?:skin|air))`,
  `${IS}(?:an? )?(?:\\w+ )?waste of (?:an? )?(?:\\w+ )?(?:air|breath|life|organs|blood|carbon|flesh|space)`,
  `(?<=^|; )(?:complete |utter |total |absolute )?waste of (?:a )?(?:air|breath|organs|flesh) ;`,
  `(?:oxygen|air) thief`,
  '(?:thick|dense|stupid|dumb|daft|dim) as (?:(?:a|two|pig|mince|they|bricks?|short|sack|box) ?)+(?:shit|mince|brick|bricks|planks|plank|come|hammers|rocks|hair|dog ?shit)?',
  `(?:would not|wouldn't|wouldnt) piss on ${WHO} if`,
  `(?:shut|shove|stick) (?:it )?(?:your|yer|up your|up yer) (?:\\w+ )?(?:mouth|face|gob|trap|cake ?hole|pie ?hole|arse|arsehole|ass|hole|yap|beak)`,
  `shut the (?:fuck|hell) up`,
  'stfu|foad|f o a d|gtfo',
  `(?<!(?:to|will|would|does|did|not|really|might|may|that|things?|it) )(?:fuck|piss|feck) (?:right |the fuck )?off(?! (?:with|to bed|the|an?|people|everyone|everybody|half|most|many|some|voters|my|our|his|her|their|me|us|them))`,
  `(?:fuck|screw|damn|sod) (?:you|ya|u|your|yer|yourself|yourselves|him|her|them|em|the lot|this (?:woman|man|author|guy|journalist))(?! (?:up|in|on|down|over|together|into|back|with faint|by faint))`,
  `(?:go|go and|(?:you|he|she|they) (?:can|should|can all|should all|could)) (?:rot|choke|eat shit|fuck (?:off|your)|boil your \\w+|drown(?= ;| in (?:it|your|their|a)))(?! on)`,
  'go (?:rot|die|choke|boil)|(?:rot|burn|roast) in (?:hell|a (?:ditch|hole|cell))|eat shit|(?:kiss|lick) my (?:\\w+ )?(?:arse|ass|balls)|suck (?:my|a|on my|on a) (?:\\w+ )?(?:dick|cock|balls|knob|lemon)|get (?:fucked|(?:stuffed|bent)(?= ;| you| mate))|(?:up|right up) (?:your|yer)s',
  `${BEFORE_ORDER}(?:(?:crawl|go|get|slither|run|slink|scuttle|sod off|off|jog on|take yourself|climb|hop) )?back (?:to|in|into|under|down) (?:the|your|ur|yer|whatever|that) (?:\\w+ )?(?:cave|hole|rock|swamp|sewer|gutter|kennel|kitchen|jungle|mud ?hut|trees?|asylum|sty|pigsty|zoo|cage|coffin)(?= ;| where| and (?:stay|die|rot)| (?:you|he|she|they|it|ya) (?:crawled|came|come|climbed))`,
  `(?:crawl|slither|slink|scuttle)s? back (?:to|in|into|under|down) (?:your|ur|yer|whatever|that) (?:\\w+ )?(?:cave|hole|rock|bridge|swamp|sewer|gutter|basement|stone)`,
  `(?:back|out|crawled|climbed|slithered) (?:to|of|from) (?:the|whatever|that|your) (?:\\w+ )?(?:hole|rock|swamp|sewer|stone) (?:${WHO}|it) (?:crawled|came|climbed|slithered)`,
  'ashamed (?:of (?:being|yourself for being)|to be) (?:alive|born|human)',
  '(?:poor|sorry|pathetic|sad|vile|disgusting|miserable|worthless|lousy|wretched) (?:little )?excuse (?:for|of) an? (?:human|man|woman|person|mother|father|journalist|parent|being|human being)',
  '(?:scum|dregs|filth) of (?:the earth|society|humanity)',
  '(?:human|subhuman|walking) (?:garbage|trash|filth|scum|vermin|slime|dustbin)|(?:pure|absolute|utter) (?:scum|vermin|slime|turd)',
  '(?:disgusting|vile|despicable|horrible|revolting|repulsive|worthless|loathsome|rotten|evil) (?:little |old )?(?:human being|specimen|creature|individual)',
  '(?:disgrace|embarrassment|insult|shame) to (?:your (?:skin|race|sex|gender|mother|family|parents|kind))',
  `${IS}(?:an? )?(?:\\w+ )?(?:disgrace|embarrassment|insult|shame) to (?:your uniform|humanity|the human race|womanhood|manhood)`,
  `(?:your|his|her) (?:mother|mum|mam|mom|parents|dad|father) should (?:have|of) (?:\\w+ )?(?:aborted|swallowed|drowned|used|kept|strangled|flushed|smothered|had)`,
  `(?:wish|pity|shame) (?:your|his|her) (?:mother|mum|mam|mom|dad|father) (?:had )?(?:\\w+ )?(?:aborted|swallowed|used|pulled|flushed)`,
  `(?:${YOU}|he|she|they|his lot|that lot|bastards|scum)(?: \\w+){0,3} should (?:have|of) been (?:\\w+ )?(?:aborted|drowned|swallowed|strangled|flushed|smothered|put down)`,
  `(?:${YOU}|he|she|yourself|him|her|them|(?:these|those|such|some) people) (?:should not|should never|must never) (?:be allowed to |have been allowed to )?(?:breed|reproduce|procreate)`,
  `(?:nobody|no one|noone) (?:here )?(?:likes|wants|loves|asked|respects|cares about) (?:you|ya|u)(?= ;| here| margaret| anyway| \\w+ ;)`,
  `${YOU} (?:\\w+ )?(?:smell|stink|reek|disgust|repulse|sicken)(?:s)? (?:of|me|like)`,
  `${IS}(?:\\w+ and |an? )?(?:ugly|rotten|thick|stupid|vile|fat) (?:inside|as sin|and proud|with it|to the core)`,
  `(?:thick|stupid|lying|nasty|useless)(?: \\w+){0,4} and ugly with it|ugly inside ;`,
  `face (?:like|that looks like|only) (?:a|an|the) (?:\\w+ ){0,3}(?:crab|arse|ass|bulldog|pig|bag|cow|horse|foot|slapped|smacked|melted|dropped|pie|potato|mother|wasp|trout|pug|welly|bucket)`,
  `(?:has|have|had|having|got|with|your|his|her) (?:the |an? |all the )?(?:\\w+ )?(?:brain|iq|brains|intellect|intelligence|mind|morals|charm|personality|wit|depth|courage) (?:of|like) (?:a|an) (?:\\w+ ){0,2}(?:goldfish|gnat|peanut|amoeba|turnip|cabbage|potato|brick|slug|worm|plank|sponge|flea|rock|doorknob|pea|wasp|snail|house ?plant|lettuce|teaspoon|toddler|donkey|sheep|plant|jellyfish|wet \\w+)`,
  '(?:two|one|a single|single|lone|half a) (?:remaining |lonely |working |functioning )?brain ?cells?',
  '(?:room temperature|single digit|double digit|shoe size) iq',
  'smooth ?brain(?:ed)?|shit for brains|mouth breathers?|knuckle ?draggers?|knuckles? (?:\\w+ )?(?:drag|dragging|scraping|on the floor)|(?:hands|knuckles|arms) dragging',
  `(?:mother|mum|mam|mom|parents|midwife|somebody|someone)(?: \\w+)? (?:drop|dropped) (?:you|him|her|them|ya)(?= as a (?:baby|child)| ;| or)`,
  `(?:you|he|she|him|her) (?:were |was |been |get )?dropped on (?:your|his|her|the) (?:\\w+ )?head`,
  `(?:is|was) (?:english|reading|thinking) (?:even |perhaps |maybe |not )*(?:your|yer) (?:second|third|first|strong)`,
  `${CLAUSE}(?:learn|try learning|go learn|go and learn) (?:to )?(?:speak )?english(?= ;| first| you| before)`,
  `(?:explain|draw|spell|put)(?: \\w+){0,3} (?:you|him|her|them)(?: [\\w;]+){0,8} (?:crayons?|colouring book|(?:sock|glove) puppets?|finger ?paints?)`,
  `(?:get|fetch|give|find|buy|someone|do) (?:you|him|her) (?:\\w+ ){0,3}(?:crayons?|colouring book|(?:sock|glove) puppets?|finger ?paints?)`,
  'village idiot|(?:village|your village|somewhere a village) (?:is|has|wants|called|missing|rang)(?: \\w+){0,3} idiot',
  `${CLAUSE}run along(?: now)?(?= ;| dear| love| little| sweetie| back)`,
  '(?:aw|aww|awww|oh|ah) ?;? bless(?: you| your \\w+ \\w+)? ; (?:did|does|do|you|is that|someone|somebody)(?! (?:a great|so|well|proud))',
  '(?:grown ?ups|adults) are (?:talking|speaking)|(?:did|have) the (?:grown ?ups|adults) (?:leave|left|let)|(?:leave|left) (?:it|this|that) to the grown ?ups',
  `your (?:mum|mums|mummy|mummys|mother|mothers|mommy|mom|moms|parents|mam|mams)'?s? (?:basement|spare room|box room|sofa)`,
  `(?:his|her|their) (?:mum|mums|mummy|mother|mothers|mommy|mom|moms|parents)'?s? basement`,
  `(?:someone|somebody|person|child|kid|man|woman|boy|girl) (?:nobody|no one|noone) (?:ever )?(?:\\w+ )?(?:to )?(?:loved?|hugged|cuddled|wanted)(?= ;)`,
  `(?:nobody|no one|noone) (?:ever |will ever |could ever )?(?:loved?|hugged|cuddled|wanted) you(?= ;| as| enough)`,
  `${CLAUSE}(?:that )?time of the month(?: again)?(?: is it)?(?= ; ?(?:love|dear|$)| is it| ${YOU})|(?:is it|must be|having) (?:your|her|that) time of the month|(?:your|her) (?:hormones|menopause) (?:are |is )?(?:again|playing|kicking|talking|acting)|on (?:your|her) period(?= ; ?$| again| love| dear| (?:is|are) (?:you|she|we))|(?:pms|menopausal) (?:love|dear|much|cow|hag|bitch|witch)`,
  `${CLAUSE}(?:\\w+ )?(?:stick|keep|go back|get back|back) to (?:the |your )?(?:recipes?|recipe page|cooking|knitting|kitchen|ironing|colouring|washing up|dishes|crosswords?|horoscopes?|make ?up|nursery|school|playground|reading the beano)(?= page| section| ; ?(?:$|love|dear)| love| dear| sweetheart| where you| dearie| and leave)`,
  `does your (?:husband|wife|mother|mum|mummy|mammy|carer|nurse|dad|daddy|owner|therapist|probation officer|warden) know (?:that )?you`,
  `does (?:mummy|mommy|mammy|daddy|matron|nurse) know|(?:has|did|does) your (?:carer|nurse|keeper|warden|mum|mummy|mother) (?:let|help|allow|leave|left) you (?:\\w+ ){0,3}(?:type|write|post|computer|laptop|internet|keyboard|ipad|phone)|(?:must be|surely|isn't it|is not it|is it not|past|is it) (?:\\w+ )?(?:time for|time to take) your (?:nap|meds|medication|tablets|pills)`,
  `bless(?: (?:him|her|you|your (?:little |cotton |poor )*(?:heart|socks)))? ;? (?:he|she|you) (?:still |really |actually |honestly )?(?:thinks?|thought|tries|tried|believes?)`,
  `${CLAUSE}(?:go (?:and )?|just |please )?take your (?:meds|medication|tablets|pills) (?:;|and (?:fuck|go|shut|stop)|love|dear|before you)|(?:did|have) you (?:forgotten|forget|miss|missed|skip|skipped)(?: to take)? your (?:meds|medication|medicine|tablets|pills)|${IS}off your meds|(?:up|increase) your (?:meds|medication)`,
  `(?:where is|is|someone fetch|fetch|tell|ask) (?:your|his|her|the) carer`,
  `(?:oxygen|air|space|electricity|bandwidth) (?:that )?${YOU} (?:waste|steal|breathe|use up|take up)`,
  `with a (?:name|face|surname|accent|body|head) like yours|with a (?:face|body|head) like that|with a name like that (?:\\w+ ){1,2}(?:amazed|surprised) you`,
  `(?:where|whatever) (?:${YOU}|he|she|they) (?:come|comes|came|crawled) from (?:they|you|people|it|nobody)`,
  `people like (?:you|yourself) (?:\\w+ )?(?:peaked|ruin|disgust|sicken|make me (?:sick|ill|ashamed|vomit)|should (?:not|be (?:shot|locked|banned|ashamed|put)|never)|ought to be|do not (?:belong|deserve)|never (?:belong|learn)|deserve (?:to (?:die|rot|suffer|be)|everything (?:bad )?(?:you|that is)|nothing|what)|are (?:the|an?) (?:\\w+ )?(?:problem|disgrace|cancer|disease|plague|curse|poison|joke|embarrassment|waste)|are (?:what is|why nobody|why no one|not welcome|not wanted|not fit))`,
  `(?:your|his|her) (?:therapist|psychiatrist|shrink|probation officer|kids|children|wife|husband|family|mother|ex) (?:must|has to|must all|probably|surely)(?: \\w+)? (?:dread|hate|be (?:so )?(?:ashamed|proud|embarrassed|exhausted|delighted)|drink|cry|pray|weep)`,
  `more (?:going on|sense|brains?|wit|intelligence|intellect|personality|life) (?:\\w+ ){0,3}than (?:you|him|her|in your)`,
  `(?:met|seen|known|had|scraped|trodden in|flushed) (?:\\w+ ){0,4}(?:furniture|houseplants?|vegetables?|cabbages?|doorstops?|puddles|stains?|fungus|mould|bricks|things) (?:\\w+ ){0,3}(?:with (?:more|higher|a higher|better) (?:\\w+ )?(?:going on|personality|charm|intellect|intelligence|sense|iq|brains?|wit|empathy|integrity|depth|charisma)|smarter|cleverer|brighter|off my (?:shoe|boot))`,
  `(?:light|lights) (?:is|are) on ;? ?but (?:nobody|no one|noone)|(?:a few|not the|several|two|one) (?:\\w+ ){0,2}(?:short of a|sharpest|brightest) (?:picnic|sandwich|full (?:deck|load|shilling|set|picnic)|load|tool|bulb|crayon|knife|six ?pack|shilling)`,
  `living proof (?:that|of) (?:\\w+ ){0,3}(?:evolution|inbreeding|contraception|abortion|natural selection|darwin|stupidity|brains?)|(?:bottom|shallow end|out) of the gene pool|stain on the gene pool|gene pool needs`,
  `(?:you|he|she) (?:are |is )?(?:that |so |too |that )(?:thick|stupid|dim|dense|ugly|fat|dumb|slow)(?= ;| that| to| you)`,
  `(?:born|were you|are you|is he|is she) (?:this |that |so )(?:thick|stupid|dim|dense|dumb|ugly|slow)`,
  `(?:life|going|walk|walking|live|cope|out) (?:\\w+ )?with (?:that|your) face(?= and| ;| like)`,
  `${YOU} (?:are |really are |is |r )?(?:just |such |nothing but |a |an |the |all |absolute |complete |total |utter |brainless |fucking |bloody |stupid |pathetic |little |deluded |sad |bunch of )+(?:idiots?|morons?|imbeciles?|cretins?|half ?wits?|dim ?wits?|dunces?|losers?|simpletons?|muppets?|ignoramus|nincompoop|scum|vermin|disgrace of a \\w+|nobody|nobodies|failure|nutters?|nutcases?|lunatics?|psychos?|perverts?|degenerates?)`,
  `(?:complete|utter|total|absolute|brainless|blithering|fucking|bloody|stupid|pathetic|gormless|raving) (?:\\w+ )?(?:idiots?|morons?|imbeciles?|cretins?|half ?wits?|dim ?wits?|dunces?|simpletons?)(?= ;)`,
  `(?:${IS}|what |such )an? (?:shit|shite|crap|useless|terrible|vile) (?:mother|father|parent|human being|human|mum|dad|wife|husband|person)(?= ;| and| simple| you)`,
  `(?:reason|why) (?:they|shampoo|there) (?:\\w+ ){0,2}(?:put|print|write|has|have|are|is)(?: \\w+){0,3} (?:instructions|do not (?:eat|drink|swallow)|(?:warnings?|labels?) on (?:\\w+ )?(?:shampoo|bleach|hairdryers?|glue|crisps|peanuts))`,
  `(?:idiots?|morons?|villages?|pigs|donkeys|sheep|monkeys|rats|slugs|cockroaches) (?:\\w+ ){0,3}(?:object|objects|take offen[cs]e|be insulted|sue|complain)(?: to)?(?: the)? comparison|insult to (?:\\w+ )?(?:idiots|morons|pigs|donkeys|sheep|monkeys)`,
  `uncle tom(?! cabin)|house (?:negro|slave)|race traitor`,
  `(?:an?|such|total|absolute|massive|complete|utter|right|real|proper) (?:c u|c you|see you|see u|c ya) next tuesday`,
  `do (?:the world|everyone|us(?: all)?|humanity|the human race|yourself|your (?:family|mother|children|kids|wife|husband)) an? (?:favou?r|kindness|service)(?: and| ;)? (?:go|end (?:it|your)|take (?:yourself|a (?:long |running )?(?:walk|jump)|all (?:your|the|of)|the whole)|walk (?:into|off|in front)|stay (?:off|away|under|in bed)|hold your breath|swallow|shut|stop (?:talking|posting|writing|breathing|commenting)|leave|jump|die|disappear|drop|choke|fuck|piss|never|log off|get (?:lost|off)|fall)`,
  `(?:gobby|mouthy|lippy|silly|brazen|dirty|cheap|common|shameless) (?:little |old )?(?:tart|madam|trollop|mare|minx|tramp|hussy|scrubber|strumpet)(?= ;| and| who| you| should| like)(?<!an? (?:cheap|dirty|silly) (?:little |old )?(?:tart|mare))`,
  `(?:talentless|worthless|useless|failed|washed up|third rate|gutless|lying|bought) (?:\\w+ )?(?:hack|hacks|nobody|journo|scribbler|presstitute|nonentity)(?! (?:of|on|into|attempt|attack|cares|can|wants|knows))`,
  `presstitutes?|journoscum`,
  `wouldn't (?:trust|let) (?:you|him|her) (?:to|with) (?:\\w+ ){0,3}(?:tap|bath|egg|whelk stall|spoon|dog|goldfish)`,
  `needs? (?:an? )?(?:good |damn good |proper )?(?:slap|smack|kicking)(?! (?:at|in|from|of))`,
  `(?:you|he|she|who|yourself) peaked (?:at|in) (?:\\w+ ){0,3}(?:school|disco|college|playground|nursery)`,
  `(?:hands|paws|fingers) off the (?:keyboard)|step away from the keyboard`,
);
const HARMLESS_LEAD_IN =
  /(?:^|[^\p{L}])(?:(?:\p{L}+n['’]t|don['’]?t|do not|not|never|no)(?: all| just| an?| the| any| be| calling| call)?|i am|i['’]m|i was|my|our|our own|call(?:ed|ing|s)? (?:\p{L}+ ){1,3}an?|(?:(?:felt|feel|feeling|am|are we|we are|were we|we were)|(?:made?|making|makes) (?:me|us|myself|ourselves) (?:look|feel))(?: like)?(?: an?)?)\s+$/iu;

/** Scores insults that are certain, with the words that insult. */
export function insults(input: Pick<PhaseInput, 'body'>): ScoreMap {
  const { body } = input;
  const isQuoted = quotationsOf(body);
  const isInsult = (span: Span): boolean =>
    !isReportedAt(body, span, isQuoted) &&
    !HARMLESS_LEAD_IN.test(body.slice(Math.max(0, span[0] - 30), span[0]));
  const wordSpans = [...strongWords(body)].filter(isInsult);
  const phraseSpans = [...spansOfPattern(PATTERN, plainTextOf(body, readingOf(input)))].filter(isInsult);
  if (wordSpans.length + phraseSpans.length === 0) return { insult: NO_SCORE };
  return {
    insult: {
      value: wordSpans.length > 0 ? AIMED : PUT_DOWN,
      spans: uniteSpans([...wordSpans, ...phraseSpans]),
    },
  };
}
