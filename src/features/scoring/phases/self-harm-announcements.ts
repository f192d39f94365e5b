import { intentMargins } from '../encoder/intent-head.js';
import { anyOf, plainTextOf, spansOfPattern } from '../lexicon/plain-text.js';
import type { Span } from '../scores.js';
import { quotationsOf } from './reported-speech.js';
import { readingOf, type PhaseInput } from './phase.js';

/*
 * Finds commenters who say that they want to die or harm themselves. It is no offence: a comment is held for a person
 * to read soon, and its author gets the site's help text.
 */

const I = "(?:i|i'd|id|im)";
const NOW = '(?:any ?more|no more|any longer|tonight|today|tomorrow|now|soon|again)';
const TABLETS =
  '(?:tablets|pills|meds|medication|paracetamol|sleeping tablets|sleeping pills|insulin|morphine|painkillers|codeine|prescriptions?)';

/** Certain by themselves. */
const ANNOUNCED = anyOf(
  // Wanting to be dead
  `${I} (?:\\w+ ){0,3}(?:want|wanted|wanna|wish|going|ready|prefer|like|planning|plan|love|need|hoping|about|tempted|thinking of|think of|decided|intend|mean) (?:to )?(?:\\w+ )?(?:die|be dead|kill(?:ing)? (?:myself|me)|end(?:ing)? (?:it|it all|my life|myself|things)|be gone|disappear (?:for ever|forever|for good)|not (?:be|wake up|exist)|go to sleep and (?:not|never)|hang(?:ing)? myself|top(?:ping)? myself|do(?:ing)? (?:myself|it) in|jump(?:ing)? (?:off|in front)|commit(?:ting)? suicide|tak(?:e|ing) my own life)`,
  `${I} (?:\\w+ )?(?:want|wanna|wanted) (?:it|this|everything|the pain) (?:all )?(?:to )?(?:end|stop|be over)(?= ;)`,
  `(?<=^|; |i |just |really |honestly )(?:do not|don't|dont|no longer) (?:\\w+ )?(?:want|wanna|wish|care) to (?:be here|be alive|live|wake up|exist|go on|carry on|see (?:tomorrow|morning|christmas|another))(?: ${NOW})?(?= ;| and| but| any| with| in this)`,
  `(?:wish|wished) ${I} (?:was|were|am|had been|had) (?:\\w+ )?(?:dead|never (?:been )?born|never woken up|not (?:here|alive|woken))|wish ${I} (?:would|could|did) (?:not|never) (?:\\w+ )?(?:wake up|exist)|wish ${I} (?:could|would|did) (?:\\w+ )?(?:die|disappear|vanish)`,
  `(?:better|best) off (?:if (?:i|we) (?:was|were) )?(?:dead|without me|if i (?:was|were|am)|if i wasn't)|(?:better|easier|happier) (?:for (?:\\w+ ){1,3})?(?:without me|if i (?:was|were) (?:dead|gone|not)|when i am gone|once i am gone)`,
  `${I} (?:am|was|have been|feel|keep|still|often|often feel)? ?(?:\\w+ ){0,2}(?:suicidal(?! thinking| reading| watching)|self harm(?:ing|ed)?|selfharm(?:ing|ed)?|hurting myself|cutting myself|cut myself (?:again|last|every|on purpose|because|tonight)|burning myself|starving myself)`,
  '(?:having|been|started|keep|kept|back to|i|am|was) (?:\\w+ )?(?:cut|cutting|hurting|harming|burning|slicing|scratching) (?:my (?:arms?|wrists?|legs?|thighs?|skin)|myself)(?= ;| again| since| with| at| every| and| because| to feel| so| tonight| until)',
  `(?:should|might|may|could|going to|will|about to|thought of|think about|thinking about|thinking of|considered|considering|tried|trying|try|planned|want|urge|decided) (?:\\w+ )?(?:to )?(?:\\w+ )?(?:kill|killing|hang|hanging|drown|drowning|shoot|shooting|top|topping|off|offing|unalive|end|ending|neck|gas|poison) (?:myself|my life|my own life|it all|it(?= tonight| today| now| soon| before| this week))`,
  `(?:kill|killing|hang|drown|unalive|end) myself(?= ;| ${NOW}| if| before| and| because)`,
  `(?:take|taking|took) my own life|(?:end|ending) (?:my (?:own )?life|my days|my pain|my suffering)`,
  '(?:no|any|not|see no|see any|a|single|one|have no) (?:\\w+ )?(?:reason|point|purpose|use) (?:\\w+ )?(?:to|in|for|of) (?:\\w+ )?(?:live|living|me living|go on|going on|carry on|carrying on|being (?:here|alive)|me|stay alive|staying|my life|my living|wake up|waking up)(?= ;| any| now| with| being| in| when| if| here)',
  'what (?:is|was) the point (?:of|in) (?:me|my (?:life|living)|living|being here|being alive|carrying on|going on|it all any)(?= ;| when| if| being| any)|nothing (?:left )?(?:to live for|worth living for|left for me(?: here)?)(?= ;| now| any)|(?:nothing|nobody|no one) (?:left )?(?:to|worth) (?:live|living) for',
  `(?<=^|; |i |just |really |honestly |simply )(?:cannot|can not|can't|cant) (?:do|take|face|cope with|bear|stand|go on with|keep doing|live (?:with|like)|fight) (?:it|this|this life|the pain|living|another (?:day|night|winter|christmas|year)|things|myself)(?: ${NOW})?(?= ;)`,
  `(?<=^|; |i |just |really |honestly |simply )(?:cannot|can not|can't|cant) (?:go on|carry on|keep going)(?: like this| living)?(?: ${NOW})?(?= ;| without)`,
  `(?:no one|nobody|noone|who|not one|hardly anyone|no soul) (?:\\w+ )?(?:would|will|ll|d|is going to)? ?(?:even )?(?:miss|notice|care|remember|mourn|cry|find|know) (?:me|if i (?:was|were|am|died|went|disappeared|vanished|wasn't|jumped)|when i am (?:gone|dead)|that i am gone)`,
  `(?:tired|sick|weary) of (?:living|life|being alive|existing)(?= ;| and)`,
  // Farewells
  `(?:(?:this|it|that) (?:is|will be|shall be)|(?:this|it|that)'ll be|thisll be) my (?:last|final) (?:comment|post|message|words?|goodbye|letter|night|day|time here|christmas)(?! (?:on|about) (?:the|this|that) (?:subject|matter|topic|point))(?= ;| here| ever| and| so| thanks| to)`,
  `(?:by the time|when|once|if) (?:you|anyone|any of you|people|someone|anybody|they|this is) (?:\\w+ )?(?:read|reads|see|sees|find|finds|get|published|printed) (?:this|it|me)(?: \\w+){0,3} ?;?(?: \\w+){0,2} (?:i (?:will|shall|ll|may|might) (?:\\w+ )?(?:be (?:gone|dead|at peace|with)|have (?:gone|left|done))|gone)`,
  `(?:i|have|ve|had|already)(?: \\w+)? (?:written|wrote|left|writing|finished) (?:the|my|a|all the) (?:letters?|notes?|goodbyes?|farewell \\w+|will and)(?= ;| and| to| for| on)|(?:goodbye|farewell|so long|bye|good bye) (?:all|everyone|everybody|cruel world|world|to you all|my friends|and thanks|then)(?= ;| and| i)(?= ;)`,
  `(?:i am|i'm|im|that is it|that is that|that is me|i am just|so)(?: then)? ;? ?(?:i am )?(?:so |just |completely )?done(?: with (?:life|living|it all|this life|everything|this world|being (?:here|alive)))?(?= ; (?:goodbye|bye|farewell|good night|goodnight))|done with (?:life|living|this life|this world|being alive)`,
  `(?:i|we) (?:will|shall|ll|am going to|would like to|want to|hope to|will soon|shall soon) (?:be )?(?:soon )?(?:join|joining|be with|see|follow|following) (?:her|him|them|my (?:\\w+ )?(?:wife|husband|son|daughter|mum|mother|dad|father|brother|sister|boy|girl|late \\w+))(?: again)?(?= ;| soon| before| on| in heaven| tonight| by| when| at last)`,
  `(?:made up my mind|mind is made up|made my decision|date is set|set a date|picked (?:a|the) (?:date|day|spot|place)|chosen (?:a|the) (?:date|day|spot|place|method)|have a plan|got a plan|plan is (?:in place|made))(?= ;| and| to (?:die|end|go)| already| i)`,
  `next time i (?:will not|won't|will|am not going to|might not) (?:\\w+ )?(?:come back|wake up|stop|fail|go through with it|do it|finish it|get out|be found|turn back|change my mind)`,
  // Means at hand
  `(?:i|have|been|ve|am|was|my) (?:\\w+ ){0,3}(?:saving|saved|hoarding|hoarded|stockpiling|stockpiled|collecting|collected|counting|counted|putting by|keeping|kept|stashing|stashed|lined|lining) (?:up )?(?:my|the|her|his|all my|enough|these)? ?(?:\\w+ ){0,2}${TABLETS}`,
  `(?:i have|i've|ive|there is|theres|got|i keep|i bought|bought|i know where the) (?:a |the |some |enough |my )?(?:\\w+ )?(?:rope|noose|${TABLETS}|blades?|razor blades?|shotgun)(?: \\w+){0,3} (?:in the|in my|by the|ready|upstairs|beside|next to|and (?:no one|nobody|i)|waiting|would do|under)`,
  `(?:stand|standing|stood|sit|sitting|sat|walk|walked|go|went|drive|drove|end up|look|looked|looking|stare|staring)(?: \\w+){0,3} (?:on|at|to|from|over|near|down at|off) (?:the |a |that |this )?(?:\\w+ )?(?:platform|bridge|ledge|cliffs?|edge|roof|balcony|tracks?|railway|viaduct|weir|multi ?storey|car park roof|river)(?: \\w+| ;){0,8} (?:how (?:many|easy|quick|cold|high|far|long)|steps?|jump|jumping|just let|let go|one step|step off|stepping|would be over|end it|think about it|wonder|go under|thinking)`,
  `(?:took|taken|swallowed|taking|had) (?:all|the whole|a (?:load|handful|packet|box|bottle)|every|too many|an overdose|loads)(?: of)?(?: \\w+){0,2} ?(?:${TABLETS}|overdose)?(?= ;| and (?:now|i|nobody)| of ${TABLETS}| tonight| last night)(?=.{0,60}(?:tablets|pills|paracetamol|sleep|dying|die|over|goodbye|sorry|help))`,
  'took an overdose (?:last|again|on|this|tonight)|my (?:last|only|one) way out(?= ;)|(?:i|me) (?:just )?(?:need|want) (?:the pain|it all|everything|the noise) to (?:stop|end)',
  'cry(?:ing)? for help|please help me ;? ?i (?:am|do not|cannot|want)|reached out(?: \\w+| ;){0,12} (?:done|goodbye|no one|nobody|gave up)',
  `(?:i am|im|feel like|feeling like|been|nothing but|only|just) (?:\\w+ )?(?:a )?(?:burden (?:to|on) (?:everyone|everybody|my|them|all)|worthless and|waste of space and i)`,
  'ready to (?:go|die|leave this (?:world|life)|meet my maker)(?= ; (?:i|goodbye)| now ;| tonight)|(?:tonight|today) is the (?:night|day)(?= ; (?:i|goodbye|sorry|no))',
  `(?:fell?|fall) asleep and (?:never|not) wake up|(?:hope|pray|wish) ${I} (?:do not|don't|dont|never|won't) (?:wake up|see (?:morning|tomorrow))`,
);

