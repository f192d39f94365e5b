import { WordList } from '../word-lists/word-list.js';

/* Phrases that call on somebody to harm themselves, for `self-harm-baiting.ts`. */

// Shorter phrases written as one word are parts of other words.
const MIN_JOINED_CHARS = 8;

/** The entries, also written as one word as in hashtags and names: "#DrinkBleach". */
const entriesOf = (text: string): string[] =>
  text.split(/[,\n]/).flatMap((written) => {
    const entry = written.trim();
    const joined = entry.replaceAll(' ', '');
    return joined.length >= MIN_JOINED_CHARS && joined !== entry ? [entry, joined] : entry || [];
  });

/** Phrases that address somebody wherever they occur. */
export const ADDRESSED_PHRASES = new WordList(
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

/** Advice to die, if addressed to somebody; "people who drink bleach" is about others. */
export const ADVICE = new WordList(
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
 * The same by kinds of verbs, objects and means. Patterns are matched against a plain text: words in lower case with
 * one space between them, " ; " between clauses, and a weapon's emoji as "kill".
 */
const SELF = '(?:yo?u?r?|yer?|ur?|ya|thy)[ -]?(?:s+e*l+(?:f+|ve?s?)?|slef)';
const KILL = '(?:k[iy]*l+[iy]?l*e?|kiii|k word)';
const YOU = '(?:you|u|ya|ye)';
const YOUR = '(?:your|ur|yer)';
const A =
  '(?:(?:a|an|the|your|ur|some|that|any|all|nearest|next|tall|high|whole|big|nice|of|\\d+|bottle|glass|pint|cup) ){0,5}';
const PUT = '(?:put|stick|shove|place|get)';
const END =
  '(?= ;| (?:already|now|tonight|today|please|pls|plz|lol|slowly|alone|idiot|loser|mate|bro|you|u) ?| ?$)';
const anyOf = (...sources: string[]): RegExp =>
  new RegExp(`(?<![\\w'])(?:${sources.join('|')})(?![\\w'])`, 'g');

/** Patterns that address somebody wherever they occur. */
export const ADDRESSED_PATTERN = anyOf(
  'k+y+s+',
  `(?:${KILL}|unalive|un alive|neck) ${SELF}`,
  `(?:kill|unalive)(?:y?o?urself|urselves)`,
  `(?:tried|try|consider(?:ed)?|thought (?:of|about)|about) (?:kill|hang|drown|shoot|off|end|top|unaliv)ing ${SELF}`,
  `have you (?:ever )?(?:considered|thought (?:of|about)|tried) (?:suicide|not (?:being alive|living|existing))`,
  `(?:you|u|ya) (?:should|shud|could|must|need to|ought to|better) (?:(?:just|really|all|go|go and) )*commit (?:suicide|sudoku|seppuku|die|not alive)`,
  `(?:go|just|please|pls|plz|and) commit (?:suicide|sudoku|seppuku|die|not alive|sewer ?slide)`,
  'commit sewer ?slide',
  'suicide is (?:always )?(?:the|an) (?:answer|option|solution) for (?:you|u)',
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
  // You should not have been born.
  `(?:${YOU} |too bad ${YOU} |${YOUR} (?:mum|mom|mam|mother|parents|dad) )?should(?:a| have|'ve| of|ve) (?:been (?:aborted|swallowed|a miscarriage|drowned at birth|stillborn)|aborted ${YOU}|had ${YOU} aborted|swallowed ${YOU}?)`,
  `${YOU} should(?:a| have|'ve| of|ve) died`,
  `${YOU} should(?: not|n'?t) (?:exist|be alive|be breathing)`,
  `${YOU} should never have (?:been born|existed)`,
  `${YOU} (?:do not|don'?t) deserve (?:to (?:live|breathe|exist|be alive)|life|oxygen|air)`,
  `(?:stop|quit) (?:wasting|using up|using|stealing)(?: up)?(?: our| my| the| everyone's| good)? oxygen`,
  `(?:you'?re|${YOU} are|ur) (?:just |only )?(?:wasting|stealing) (?:our |good |my )?oxygen`,
  `(?:how|why) (?:are|r) ${YOU} (?:still|even)(?: still| even)? (?:alive|breathing|living)`,
  `(?:world|planet|earth)(?:'s| is| would be|'d be)(?: an?)?(?: so much| far| much)? (?:better|nicer|happier|cleaner)(?: off| place)? (?:(?:without|minus) ${YOU}|if ${YOU} (?:were not|weren'?t|died|were dead|left))`,
  `(?:world|planet|earth) (?:needs|could do with) (?:one|1) (?:less|fewer) of ${YOU}`,
  `(?:we|family|kids|children|wife|husband|parents|everyone|everybody)(?:'d| would)(?: all)? be (?:so much |far )?(?:better off|better|happier) if ${YOU} (?:were|was) (?:gone|dead)`,
  // Nobody would care.
  `(?:nobody|no ?one) (?:would|will|'d) (?:even |ever )?(?:notice|care|mind|cry|mourn) (?:if|when) ${YOU} (?:died|die|disappeared|vanished|dropped dead|jumped|were (?:gone|dead))`,
  `(?:nobody|no ?one) (?:would|will) (?:attend|come to|go to|turn up to) ${YOUR} funeral`,
  `would (?:throw a party|celebrate|be (?:happy|glad|relieved)) if ${YOU} (?:died|were dead|dropped dead)`,
  `(?:dance|piss|spit) on ${YOUR} grave`,
  `(?:can'?t|cannot) wait (?:for ${YOU} to die|to (?:read|see) ${YOUR} obituary|for ${YOUR} (?:funeral|obituary))`,
  `looking forward to ${YOUR} (?:funeral|obituary|death)`,
  // Wishes.
  `wish (?:that )?${YOU} (?:were|was|would be) dead`,
  `hope ${YOUR} (?:parachute|brakes?|plane|airbag|seatbelt) (?:fails?|crash(?:es)?|(?:do|does) ?n[o']?t (?:open|work))`,
  `hope ${YOU} (?:\\w+ )?(?:gets? (?:hit|run over|killed|shot|stabbed|cancer|aids|covid)|crash and die|bleed out|rot in a grave)`,
  `hope (?:cancer|covid|aids|a (?:bus|train|lorry|truck)) (?:gets|takes|finds|hits|kills) ${YOU}`,
  // Rhetorical questions.
  `why (?:have ?n[o']?t|haven'?t|didn'?t) ${YOU} (?:just )?(?:killed?|hanged|hung|topped|offed|shot|drowned|ended?) ${SELF}(?: yet)?`,
  `when (?:are|r|will) ${YOU} (?:(?:finally|going to|gonna|just) )*(?:(?:kill|hang|off|top|end|drown|shoot)(?:ing)? ${SELF}|die)`,
  `(?:why (?:won'?t|will not|don'?t|can'?t|not)|can'?t|can|could|would|will) ${YOU} (?:(?:please|just|kindly|ever|finally|all|go) )*(?:die|drop dead|stop (?:living|breathing|existing|being alive))(?= ;| (?:already|now|please|yet) ?| ?$)`,
  `if i (?:were|was) ${YOU} i(?:'?d| would) (?:just )?(?:end it|jump|(?:kill|hang|shoot|off|drown) myself|(?:cut|slit) my (?:own )?(?:wrists|throat))`,
  `i(?:'?d| would) (?:kill|hang|shoot|off|drown) myself if i (?:were|was) ${YOU}`,
  // Recommended means.
  `(?:bleach|rope|nooses?|razors?|suicide|a bullet|cyanide)(?: and a (?:stool|chair))? would (?:suit|fix|help|look good on) ${YOU}`,
  `(?:rope|suicide|bleach|death|a noose|an overdose) is (?:the (?:answer|solution)|${YOUR} (?:best |only )?(?:option|answer|solution|way out))`,
  `bleach (?:tastes (?:great|good|nice|delicious)|is on (?:me|aisle))`,
  `rope is (?:cheap|on sale|on offer)`,
  `(?:harakiri|hara kiri|seppuku|sudoku|noose|rope|toaster bath|bleach|overdose|coffin|suicide) (?:time )?for ${YOU}(?= ;| ?$)`,
  `(?:noose|rope|toaster) time(?= ;| ?$)`,
  `(?:bleach|cyanide|antifreeze) (?:smoothie|cocktail|milkshake|shot)s?`,
  `there'?s (?:always )?(?:a|an|the) (?:nice |good |tall |high )?(?:bridge|cliff|rope|noose|tree|lamppost|coffin|grave|balcony) (?:near you|waiting for you|with ${YOUR} name on it)`,
  `there'?s always (?:the window|(?:a|the) (?:rope|bridge|noose|railway)|suicide)`,
  `(?:bridge|rope|noose|cliff|grave|bleach|coffin|golden gate|beachy head) is (?:waiting for|calling(?: out)?(?: to| for)?) ${YOU}`,
  `suicide is painless ; try it`,
  `lethal injection for ${YOU}`,
  `(?:dignitas|maid) (?:takes bookings|is (?:open|available|there|waiting|an option) for ${YOU})`,
  `${YOUR} (?:life|existence) is (?:worthless|pointless|meaningless|a waste) ; (?:just |so )?(?:end it|do it|fix that|jump)`,
  `(?:nobody|no ?one) (?:loves|likes|wants) ${YOU}(?: here)? ; (?:just |so |go )?(?:end it|do it|jump|leave this (?:earth|world))`,
  `${YOU} will never be loved ; (?:just )?(?:end it|do it|jump)`,
  `game over for ${YOU} ; (?:just )?end it`,
  `go to sleep and (?:never|don'?t|do not) wake up`,
  `down the (?:road|river) not across the street`,
  'ropemaxx(?:ing)?',
  '(?<=^)die(?=(?: ;)* ?$)',
  'kay why ess',
  // Egging on somebody who suffers.
  `if i had ${YOUR} (?:life|face|problems|job|luck|wife|husband) i(?:'?d| would)? (?:have )?(?:ended?|end|jumped?|topped?|hanged?|killed?|be dead|not bother|stop)`,
  `(?:take|use|try|swallow|have|buy|bring|do) (?:the (?:whole|full|entire)|all the|a (?:whole|longer|stronger|bigger|higher|taller|sharper)|more|two|twice the) (?:packet|box|bottle|rope|bridge|pills|tablets|blade|dose|strip|lot|amount|job) next time`,
  `(?:do it (?:properly|right)|aim better|jump higher|cut deeper|finish the job) next time`,
  `(?:finish|complete) the job(?= ;)`,
  `(?:tried|try|attempted|failed|trying) to (?:top|kill|hang|off|drown|shoot|end) (?:himself|herself|yourself|themselves|it)(?: \\w+| ;){0,4} (?:could ?n[o']?t|can't|cannot|failed|even|fucked|messed|useless|not even|try harder)`,
  `(?:everyone|everybody|we all|mum|mother|mom|mam|family|wife|husband|kids|dad|father|nobody|world) wish(?:es|ed)? (?:that )?${YOU} (?:did|had|would|just did|succeeded|had done|finished)`,
  `(?:son|daughter|mother|mum|mam|mom|father|dad|brother|sister|wife|husband|friend) (?:had the right idea|had the right plan|knew what to do|showed ${YOU} (?:how|the way)|got out while)`,
  `(?:a|the) (?:long |nice |hot |warm |relaxing )*bath with (?:the|a|your) (?:toaster|hair ?dryer|radio|kettle)`,
  `(?:please|just|so|why not|go on ;) end it(?= ;| \\w+ ;)`,
  `(?:remov(?:e|ing)|delet(?:e|ing)|subtract(?:ing)?|withdraw(?:ing)?) (?:yours|yourself) (?:permanently|for good|for ever|forever)`,
  `(?:would|will|'ll|'d) (?:thank|applaud|cheer|love|owe|congratulate) ${YOU} for (?:removing|ending|jumping|leaving|dying|going|not existing|checking out)`,
  `(?:beachy head|dignitas|switzerland|clifton bridge|golden gate|cliffs? of moher|the bridge|the cliff|the canal|the river|the viaduct)(?: is|'s)? (?:\\w+ )?(?:lovely|beautiful|nice|open|free|waiting|calling|only|that way|quiet|deep|cold)(?: \\w+){0,6} ;? ?(?:\\w+ )?(?:one way|single|jump|go on|off you go|you know|${YOU}|bring|mind|no return)`,
  `one way (?:ticket|trip)(?: \\w+){0,6} ;? ?(?:beachy head|dignitas|switzerland|bridge|cliff)|beachy head(?: \\w+| ;){0,12} one way`,
  `(?:nobody|no ?one|not a soul|noone|who) (?:would|will|is going to|'s going to|ever will) (?:\\w+ )?(?:come to|attend|cry at|turn up (?:to|at)|be at|weep at) (?:the|your) (?:funeral|graveside|grave|wake)`,
  `(?:thread|site|world|planet|place|house|street|family|forum|comments?) (?:would|will|'d|'ll) (?:at least )?be (?:\\w+ )?(?:quieter|better|cleaner|nicer|happier|brighter|lighter)(?: place)?(?: (?:without|if|once|when) ${YOU}| ;? ?go on)`,
  `(?:some|certain) people (?:make|improve) the (?:world|planet|place) (?:\\w+ )?(?:better|nicer|lighter)? ?(?:place )?by (?:leaving|dying|not being|going|exiting)`,
  `(?:there is|i know|we have|got) (?:a|the|one) (?:cure|remedy|fix|solution|answer|way out)(?: for (?:that|it|this|low|feeling))?(?: \\w+| ;){0,6} (?:razor|rope|bullet|noose|blade|bleach|toaster|trigger)`,
  `(?:only|just|hardly|barely) (?:hurts?|stings?|takes?|lasts?) (?:for )?(?:a|one|two|ten|a few) (?:seconds?|moments?|minutes?|bit)(?: \\w+| ;){0,14} (?:peace|scared|over|free|done|quiet|rest of us|afraid|relief)`,
  `(?:don't|do not|step|stand|walk|go)(?: \\w+)? (?:stand )?(?:behind|over|past|in front of|beyond|across) the yellow line(?= ;)(?<=(?:don't|do not|step|over|past|front of|beyond|across)(?: \\w+){0,4} yellow line)`,
  `do a (?:back ?)?flip`,
  `(?:what|who) (?:is|'s) (?:keeping|stopping|holding) ${YOU}(?: back)?(?= ;)(?<=(?:life|ended?|live|die|jump|bridge|rope|depress\\w+|suicid\\w+|miserable|end it)(?: \\w+| ;){0,12})`,
  `just do it already(?= ;)|(?:go on|go ahead) ;? ?(?:then )?;? ?(?:do it|jump|end it|pull the trigger|take them|swallow)(?= ;)`,
  `(?:depressed|suicidal|feel(?:ing)? low|miserable|lonely|want to die|at rock bottom|struggling) ;? ?(?:good|great|excellent|lovely|do it|so you should|boo ?hoo|who cares|then|nobody cares|off you go|hurry|jump)(?= ;)`,
  `(?:rope|razor|noose|ledge|blade|bleach|trigger) (?:is|are|'s) (?:right )?(?:over there|that way|in the|on me|cheap|free|quick|painless|your friend|your best friend|there for)`,
);

/** Orders and wishes; in other contexts they may be about others or mean something else. */
export const INSTRUCTED_PATTERN = anyOf(
  `(?:sudoku|alt ?f4|ctrl alt del(?:ete)?|off|gas|hang|shoot|stab|drown|strangle|suffocate|starve|end|delete|uninstall|electrocute|euthani[sz]e|rope|poison) ${SELF}(?! (?:in the foot|out|up|off|a|some|short|free|from))`,
  `top ${SELF}(?! up)`,
  `cut ${SELF}${END}`,
  `finish ${SELF} off`,
  `do ${SELF} in`,
  `(?:have (?:a|some)|drink|swallow|chug|inject|inhale|sip|gargle|down|take) ${A}(?:bleach|antifreeze|poison|drain cleaner|rat poison|weed ?killer|cyanide|domestos|dettol|disinfectant|clorox|lysol|drano|arsenic|hemlock|strychnine|paint thinner|battery acid)`,
  `(?:take|swallow|down|eat|have|neck|wash down) ${A}(?:(?:handful|fistful|packet|box|load|whole bottle) of )?(?:pills|paracetamol|sleeping (?:pills|tablets)|painkillers|tablets|overdose)(?= ;| (?:tonight|now|at once|and|all) ?| ?$)`,
  `(?:jump|leap|step|walk|dive|drive|fall|take (?:a|one) (?:long |short )?(?:walk|step|leap)(?: forward)?) (?:off|from|over) (?:of )?${A}(?:short )?(?:pier|edge|bridge|roof|cliff|building|balcony|tower|ledge|overpass|multi ?stor(?:e?y)|rooftop|beachy head)`,
  `(?:jump|leap|step|walk|run|dive|lie|lay|get) (?:down )?(?:in front of|under|infront of) ${A}(?:moving |speeding )?(?:bus|train|tube|lorry|truck|car|tram)`,
  `(?:jump|leap|step|walk) out of ${A}window`,
  `open (?:a|the) window and (?:step|jump|climb|leap) out`,
  `(?:lie|lay|sleep|nap|take a nap|stand) (?:down )?on ${A}(?:train |railway |rail )?(?:tracks?|lines?|rails|motorway|freeway|m25)`,
  `drive into a (?:tree|wall)`,
  `(?:find|get|grab|buy|fetch|use) (?:a|the|some|${YOUR}) (?:rope|noose)(?: and (?:a|the) (?:chair|stool|tree|beam))?${END}`,
  `find (?:a|the) (?:(?:nice|tall|high) )*(?:building|cliff|bridge|roof|balcony) and (?:jump|walk|leap|step)`,
  `(?:swing|dangle) from ${A}(?:\\w+ )?(?:tree|lamp ?post|rope|rafters|noose)`,
  `(?:tie|strap) ${A}(?:rocks?|bricks?|stones?|weights?|breeze block) to ${YOUR} (?:feet|foot|ankles?|legs?|neck)`,
  `(?:swim|swimming|jump|dive|go) (?:\\w+ ){0,4}(?:with|in) (?:concrete (?:boots|shoes)|bricks)`,
  `(?:kiss|hug|lick|touch|hug|bite|grab|meet|hit) ${A}(?:moving |speeding )?(?:train|third rail|live (?:wire|rail)|(?:power |plug )?socket|pylon|(?:shot)?gun barrel|shotgun)(?! (?:driver|station|times?|fares?|strikes?))`,
  `${PUT} (?:a|${YOUR}) (?:fork|fingers?|knife|tongue) (?:in|into) ${A}(?:power |plug |live |mains )*(?:socket|outlet)`,
  `suck(?: start)? (?:on )?(?:a|the|${YOUR}) (?:shotgun|gun|pistol|rifle|barrel|exhaust)`,
  `eat ${YOUR} gun`,
  `${PUT} ${A}(?:plastic |carrier )?bag (?:over|round|around|on) ${YOUR} (?:own )?head`,
  `tie ${A}(?:plastic |carrier )?bag (?:over|round|around) ${YOUR} (?:own )?head`,
  `(?:run|put|attach|fit) a hose (?:from|to|on|into) (?:the|${YOUR}) (?:exhaust|tailpipe|car)`,
  `(?:breathe|sniff|inhale|huff|suck)(?: in| on| up)? (?:some |the |${YOUR} )?(?:exhaust(?: pipe| fumes)?|carbon monoxide|helium alone|car fumes)`,
  `(?:sit|park|wait) in (?:the|a|${YOUR}) garage with the engine (?:on|running)`,
  `(?:take|put) (?:a|the) (?:razor|blade|knife|scalpel)(?: blade)? to ${YOUR} (?:own )?(?:wrists?|throat|arms?|neck|veins)`,
  `(?:bathe?|shower|friends) with (?:a|the|${YOUR}) (?:toaster|hair ?dryer)`,
  `(?:try )?(?:a|the|${YOUR}) (?:toaster|hair ?dryer) in (?:the|a|${YOUR}) (?:bath|tub|bathtub)`,
  `run a (?:hot )?bath and bring (?:a|the) (?:razor|toaster)`,
  `cut (?:deeper next time|vertically|lengthways|lengthwise)${END}`,
  `cut deeper${END}`,
  `go slit (?:em|them|it|ur|your)`,
  `go under a (?:train|bus|lorry|truck)`,
  `under a (?:train|bus|lorry|truck) with ${YOU}`,
  `end it (?:all|already|tonight|today)${END}`,
  `(?:consider|try) suicide${END}`,
  `give suicide a (?:go|try|shot)`,
  `(?:go|be|become|get) unalive`,
  `(?:leave|exit|depart) (?:this|the) (?:earth|world|planet|mortal coil)${END}`,
  `(?:go )?(?:join|be with) ${YOUR} dead (?:mother|mum|mom|father|dad|son|daughter|wife|husband|brother|sister|nan|gran|dog)`,
  `(?:do|pull) an? (?:kurt )?(?:cobain|hemingway|robin williams|budd dwyer)`,
  `(?:do what (?:hitler|cobain|judas) did|follow (?:hitler|epstein|judas|cobain)'?s? example|be like hitler ; in the bunker)`,
  `(?:book|buy) (?:a|an|yourself an?) (?:one way )?(?:trip|ticket|flight) to dignitas`,
  `self ?immolate${END}`,
  `suffocate${END}`,
  `ctb (?:already|now|please|pls)`,
  'sui cide',
  'd i e(?= ;| ?$)',
  'ky s|k ys',
  `(?:tie|make) (?:a|the|your) noose`,
  `try (?:a rope|hanging)`,
  `drown(?: in (?:a|the|${YOUR})(?: own)? (?:puddle|bath|bathtub|tub|lake|river|sea|canal|toilet|\\w+))?${END}`,
  `get (?:\\w+ )?(?:cancer|aids|covid) and die`,
  `(?:stop|quit) (?:existing|breathing)`,
  'cease to exist',
  `(?:uninstall|unsubscribe|log off|log out|quit|give up|resign|alt f4)(?: permanently)?(?: ;)?(?: from| on| of)? (?:${YOUR} )?(?:life|existence|living)(?! (?:insurance|sentence|long))`,
  `(?:rope|die|overdose|od|jump|suffocate) already`,
  `(?:rope|die|choke|overdose|od|hang|burn|jump)${END}`,
  `die in (?:a|an|your) (?:fire|hole|ditch|gutter|car crash|hot car|corner)`,
  `choke (?:to death|on it|on ${YOUR} \\w+)`,
  `od on (?:something|pills|heroin|fentanyl|smack|paracetamol)`,
  'sewer ?slide',
  `(?:become )?an hero${END}`,
  `bleed out`,
  `(?:commit )?suicide (?:now|tonight|already)`,
  `(?:commit not alive|self delete)${END}`,
  `(?:go )?step in front of ${A}(?:bus|train)`,
  `(?:not|don'?t|never) wake up(?: (?:tomorrow|again|ever))?${END}`,
);
