/*
 * The words of the lexicon, written for this product. Each line has the levels of the words for every relevant label
 * (0 to 1, as judged on an ordinary news site) and their spellings. Levels below .6 never hold a comment on their
 * own. Slurs are listed to be detected; see the docs on the model for what this list must not be used for.
 */

export interface Levels {
  readonly profanity?: number;
  /** For an insult: how much the word belittles somebody even if nobody in particular is meant. */
  readonly insult?: number;
  readonly identityAttack?: number;
  readonly sexual?: number;
  /** Applies to a thing as easily as to a person, so it is milder if nobody is addressed. */
  readonly adjective?: true;
  /** Found inside any longer word: no harmless English word contains it. */
  readonly inside?: true;
}

export const WORDS: readonly (readonly [Levels, string])[] = [
  // Swearing
  [{ profanity: 0.15 }, 'damn darn dang damned bloody bugger af frigging freaking effing'],
  [{ profanity: 0.25 }, 'goddamn goddamned goddammit dammit damnit crap crappy crapload bollocks arse arses lmao lmfao'],
  [{ profanity: 0.3 }, 'bs piss pissed pissing ass asses wtf omfg ffs sob jfc'],
  [{ profanity: 0.45 }, 'badass asshat asshats jackass halfass halfassed'],
  [
    { profanity: 0.55 },
    'shit shits shitty shite shitting shitted shitshow shitstorm shitload shitless shithole shitholes batshit apeshit dogshit horseshit horseshitting',
  ],
  [{ profanity: 0.5, inside: true }, 'bullshit'],
  [{ profanity: 0.5 }, 'bullshits bullshitter bullshitting bullcrap'],
  [
    { profanity: 0.75 },
    'fucks fucked fucking fuckery clusterfuck',
  ],
  [{ profanity: 0.75, inside: true }, 'fuck'],
  [{ profanity: 0.85, inside: true }, 'motherfuck'],
  [{ profanity: 0.85, insult: 0.85, inside: true }, 'fuckyou fuckoff'],
  [{ profanity: 0.85, insult: 0.8 }, 'motherfucker motherfuckers'],

  // Insults, from those common in any debate to the worst
  [{ insult: 0.3 }, 'silly naive clueless ignorant delusional gullible shill shills puppet stooge sheep sheeple snowflake snowflakes'],
  [{ insult: 0.25, adjective: true }, 'crazy insane nuts ridiculous laughable clownish nasty vile gross'],
  [{ insult: 0.3 }, 'troll trolls incel incels simp simps boomer karen commie commies redneck rednecks hillbilly fascist fascists nazi nazis racist racists'],
  [{ insult: 0.35 }, 'hypocrite hypocrites crook crooks coward cowards thug thugs bigot bigots weirdo weirdos freak freaks traitor traitors goon goons'],
  [{ insult: 0.4 }, 'fool fools clown clowns liar liars lunatic lunatics buffoon buffoons hack hacks rat rats creep creeps'],
  [{ insult: 0.48, adjective: true }, 'stupid dumb idiotic moronic brainless dimwitted stupider stupidest dumbest dumber'],
  [{ insult: 0.4, adjective: true }, 'pathetic disgusting despicable worthless spineless gutless useless foolish stupidity'],
  [{ insult: 0.45 }, 'loser losers nutjob nutjobs crackpot crackpots wacko wackos airhead airheads bozo bozos troglodyte bootlicker bootlickers nitwit nitwits dunce dunces numbskull hag hags pig pigs swine degenerate degenerates parasite parasites'],
  [{ insult: 0.5 }, 'braindead inbred inbreds filth trash garbage cockroach cockroaches leech leeches pervert perverts pedo pedos magat magats demonrat demonrats democrap democraps repuke repukes rethuglican rethuglicans'],
  [{ insult: 0.55 }, 'idiot idiots dimwit dimwits halfwit halfwits bimbo bimbos lowlife lowlifes ignoramus nincompoop simpleton simpletons dumbo dummy dummies '],
  [{ insult: 0.6 }, 'moron morons imbecile imbeciles cretin cretins libtard libtards trumptard trumptards conservatard republitard tosser tossers knucklehead knuckleheads'],
  [{ insult: 0.6, profanity: 0.4 }, 'dumbass dumbasses dumbarse douche douches douchebag douchebags douchey jackoff bastard bastards prick pricks git'],
  [{ insult: 0.65, profanity: 0.55 }, 'dipshit dipshits wanker wankers bellend bellends knobhead dickhead dickheads dickwad dickweed twat twats pillock asswipe asswipes asshole assholes arsehole arseholes'],
  [{ insult: 0.65, profanity: 0.6 }, 'bitch bitches bitching bitchy'],
  [{ insult: 0.75, profanity: 0.6 }, 'shithead shitheads shitbag shitbags shitface turd turds'],
  [{ insult: 0.75 }, 'scum scumbag scumbags vermin'],
  [{ insult: 0.85, profanity: 0.85 }, 'fuckface fuckwit fuckwits fucktard fucktards fuckhead fuckheads fucker fuckers cocksucker cocksuckers'],
  [{ insult: 0.85, profanity: 0.9 }, 'cunt cunts cuntface'],
  [{ insult: 0.7, profanity: 0.55, sexual: 0.3, identityAttack: 0.35 }, 'slut sluts slutty whore whores skank skanks thot thots hoe hoes'],
  [{ insult: 0.55, identityAttack: 0.5 }, 'feminazi feminazis'],

  [{ insult: 0.4 }, 'muppet muppets numpty numpties plonker plonkers berk berks twerp twerps wazzock wazzocks drongo drongos prat prats chav chavs crone gobby'],
  [{ insult: 0.55 }, 'fatso fatty lardarse lardass fatarse fatass blubberguts minger mingers munter munters pondlife tosspot tosspots toerag toerags nobhead nobheads scrote scrotes gimp gimps halfwitted windbag'],
  [{ insult: 0.65 }, 'slag slags slapper slappers bint bints trollop trollops floozy floozies skag sket skets gobshite gobshites arselicker arselickers bumlicker knobend knobends wankstain wankstains'],
  [{ insult: 0.7 }, 'nonce nonces paedo paedos peado peados kiddyfiddler kiddyfiddlers windowlicker windowlickers'],
  [{ insult: 0.75, profanity: 0.6 }, 'shitstain shitstains shitbrain shitbrains shitbird cockwomble cockwombles fuckwad fucknugget pisstake chutiya chutiye chutia bhenchod behenchod bhosdike bhosdiwale madarchod gandu haramzada harami randi kutiya kamina bhadwa'],

  // Slurs against people because of who they are
  [{ identityAttack: 0.97, profanity: 0.6, inside: true }, 'nigger'],
  [{ identityAttack: 0.97, profanity: 0.6 }, 'niggers nigglet negroid negroids'],
  [{ identityAttack: 0.8, profanity: 0.6 }, 'nigga niggas nig nigs'],
  [{ identityAttack: 0.95, profanity: 0.5, inside: true }, 'faggot'],
  [{ identityAttack: 0.95, profanity: 0.5 }, 'faggots faggy'],
  [{ identityAttack: 0.8, profanity: 0.45 }, 'fag fags'],
  [{ identityAttack: 0.95 }, 'nignog nignogs junglebunny junglebunnies pajeet pajeets jewboy jewboys sheboon sheboons groid groids currymuncher currymunchers cameljockey cameljockeys sandmonkey sandmonkeys wog wogs abo abos boong boongs kike kikes spic spics spick spicks gook gooks chink chinks wetback wetbacks beaner beaners raghead ragheads towelhead towelheads sandnigger sandniggers jigaboo jigaboos porchmonkey kaffir kaffirs zipperhead mudslime mudslimes muzzie muzzies heeb heebs hymie'],
  [{ identityAttack: 0.85 }, 'poofter poofters chinky chinkies chinkie chinki sambo sambos gippo gippos gypo gypos gyppos dothead dotheads slanteye slanteyes goatfucker goatfuckers camelfucker bumboy bumboys arsebandit shirtlifter shirtlifters battyboy taig taigs dindu dindus jeets rapefugee rapefugees chamar bhangi katua tranny trannies trannie shemale shemales heshe paki pakis dago dagos wop wops pikey pikeys gyppo gyppos darkie darkies darky lesbo lesbos untermensch subhuman subhumans'],
  [{ identityAttack: 0.7 }, 'coon coons yid yids jap japs poof poofs spastic spastics spacker spackers mong mongs mongy flid lezzer lezzers lezza mudshark zionazi zionazis troon troons polack polacks injun injuns sodomite sodomites mongoloid mongoloids goyim shiksa halfbreed'],
  [{ identityAttack: 0.7, insult: 0.7 }, 'retard retards tard tards'],
  [{ identityAttack: 0.6, insult: 0.6, adjective: true }, 'retarded'],
  [{ identityAttack: 0.5 }, 'homo homos dyke dykes spaz spazz cripple cripples redskin redskins squaw chinaman coolie coolies honky honkey kraut krauts gringo gringos mulatto'],

  // Sex
  [{ sexual: 0.15 }, 'sexy naked nude nudes lingerie'],
  [{ sexual: 0.35, profanity: 0.1 }, 'penis vagina anus anal orgasm orgasms porn porno pornhub boobs boobies hooters horny erection masturbate masturbating masturbation'],
  [{ sexual: 0.4, profanity: 0.4, insult: 0.35 }, 'dick dicks'],
  [{ sexual: 0.6, profanity: 0.5 }, 'cock cocks pussy pussies tits titties titty boner boners wank wanking threesome'],
  [{ sexual: 0.8, profanity: 0.4 }, 'cum cumming cums cumshot jizz dildo dildos clit milf milfs hentai blowjob blowjobs handjob handjobs rimjob fellatio cunnilingus deepthroat gangbang gangbangs bukkake creampie buttplug buttsex facefuck'],
]; // prettier-ignore

