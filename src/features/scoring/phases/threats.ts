import { NO_SCORE, uniteSpans, type ScoreMap } from '../scores.js';
import { anyOf, plainTextOf, spansOfPattern } from '../lexicon/plain-text.js';
import { GROUP_NAMES } from './group-names.js';
import { isReportedAt, quotationsOf } from './reported-speech.js';
import { readingOf, type PhaseInput } from './phase.js';

/* Threats and wishes of harm in the words that people use for them; the model knows few of them (300 in its training data). */

const THREAT = 0.75;

const YOU = '(?:you|ya|ye|yous|yourself)';
const YOUR = '(?:your|yer)';
const KIN =
  '(?:family|kids?|children|child|wife|husband|mother|mum|mam|mom|dad|father|daughters?|sons?|sister|brother|nan|house|home|car|dog|cat|front door|windows?)';
const ROLE =
  '(?:man|woman|judge|mp|minister|mayor|referee|ref|journalist|reporter|author|writer|editor|councillor|politicians?|traitors?|cop|doctor|teacher|bishop|imam|vicar|rat|scum|bastards?|bitch|lot|people)';
const THEM = `(?:${YOU}|him|her|them|em|he|she|they|(?:this|that|the|these|those|every|all) (?:\\w+ ){0,2}${ROLE})`;
const BODY =
  '(?:face|head|skull|teeth|jaws?|neck|throat|legs?|knees?|knee ?caps?|arms?|fingers?|hands?|bones?|ribs?|nose|eyes?|balls|spine|back|windows?)';
const WILL =
  "(?:i|we|me and \\w+|someone|somebody)(?: will| shall| am going to| are going to| am gonna| gonna| will gladly| will happily| would| would gladly| would happily| would love to| would like to| want to| wanna| swear (?:to god )?i will| promise to| plan to| intend to| can't wait to| cannot wait to)";
const FEW = '(?:(?!not |never )\\w+ ){0,2}';
const SEVERE_HARM =
  '(?:kill|murder|stab|shoot|hang|lynch|behead|gut|knife|rape|torch|drown|strangle|burn|butcher|skin|maim|cripple|castrate|poison|decapitate|slaughter|execute|garrotte|glass|kneecap)';
const HURT = `(?:${SEVERE_HARM}|break|smash|bash|beat|batter|kick|punch|slap|hit|hurt|harm|hunt|bury|end|choke|throttle|deck|destroy|slit|cut|run over|crush|bite)`;
/** Threats only if nothing else follows: "I will find you a seat" is none. */
const PURSUE = '(?:get|find|come for|visit|track down|come and find)';
const HARMED =
  '(?:raped|gang ?raped|shot|stabbed|hanged|hung|lynched|murdered|killed|beaten|burned|burnt|burned alive|run over|blown up|bombed|assaulted|attacked|tortured|executed|beheaded|drowned|strung up|strangled|gassed|hit by a|knocked down|put down|crushed|mugged|infected|kneecapped|castrated|stoned|flogged|horsewhipped|knifed|cancer|aids|leukaemia)';
const DYING =
  '(?:die|dies|burn|burns|drown|drowns|rot|rots|choke|chokes|suffer|suffers|hang|hangs|perish|bleed|bleeds|crash|crashes)';