/** Signs that mean something only together. */
const DESPAIR = anyOf(
  "(?:lost|losing) (?:the|my|our) (?:wife|husband|farm|house|home|job|business|shop|kids|children|will|son|daughter|mother|mum|dad|lot)|(?:lost|losing) (?:everything|it all)|(?:no one|nobody|noone) (?:\\w+ )?(?:cares?|listens|left|would (?:know|notice|care)|for \\w+ miles|around|to (?:talk|turn) to)|(?:so|very|too|just|completely|utterly) (?:tired of (?:it all|living|everything|being)|alone|lonely|empty|numb|worthless|hopeless|exhausted)|(?:cannot|can't|cant) (?:sleep|stop crying|see a way|go back|breathe|take)|hate (?:myself|my life)|(?:for the first time in|haven't felt) (?:\\w+ ){1,3}(?:calm|peace|at peace|relief)|i feel (?:calm|at peace|nothing|empty|numb|relieved)|sorry (?:to|for) (?:everyone|my|all|being|the (?:mess|trouble))|at (?:3|4|2|three|four|two) ?(?:am|in the morning)",
);
const HINT = anyOf(
  '(?:rope|noose|beam|bridge|platform|tracks|ledge|cliff|tablets|pills|bleach|blade|blades|shotgun|river|overdose|razor)',
  "(?:tonight|the letters|the note|a note|someone to take the (?:dog|cat|dogs|cats|birds)|(?:home|owner) for the (?:dog|cat)|given away (?:my|the)|put my affairs|affairs (?:are )?in order|goodbye|good bye|farewell|last time|long sleep|not much longer|will not be (?:here|around|a problem|long)|won't be (?:here|around|long))",
);
const LAUGHING =
  /laugh|lol|haha|😂|🤣|of (?:boredom|shame|embarrassment|hunger|thirst)|for a (?:drink|pint|coffee|cuppa|smoke|wee)|my (?:subscription|membership)|gym|marathon|diet|(?:vote|voting|voted)|season|in the polls/iu;
