import { anyOf, plainTextOf, spansOfPattern } from '../lexicon/plain-text.js';
import { NO_SCORE, uniteSpans, type ScoreMap } from '../scores.js';
import { GROUP_NAMES } from './group-names.js';
import { isReportedAt, quotationsOf } from './reported-speech.js';
import { readingOf, type PhaseInput } from './phase.js';

/* Set phrases of hate that name no group and use no slur: codes, denial of genocide, "these people". */

/** Above the default threshold for identity attacks. */
const CODED = 0.65;

const THESE =
  '(?:these|those|them|they|that (?:lot|sort|kind|tribe|type)|this (?:lot|sort|kind|tribe)|their (?:kind|sort|type|lot)|his kind|her kind|your (?:kind|sort|lot|type)|you lot|you people|(?:these|those|such) (?:people|types?|women|men|folk|creatures|things|animals))';
/** Without "they", which may be anything. */
const SUCH_PEOPLE =
  '(?:that (?:lot|sort|kind|tribe)|this (?:lot|sort|tribe)|their (?:kind|sort|lot)|your (?:kind|sort|lot)|you lot|you people|(?:these|those|such) (?:people|types|women|men|folk|creatures))';
const GENOCIDE =
  '(?:holocaust|shoah|srebrenica|auschwitz|treblinka|gas chambers?|armenians?|holodomor|rwanda|tutsis?|bosnia|genocide|six million|6 million|anne frank|ovens|bosniaks|yazidis|uyghurs?|darfur|rohingya)';
const DENIAL =
  "(?:hoax|fairy ?tales?|myth|lie|lies|never happened|never added up|do not add up|don't add up|did not happen|didn't happen|exaggerated|made up|invented|actors|propaganda|nothing happened|greatly inflated|inflated|scam|industry|swindle|business)";

