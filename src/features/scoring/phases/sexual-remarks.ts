import { anyOf, plainTextOf, spansOfPattern } from '../lexicon/plain-text.js';
import { NO_SCORE, uniteSpans, type ScoreMap } from '../scores.js';
import { isReportedAt, quotationsOf } from './reported-speech.js';
import { readingOf, type PhaseInput } from './phase.js';

/* Sexual remarks about an author, a commenter or a person in the news, most of them without an explicit word. */

/** Above the default threshold for sexual texts. */
const REMARK = 0.75;

const PARTS =
  '(?:tits|boobs|breasts|arse|ass|bum|knickers|legs|body|pussy|cleavage|nipples|thighs|cock|dick|hole|feet|toes|bits|chest|rack|jugs|bristols|curves|lips|mouth|backside)';
const INTIMATE = '(?:tits|boobs|breasts|arse|ass|bum|knickers|pussy|cleavage|nipples|cock|dick|bits|jugs)';
const LUST =
  '(?:lick|suck|sniff|grope|fondle|spank|shag|fuck|bang|breed|mount|pound|rail|motorboat|bone|hump|finger|ravish|nail|bed|ride|taste|undress|squeeze|stroke)';

const PATTERN = anyOf(
  `(?:bend|bent|bending) (?:you|ya|him|her) over(?! backwards)`,
  `(?:got|earned|won|landed|kept) (?:that|her|the|this) (?:job|seat|column|post|part|role|promotion|place) on (?:her|your) (?:knees|back)`,
  `(?:slept|sleeping|shagged|shagging|sucked|sucking|fucked|screwed) (?:her|his|your|their) way (?:to|into|up)|casting couch|(?:who|whose \\w+) did (?:she|he) (?:sleep with|suck|shag|blow)`,
  `(?:show|shows|flash|send|sends|give|giving) (?:us|me|everyone) (?:your|yer|a look at your|those|a flash of|her) (?:\\w+ )?(?:${INTIMATE}|nudes?|private pics?)(?= ;| and| or| baby| love| darling| please| sexy)`,
  `(?:tits|boobs) (?:out|or gtfo)|get (?:your|yer|her) (?:(?:tits|boobs|baps) out|(?:kit|clothes|knickers) off)`,
  `(?:take|takes|taking|like|likes|want|wants|love|loves|give|need|needs)(?: \\w+)? (?:it )?up the (?:arse|ass|bum|backside|shitter)`,
  `(?:needs?|wants?|could do with|deserves?|gagging for|begging for|asking for|crying out for) (?:a |an )?(?:\\w+ )?(?:good |proper |right |damn good |real )(?:seeing to|shag|shagging|fuck|fucking|seeing|humping|pounding|rogering|shafting|stuffing|servicing|spanking|rodgering|dick|cock)`,
  `(?:seeing to|sorting out) (?:from|by) a (?:real )?man`,
  `(?:i|we) (?:would|will|want to|wanna|would love to|would like to|am going to|gonna|could|would happily|would gladly|just want to|really want to|dream of|keep thinking of|am gagging to)(?: \\w+){0,3} ${LUST} (?:you|ya|her|those|her \\w+|your \\w+)(?= ;| (?:over|from|all|till|until|so|in|on|every|right|hard|senseless|and|up|slowly|any|up against|down|off|like|with my|to))(?! (?:up on|on the point|in the polls|a favour|on (?:that|this)))`,
  `let me (?:\\w+ )?(?:lick|suck|taste|sniff|touch|feel|stroke|massage|bury my face in) (?:your|those|her) (?:\\w+ )?${PARTS}`,
  `(?:is|are|was|were|if|hope) (?:\\w+ ){1,3}wearing (?:any |no |a |those |her )?(?:\\w+ )?(?:knickers|underwear|panties|bra|thong|stockings|suspenders)`,
  `what (?:are|is|r) (?:you|u|she) wearing(?= ;| under| right| tonight| darling| love)|colou?r (?:are|is) (?:your|her) (?:\\w+ )?(?:knickers|panties|underwear|bra)`,
  `(?:bangs?|fucks?|shags) like (?:a|an) (?:\\w+ )?(?:train|rabbit|rocket|steam train|barn door|belt fed)`,
  `(?:thinking|dreaming|fantasi[sz]ing|think|dream|dreamt|wank|wanking|staring) (?:\\w+ )?(?:about|of|over|at) (?:your|her|those|this) (?:\\w+ )?(?:${PARTS})`,
  `(?:nice|lovely|cracking|fantastic|smashing|perky|juicy|big|massive|huge|fine|tight|decent|cute) (?:set of |pair of |little )?(?:tits|boobs|bristols|knockers|titties)|(?:nice|lovely|cracking|perky|juicy|tight|cute) (?:little )?(?:arse|ass|bum)(?= ;)`,
  `(?:sit|come sit|sits|park) (?:\\w+ )?on my (?:face|lap|knee|cock|dick|lips)`,
  `my (?:\\w+ )?(?:cock|dick|knob|hard on|erection|penis|love stick|todger)|(?:suck|lick|kiss) my (?:\\w+ )?balls`,
  `(?:i|id) (?:would )?(?:do|smash|give|bang|shag|ride|hit|tap)(?: it to)? (?:her|him)(?: one)?(?= ;| (?:all night|till|hard|six))(?! back)`,
  `(?:wank|wanking|wanked|toss|tossing|jerk|jerking|jerked|fap|fapping|knock one out|crack one off|rub one out)(?: \\w+)? (?:over|to|off to|about) `,
  `(?:makes?|made|getting|got) me (?:so |all |really )?horny|(?:makes?|getting) me (?:so )?(?:hard|wet)(?= ;)|(?:gives?|gave|giving) me a (?:stiffy|boner|semi|hard on)`,
  `(?:you |little )(?:dirty|filthy|naughty|saucy|kinky|horny|slutty) (?:little |old )?(?:girl|minx|bitch|madam|vixen|mare|thing(?= ;))`,
  `(?:come to bed|bedroom|fuck me|blowjob|blow job|dsl|cock sucking|dick sucking) (?:eyes|lips|heels|boots|mouth|hair)`,
  `how much (?:does she charge|an hour)(?= ;)`,
  `(?:between (?:your|her) (?:legs|thighs)|(?:up|under|inside) (?:your|her) (?:skirt|knickers|panties|dress)|down (?:your|her) (?:top|blouse|bra|knickers))`,
  `what (?:she|he|you|this \\w+|that \\w+) (?:\\w+ )?needs? is (?:a |an )?(?:\\w+ ){0,3}(?:seeing to|shag|cock|dick|fuck|spanking)`,
  `(?:every|each) inch of (?:her|you|your body)(?= ;| slowly| with)`,
  `(?:other|better) uses? for that mouth`,
);
const BAWDY_EMOJI =
  /\u{1f346}\s*\u{1f4a6}|\u{1f4a6}\s*\u{1f346}|\u{1f351}\s*\u{1f346}|\u{1f346}\s*\u{1f351}|\u{1f346}\s*\u{1f445}|\u{1f445}\s*\u{1f4a6}/u;

/** Scores sexual remarks about persons. */
export function sexualRemarks(input: Pick<PhaseInput, 'body'>): ScoreMap {
  const { body } = input;
  const isQuoted = quotationsOf(body);
  const spans = [...spansOfPattern(PATTERN, plainTextOf(body, readingOf(input)))].filter(
    (span) => !isReportedAt(body, span, isQuoted),
  );
  const emoji = BAWDY_EMOJI.exec(body);
  if (emoji) spans.push([emoji.index, emoji.index + emoji[0].length]);
  return { sexual: spans.length === 0 ? NO_SCORE : { value: REMARK, spans: uniteSpans(spans) } };
}