const OF_ONESELF = /(?<![\p{L}])(?:i|me|my|myself)(?![\p{L}])/iu;
const FIRST_PERSON = /(?:^| )(?:i|my|me|im|myself) /;
const ABOUT_OTHERS =
  /(?:^|[^\p{L}])(?:he|she|they|people|who|brother|sister|son|daughter|friend|father|mother|husband|wife|uncle|aunt|cousin|girl|boy|man|woman|patients?|students?|teenagers?|victims?|character)(?: \p{L}+){0,4}\s*["“]?$/iu;

/**
 * Whether the author of a text seems to announce suicide or self-harm, by what they say about themselves.
 *
 * @param embedding of the text; null if it was not encoded, so that only known phrases are found
 */
export const announcesSelfHarm = (input: Pick<PhaseInput, 'body'>, embedding: Float32Array | null): boolean =>
  hasAnnouncingPhrase(input) || (intentMargins(input.body, embedding)?.selfHarm ?? -1) >= 0;

function hasAnnouncingPhrase(input: Pick<PhaseInput, 'body'>): boolean {
  const { body } = input;
  const isQuoted = quotationsOf(body);
  const plain = plainTextOf(body, readingOf(input));
  const isOwn = ([start, end]: Span): boolean =>
    !isQuoted(start) &&
    (OF_ONESELF.test(body.slice(start, end)) ||
      !ABOUT_OTHERS.test(body.slice(Math.max(0, start - 60), start)));
  const finds = (pattern: RegExp): boolean => spansOfPattern(pattern, plain).some(isOwn);
  if (finds(ANNOUNCED)) return !LAUGHING.test(body);
  return FIRST_PERSON.test(plain.text) && finds(DESPAIR) && finds(HINT);
}