const PATTERN = anyOf(
  '(?:breed|breeding|bred|breeds|multiply|multiplying|reproduce) like (?:\\w+ )?(?:rabbits|rats|flies|vermin|cockroaches|mice|insects|animals|bacteria|dogs)',
  `(?:send|ship|kick|put|throw|pack|chuck|fly|boot|deport|march) (?:${THESE}|em|him|her|you|the (?:whole )?lot|every \\w+|(?:all |the |these |those )*${GROUP_NAMES})(?: of (?:them|you))?(?: all| all of them| back)* (?:back|out|home)? ?(?:in|to|where|on|onto|into) (?:boxes|coffins|body ?bags|cattle (?:trucks|wagons|cars)|the jungle|the desert|the sea|ships and|boxcars|trains to|camps?|an island|the ovens)`,
  `(?:boxes|coffins|body ?bags) (?:is|are) the only way`,
  'the great replacement|white (?:genocide|extinction)|(?:bred|breeding|breed) (?:us |whites? |our \\w+ )?out(?: of)?|outbred|outbreed(?:ing)?|race ?mixing|(?:ethnically|racially) (?:pure|clean|cleansed)|blood and soil|white (?:pride|power)|make (?:\\w+ ){1,2}white again',
  'import(?:ing)? the third world|become the third world|third world (?:savages?|scum|trash|filth|hordes?|invaders?|vermin)',
  `${GENOCIDE}(?: (?:is|was|were|are|has been))?(?: (?:a|the|just|all|only|pure|such|complete|total)){0,2} ${DENIAL}`,
  `(?:hoax|myth|fairy ?tales?|lie|lies|swindle) (?:of|about) (?:the )?${GENOCIDE}`,
  '(?:nothing|no one|nobody) (?:much )?(?:happened|died|was gassed) (?:in|at) (?:srebrenica|auschwitz|treblinka|rwanda|bosnia|dachau|xinjiang)',
  'holohoax|(?:6|six) gorillion|never added up ;|(?:maths?|arithmetic|numbers) (?:on|of|at) the (?:ovens|camps|chambers)',
  "(?:the )?(?:austrian|failed) (?:painter|corporal)(?: \\w+){0,6} (?:right|point|finish|finished|job|idea|correct)|(?:hitler|adolf|h man|uncle adolf|mr hitler) (?:was|had|should|did not|didn't|would have|knew|needs)(?: \\w+){0,3} (?:right|point|finish|finished|job|enough|ideas?|correct)|heil hitler|sieg heil|1488|gas (?:them|the|chambers? (?:for|are too))",
  '(?:109|110|hundred and nine) (?:countries|and counting|times|nations)|(?:threw|kicked|thrown|expelled)(?: \\w+){0,3} (?:tribe|them) out(?= ;)',
  '(?:thirteen|13) ?(?:percent|per cent|%)? of (?:the )?(?:\\w+ )?population ;? ?(?:but |and )?(?:\\w+ ){0,3}(?:fifty|50|52|half)|despite (?:being|making up)(?: only)? (?:13|thirteen)',
  '(?:small|tiny|little) hats? (?:people|club|brigade|tribe)|hook ?(?:nosed?|noses)|(?:globalist|cosmopolitan|rootless) (?:bankers|friends|cabal|elites? with)|early life section|goyim|chosen people (?:again|at it|strike|behind)|synagogue of satan|rothschilds? (?:own|run|behind|control)|jewish (?:question|lobby|bankers|supremac\\w+)|zog',
  `(?:take|taken|took|get) (?:them|him|her|the \\w+) out of the (?:jungle|trees|caves?|bush|desert|ghetto|swamps?)|(?:swinging|down|fresh|straight) (?:from|out of|off) (?:the|their) (?:jungle|trees)`,
  '(?:left|leave|leaving|opened|forgot) (?:\\w+ )?(?:the )?(?:cage|zoo|kennel|monkey house|enclosure)s? (?:open|door|unlocked)|escaped from the zoo|(?:belong|put (?:them|it|her|him)|keep (?:them|it|her|him)) in (?:a|the) (?:zoo|cage|jungle|asylum|kennel)',
  '(?:swarm|swarms|infestation|plague|horde|hordes|flood|invasion) of (?:them|migrants|immigrants|foreigners|muslims|refugees|asylum seekers|these|those|illegals)|what do you do with (?:a swarm|vermin|rats|an infestation|parasites)|smoke (?:it|them) out|clean (?:the|our) (?:house|streets|country|town) of|fumigate (?:them|the lot)|exterminate (?:them|the lot)',
  `(?:only good|the good|a good) (?:one|\\w+) is a dead (?:one|\\w+)`,
  `(?:${SUCH_PEOPLE}|they)(?: (?:are|is))? (?:not|never|no longer|not even|not really|barely|hardly) (?:fully |really |quite |properly )?(?:human|evolved|civilised|civilized|people like us)(?: like us| enough| beings)?|less than human|sub ?human|untermensch|half ?breeds?|lesser (?:race|breed|people|species)|inferior (?:race|breed|species|people|genes|culture|stock|blood)`,
  `${SUCH_PEOPLE}(?: \\w+){0,3} (?:do not|don't|cannot|can't|can not|will never|never|only|all|are all|always|just|simply|are just|are not|have no|know nothing but) (?:feel (?:pain|things|it)|understand (?:the whip|force|violence|the stick|one)|be civilised|be civilized|integrate|assimilate|belong here|at it|rape|steal|lie|breed|live (?:like|in houses)|like us|clean|wash|savages|animals|rapists|thieves|criminals|terrorists|vermin|parasites|paedophiles|groomers|murderers)`,
  `they (?:\\w+ )?(?:do not|don't|cannot|can't|can not|will never|never|only|are all|all|always|just|are just) (?:feel pain|understand (?:the whip|force|violence|the stick)|be civilised|be civilized|integrate|assimilate|breed|live like (?:animals|rats|pigs)|rape|savages|animals|rapists|terrorists|vermin|parasites|groomers)`,
  `(?:only thing|all) (?:that lot|these people|those people|their (?:kind|sort|lot)|your (?:kind|sort|lot)|that sort) (?:understand|know|are good for|respect)`,
  `${THESE}(?: \\w+){0,4} (?:are after|groom|grooming|coming for|come for|target|prey on|rape|raping|touch) (?:\\w+ )?(?:our|your|the|white) (?:kids|children|girls|daughters|women|boys|wives)`,
  `(?:our own|white|native|european) (?:women|girls|daughters|children|blood|race|people|culture|kids) (?:\\w+ ){0,2}(?:being )?(?:bred|raped|replaced|outnumbered|erased|exterminated|polluted|mongrelised|destroyed|diluted|extinct|wiped out)`,
  `(?:it is|it's|they have it|runs|is all) in their (?:blood|dna|genes)(?= ;| and| they)`,
  'their (?:culture|religion|holy book|prophet|god|faith) (?:is|was|are|means)(?: (?:a|an|pure|nothing but|just|all|about)){0,2} (?:rape|raping|goats?|paedophile|pedo|cult|death cult|evil|filth|cancer|savage|barbaric|disease|poison)',
  '(?:no such thing as|there is no|there are no|show me) (?:a |an )?(?:moderate|good|peaceful|honest|innocent|decent) (?:one|ones|muslim|muslims|jew|jews|immigrant|gypsy|gypsies|traveller|travellers|migrant)',
  `(?:women|girls|females|wives) (?:like (?:that|her|you) )?(?:are|is|were|belong|only|should|need|must|were made|was made|exist)(?: \\w+){0,3} (?:good for (?:one|only|breeding|nothing)|in the (?:kitchen|bedroom)|on (?:their|her) (?:back|knees)|to (?:serve|obey|breed|be seen)|know their place|for (?:breeding|one thing)|too (?:emotional|stupid|hormonal))`,
  '(?:know|learn|remember) (?:your|her) place(?= ;| woman| girl| boy)|(?:uppity|get back in the kitchen|(?:go|now|and) make me a sandwich|barefoot and pregnant|repeal the nineteenth)',
  '(?:close|shut|burn|ban|bulldoze|raze|level|bomb) (?:down )?(?:every|all|each)(?: one)? ?(?:of )?(?:their|the|those)? ?(?:temples?|mosques?|synagogues?|churches|gurdwaras?|camps?|shops)',
  '(?:too|bit|rather|very|so) (?:dusky|swarthy) (?:for|to)|(?:dusky|swarthy|coloured) (?:fellow|gentleman|types?|chap|sort|folk)',
  '(?:you )?(?:have to|got to|need to|must) (?:cut|root|burn|stamp) (?:it|them) out(?= ;)|(?:like|spread like|is like) (?:damp|rot|mould|a cancer|rats|cockroaches|locusts|a virus|rising damp) (?:you|spreading|once)',
  "(?:go|piss off|fuck off|get|send (?:him|her|them|you)|bugger off|off|why (?:do not|don't|not) (?:you )?(?:just )?go) back (?:to )?(?:where (?:you|he|she) (?:came|come|crawled|belong)|bongo bongo land|mecca|your own country)",
  '(?<=^|; |just )(?:go|fuck off|piss off|bugger off) back to (?:africa|pakistan|india|poland|romania|china|syria|somalia|israel|the middle east|bangladesh|nigeria|jamaica|mexico|afghanistan|albania|turkey)',
  'thick (?:paddy|paddies|micks?)|(?:curry|bongo bongo|camel) (?:land|jockeys?|munchers?)|(?:cotton|watermelon|fried chicken)(?= picker| pickers| boy)|(?:poo|shit|shitting) in (?:the )?(?:loo|street|streets)|(?:slant|squint|slit) ?eyes?|ching chong|(?:ooga|unga) (?:booga|bunga)|allahu? akbar (?:boom|bang)|goat ?(?:fuckers?|shaggers?|botherers?)|sheep ?shaggers?',
  'men in (?:dresses|frocks)|(?:mentally ill|deluded|confused|perverted) (?:men|blokes?|freaks?) (?:in|who|pretending|dressed)|(?:wigs? and dress(?:es)?)|adam and steve|(?:groomers?|nonces?|paedos?|perverts?|freaks?) (?:flag|parade|agenda|in dresses|in wigs)|(?:groom|grooming|are after|coming after) (?:our|your) (?:kids|children)',
  '(?:on|off) the edge of a cliff and (?:keep|carry)|build (?:it|them) a ramp|(?:put|putting) (?:it|them|him|her|those|these) (?:all )?down (?:like|at birth|as|humanely)|(?:drain|burden|waste) on (?:us|society|the taxpayer) (?:and|so) (?:\\w+ ){0,3}(?:should|put|drown|let)|(?:breeding|useless) (?:machines|eaters|mouths)|incubators? on (?:their|those)',
  "(?:sweeper|cobbler|dalit|untouchable|low caste|shudra)(?:'?s)? (?:son|boy|blood|stock|will always)|caste is caste",
);

/** Scores phrases of hate without slurs, as identity attack. */
export function dehumanising(input: Pick<PhaseInput, 'body'>): ScoreMap {
  const { body } = input;
  const isQuoted = quotationsOf(body);
  const spans = [...spansOfPattern(PATTERN, plainTextOf(body, readingOf(input)))].filter(
    (span) => !isReportedAt(body, span, isQuoted),
  );
  return { identityAttack: spans.length === 0 ? NO_SCORE : { value: CODED, spans: uniteSpans(spans) } };
}