const PATTERN = anyOf(
  // What the author will do
  `${WILL} ${FEW}${HURT} (?:down |up |out )?${FEW}(?:${YOU}|${YOUR} (?:\\w+ )?(?:${KIN}|${BODY}))`,
  `${WILL} (?:\\w+ )?${PURSUE} ${YOU}(?= ;| (?:one day|for (?:this|that)|and (?:kill|hurt|make|beat|break|end)))`,
  `${WILL} ${FEW}${SEVERE_HARM} (?:${THEM}|(?:his|her|their) (?:\\w+ )?(?:${KIN}|${BODY}))`,
  `${WILL} ${FEW}(?:break|smash|bash|kick|punch|cut|slit|rip|knock|cave|blow|crush) (?:in |off |out )?(?:every|your|yer|his|her|their|both|all|the) (?:\\w+ ){0,2}${BODY}`,
  `${WILL} ${FEW}(?:put|stick) (?:a|the|this|my) (?:bullet|knife|brick|fist|boot|axe|shotgun|bat)`,
  `(?:i|we) (?:am|are) (?:coming|going to come) (?:for|after) (?:${YOU}|him|her|them|${YOUR} ${KIN})`,
  `(?:i|we|they) (?:will|shall) (?:be )?(?:see|meet|wait for|waiting for) ${YOU} (?:outside (?:your|the) (?:house|home|office|work|pub|gates?)|in (?:the|a) (?:car ?park|alley|dark))`,
  `(?:i|we) (?:will|shall) (?:make|see to it|be) (?:\\w+ ){0,3}(?:${YOU} (?:pay|suffer|regret|disappear|bleed|scream)|sorry)`,
  `(?:i|we) (?:have|ve|got|have got)(?: got)? (?:\\w+ )?(?:gun|rifle|shotgun|knife|machete|bat) (?:\\w+ ){0,3}(?:${YOUR} name|for ${YOU}|with ${YOU})`,
  `(?:bring|bringing|fetch|get|load|loading) (?:my|our)(?: own)? (?:\\w+ )?(?:rifle|gun|shotgun|rope|noose|machete|petrol|pitchforks?|bat)`,
  '(?:i|we) will (?:hold|bring|buy|pay for|supply) the (?:ladder|rope|bullets?|noose|petrol|matches|shovel|spade)',
  'pay for the (?:bullets?|rope|petrol|shovel)',
  // Wishes
  `(?:hope|hoping|wish|pray|praying|want|would love|love) (?:that )?(?:to see )?(?:somebody|someone|a \\w+|\\w+) (?:\\w+ )?(?:kills?|shoots?|stabs?|rapes?|hangs?|runs? over|finishes off|burns?) ${THEM}(?! (?:off|to|the|a|back|elected|out))`,
  `(?:hope|hoping|wish|pray|praying) (?:that )?(?:to god )?${THEM} (?:\\w+ ){0,3}(?:gets?|are|is|be|ends? up|getting) (?:\\w+ )?${HARMED}`,
  `(?:hope|hoping|wish|pray|praying) (?:that )?(?:to god )?(?:the |your |his |her |their )?(?:${THEM}|${KIN}|bus|plane|train|car|ship|boat|coach) (?:\\w+ ){0,2}(?:${DYING}|goes off|go off|blows up|sinks|falls out|explodes)(?! (?:laughing|down|for|with joy|out|the|that|in the polls|a (?:vote|case)))`,
  `hope (?:they|he|she|someone|somebody|it) (?:let|lets|make|makes|leave|leaves) (?:you|him|her|them) (?:\\w+ )?(?:burn|die|rot|suffer|bleed|drown|hang)`,
  `(?:want|would love|would like|cannot wait|can't wait|long|love|live) to (?:see|watch) ${THEM} (?:\\w+ ){0,2}(?:${DYING}|${HARMED}|twitch)`,
  // What should happen
  `${THEM} (?:\\w+ )?(?:should|ought to|must|needs? to|deserves? to|has to|have to|wants?)(?: all| just| really)? (?:be|get|got)(?: taken out and| dragged out and| publicly)? (?:raped|gang ?raped|shot|stabbed|hanged|hung|strung up|lynched|gassed|put down|beheaded|castrated|drowned|burned|burnt|beaten|flogged|horsewhipped|executed|stoned|tarred and feathered|put against a wall|kneecapped|knifed|put up against a wall|run over|sterilised)`,
  `(?:should|ought to) (?:have been|be) (?:drowned|strangled|smothered|put down|shot) at birth`,
  `(?:someone|somebody|one of us|anyone|they|we) (?:should|needs? to|ought to|must|has to|could|will|is going to|please) (?:\\w+ ){0,2}(?:put (?:a|the) bullet|put (?:\\w+ ){1,3}down|shoot|stab|hang|lynch|rape|kill|behead|burn|torch|firebomb|string up|run over|smack|knife|slap|kick|drown|gas|finish|deal with) (?:\\w+ ){0,2}(?:${THEM}|every|his|her|their|up)`,
  `(?:deserves?|needs?|asking for|wants?|could do with) (?:a|the) (?:good |damn good |proper |bloody good |sound |right )?(?:raping|slapp?ing|slap|smack|kicking|hiding|beating|lynching|bullet|noose|hanging|thrashing|punch|stabbing|shooting|whipping|flogging|horsewhipping|baseball bat|acid bath)`,
  `(?:put|stick|lodge|place|fire|deserves?|needs?) (?:a|one|two|the) bullets? (?:in|through|into|between) (?:the|his|her|your|their|that|this|every|\\w+'s?)|bullets? (?:in|through) (?:his|her|your|their) (?:\\w+ )?(?:head|skull|brain|back|eyes|neck)`,
  '(?:go|end up|goes|ends up|needs to go) the same way as (?:the|that|her|his|jo|david) (?:\\w+ ){0,6}(?:stabbed|shot|killed|murdered|hanged)',
  `(?:swing|swinging|hang|hanging|dangle|dangling|hanged|strung up) (?:them |him |her |you )?(?:from|off) (?:a|the|every|lamp|its|that|any) ?(?:\\w+ )?(?:lamp ?posts?|posts?|trees?|bridges?|rope|balcony|crane|rafters|gallows)`,
  '(?:first|be|up|put|stood|lined up) (?:up )?against (?:the|a) wall(?: ;| and| when| with)',
  '(?:string|hang) (?:him|her|them|em|the lot|you) (?:all )?up',
  '(?<=^|; |just |should |say )(?:hang|shoot|gas|lynch|drown|burn|kill|execute|machine gun|exterminate|nuke) (?:them|em|the lot|these people|those people)(?: of (?:them|you))?(?: all)?(?= ;| and| before| like| tonight| now| at)',
  `(?<=^|; )(?:just |please |simply |let us |lets |we should |we must |time to )?(?:kill|murder|shoot|hang|lynch|behead|burn|gas|exterminate|execute|slaughter|drown|nuke|castrate|sterilise) (?:off )?(?:all|every|each|the)(?: of)?(?: the| these| those)? ${GROUP_NAMES}`,
  '(?:sink|torpedo|bomb|machine gun|shoot at) (?:the|their|every|those) (?:boats?|dinghies|dinghys|ships|rafts)',
  '(?:let|leave) (?:them|em) (?:all )?(?:drown|burn|starve|freeze|sink)',
  `(?:burn|bomb|torch|blow up|fire ?bomb|petrol bomb|set fire to|burn down) (?:down )?(?:the|this|their|your|every|all) (?:\\w+ ){0,2}(?:hostel|hotel|mosque|synagogue|church|temple|house|houses|centre|center|camp|caravans?|embassy|building|studio)`,
  '(?:can|drop|gallon|bottle|bit) of petrol and (?:a|some) (?:match|matches|lighter)',
  // What is known of somebody
  `(?:i|we|they|people|everyone) (?:all )?(?:know|knows|found|have found|found out|worked out|have) (?:exactly )?where (?:${YOU}|he|she|they|${YOUR} ${KIN}|the \\w+) (?:all )?(?:live|lives|sleep|sleeps|work|works|park|parks|drink|drinks|go(?:es)? to school|walks?)`,
  `(?:i|we) (?:have|got|have got|know|found|have found)(?: got)? (?:your|his|her) (?:home |full |new )?(?:address|ip|number ?plate|registration|postcode)`,
  `(?:i|we) know (?:which|what) (?:school|car|bus|train|pub|gym|street|house) (?:${YOU}|he|she|${YOUR} ${KIN})`,
  `watch ${YOUR} back(?= ;)`,
  '(?:sleep|sleeping) with one eye open',
  `(?:look|looking|check|glance) (?:behind ${YOU}|over ${YOUR} shoulder|under ${YOUR} car)`,
  `see what (?:happens|comes) to (?:you|her|him|your ${KIN})(?= ;)`,
  `${YOU} (?:will not|won't|are not going to|ain't going to|is not going to|will never) (?:be )?(?:walk(?:ing)?|get(?:ting)?|come|coming|make|leave|leaving|see|live|last|wake)(?: it)?(?: out| away| home| to see| up| until| till)?(?: of (?:it|here|there)| alive| christmas| easter| tomorrow| the (?:week|month|year|morning|winter|summer|election)| another| next)`,
  `${YOU} will (?:be found|be fished|be floating|be lying|wake up|end up|finish up) (?:\\w+ )?(?:in|under|at the bottom of|face down)`,
  `${YOU} (?:are|is) (?:a )?(?:dead (?:man|woman|meat)|dead|next|on (?:my|our) list|being watched)(?= ;| mate| pal)`,
  `${YOU}(?: will| are going to| gonna)+ (?:(?!not |never )\\w+ )?(?:pay for (?:this|it|that|what)|regret (?:this|it|that|writing|saying)|be next|get yours|get what is coming|wish you (?:had|were)|be eating|be sorry you|bleed|die)`,
  `(?:your|his|her|their) ${KIN} (?:will|are going to|is going to|gonna|might|better) (?:\\w+ ){0,2}(?:pay|suffer|die|be next|regret|get hurt|get it|burn|be sorry)`,
  'be (?:eating|drinking|fed) (?:\\w+ ){0,2}through a (?:straw|tube)',
  `${YOU} (?:have|ve|got|have got) (?:a|one|two|few|\\d+|twenty four|forty eight) (?:weeks?|days?|hours?|minutes?) to (?:\\w+ )?(?:take|delete|remove|apologise|apologize|leave|get out|pull|retract|resign)(?: \\w+){0,6} (?:or|otherwise|else)`,
  `(?:would|it would|will|ll|that would)? ?be (?:a|such a|a real) (?:pity|shame) if (?:something|anything|it|your \\w+|that \\w+) (?:\\w+ ){0,2}(?:happened|burned|burnt)`,
  '(?:shame|pity) if (?:something|anything) (?:\\w+ )?(?:happened|were to happen)',
  `(?:nice|lovely|pretty|sweet) (?:little )?(?:house|car|family|kids|wife|daughter|home|place|dog|girls) (?:${YOU} (?:have|got|ve)|there)(?: got)?(?: there)? ;(?: \\w+){0,8} ?;? ?(?:be )?(?:a )?(?:pity|shame)`,
  `(?:wait|just wait) (?:till|until) (?:${YOU} are (?:alone|on ${YOUR} own|by yourself|asleep|walking)|(?:we|i) (?:find|catch|get hold of) (?:${YOU}|him|her)(?= ;))`,
  `your brakes? (?:might|may|could|will) (?:fail|stop|go)`,
  `(?:hope|better hope|pray) (?:i|we|they|nobody|he|she) (?:do not|don't|never|doesn't|does not|finds?|meets?|catch|catches) (?:\\w+ )?(?:meet|find|catch|see|out where)?(?: ${YOU})`,
  `(?:if|when|next time|the day) (?:i|we) (?:ever )?(?:meet|see|catch|find|get hold of|get my hands on|bump into) (?:${THEM}|the \\w+|(?:his|her|your) \\w+)(?: \\w+){0,6} ;? ?(?:i|we|he|she|you|they) (?:will|would|am going to|gonna) (?:\\w+ ){0,2}(?:${HURT}|regret|bleed|cry|be eating|eat|need|wish|spit|not walk|never)`,
  `(?:say|come and say|try saying) that (?:to my face|in (?:our|my) (?:village|town|pub|street|estate|city)|round here)(?: \\w+){0,3} (?:and|see|if you dare|you will)`,
);
const NEGATED =
  /(?:^|[^\p{L}])(?:don['’]?t|do not|does not|doesn['’]?t|never|nobody|no one|nothing|not|wouldn['’]?t|didn['’]?t|if you think)(?: \p{L}+){0,2}\s+$/iu;

/** Scores threats and wishes of harm that somebody utters, not those that are quoted or reported. */
export function threats(input: Pick<PhaseInput, 'body'>): ScoreMap {
  const { body } = input;
  const isQuoted = quotationsOf(body);
  const spans = [...spansOfPattern(PATTERN, plainTextOf(body, readingOf(input)))].filter(
    (span) =>
      !isReportedAt(body, span, isQuoted) && !NEGATED.test(body.slice(Math.max(0, span[0] - 40), span[0])),
  );
  return { threat: spans.length === 0 ? NO_SCORE : { value: THREAT, spans: uniteSpans(spans) } };
}