/**
 * Contexts in which a word is harmless: `_` is the word, with one neighbouring word on either side.
 */
export const HARMLESS: Readonly<Record<string, readonly string[]>> = {
  chink: ['the|a|any|another|every|one|no _ in|of'],
  chinks: ['the|any|some|no|its|their _ in|of'],
  spic: ['_ and'],
  spick: ['_ and'],
  abo: ['_ blood|group|groups|system|typing|incompatibility|type'],
  chamar: ['_ community|caste|regiment|families|students|women|voters'],
  bhangi: ['_ community|caste|families|workers'],
  harami: ['kumiko|yuko|ms|mr _'],
  gimp: ['_ suit|mask|software|image', 'in|use|using|with _'],
  mong: ['_ kok', 'kam _'],
  nonce: ['the _', '_ word|words|value'],
  poof: ['and|then|went|goes|gone|just|like|a _', '_ of|it|they|its'],
  troon: ['royal|at|in|to|from|near _', '_ golf|station|harbour|beach|open|course|ferry'],
  slag: ['_ heap|heaps|off|tip|pile|cement|mountain', 'furnace|steel|to|blast|coal _'],
  slags: ['he|she|it _'],
  spastic: ['_ paralysis|diplegia|quadriplegia|colon|cerebral|muscles|gait|society'],
  spastics: ['_ society'],
  trollop: ['anthony|joanna _'],
  skag: ['_ point'],
  slapper: ['wrist|knee|back _'],
  coon: ['maine _', '_ cat|cats|hunting|hound|hounds|rapids|valley'],
  coons: ['maine _'],
  fag: ['_ end|ends|packet|break|breaks|ash|butt|butts'],
  faggots: ['_ and|in|with'],
  retard: ['to|not|will|would|may|might|could|can|fire _'],
  retarded: ['_ growth|development|by'],
  tranny: ['auto|automatic|manual|speed|new|rebuilt _'],
  homo: ['_ sapiens|erectus|habilis|naledi|economicus|heidelbergensis'],
  yid: ['_ army'],
  sambo: [
    '_ and|or|wrestling|wrestler|wrestlers|championship|championships|tournament',
    'combat|russian|in|judo _',
  ],
  git: ['_ repository|repo|commit|branch|push|pull|bash|hub|blame', 'on|in|using|via _'],
  tits: [
    'blue|coal|marsh|willow|tailed|bearded|crested|azure _',
    'great _ nest|nested|nesting|feeding|breed|breeding|on|at|visit|visited',
  ],
  hoe: ['plymouth|rotary|dutch|garden|onion|paddle|i|to _', '_ the|between|weeds|handle|to'],
  wop: ['doo|do|bop|diddy _'],
  wops: ['doo|do|bop|diddy _'],
  gook: ['gobbledy|gobblety _'],
  injun: ['_ joe'],
  cunt: ['king _'],
  bitch: [
    '_ of',
    'our|my|the|a|breeding|brood|spaniel|labrador|collie|springer _ had|has|was|is|whelped|puppy|pup',
    '_ had|whelped|puppy|pup',
  ],
  bastard: ['_ of', '_ child|children|son|sons|file|sword'],
  pig: ['_ farm|farms|farmer|farmers|iron|feed|meat'],
  pigs: ['_ fly'],
  rat: ['_ race|poison|run|trap'],
  rats: ['lab _'],
  troll: ['_ farm|farms'],
  trash: ['my|our|household|take|taking _', '_ can|cans|bag|bags|collection|pickup'],
  garbage: ['my|our|household _', '_ can|truck|trucks|collection|bag|bags|disposal'],
  nuts: ['brazil|pine|cashew _', '_ and|are|in'],
  hack: ['a|the|that|this|email|data _ into|of|on', 'data|email|server|database _', 'to|life _'],
  dick: ['spotted|moby _', '_ cheney|durbin|turpin|van|tracy|clark|whittington|dyke'],
  dyke: ['van|dick _'],
  cock: [
    '_ fighting|pheasant|pheasants|robin|crow|crows|crowed|crowing|blackbird|chaffinch|bullfinch|sparrow|inn|tavern|lane',
    'weather _',
  ],
  cum: ['_ laude'],
};

/** Other spellings that are not leetspeak, masks or stretched letters: the word and its spellings. */
export const SPELLINGS: Readonly<Record<string, string>> = {
  people: 'ppl peple poeple peopel peopl pepole pepl peolpe pople peole peope',
  should: 'shuold shoud shoudl shoulf shld',
  fuck: 'fck fuk fuq fcuk fucc phuck phuk fvck fxck fuxk fux fook fk fek feck fugg',
  fucks: 'fcks fuks fvcks phucks',
  fucked: 'fcked fuked fvcked fkd phucked',
  fucking:
    'fuckin fcking fckin fuking fukin fukkin fvcking fvckin phucking fugging fkn fkin fking fekking fcuking fuxking',
  fucker: 'fcker fuker fucka fvcker phucker fuckah',
  motherfucker: 'mofo muthafucka mothafucka muthafucker mutherfucker',
  motherfuckers: 'mofos muthafuckas',
  shit: 'sht shyt shiet shiit',
  bullshit: 'bullsht bullshyt bulshit bullsheet',
  bitch: 'biatch biotch beyotch bytch biznatch betch',
  bitches: 'biatches bytches',
  asshole: 'ahole asshle azzhole ashole asswhole',
  assholes: 'aholes azzholes asholes',
  ass: 'azz',
  cunt: 'kunt cvnt',
  idiot: 'idjit eediot idoit ediot',
  idiots: 'idoits eediots',
  stupid: 'stoopid stupit stewpid',
  moron: 'moran',
  retard: 'retart',
  retarded: 'retarted',
  nigger: 'niggar niqqer nigguh nigqer negger nigr',
  niggers: 'niggars niqqers',
  nigga: 'niqqa nibba nigg',
  faggot: 'faggit faget fagget phaggot',
  faggots: 'faggits fagets faggets phaggots',
  fag: 'fagg phag',
  fags: 'faggs phags',
  dick: 'dik',
  pussy: 'pusy pussi',
  whore: 'whoor',
  kill: 'unalive',
};
