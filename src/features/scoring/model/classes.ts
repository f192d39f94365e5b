import { DEHUMANISING, DISPARAGING, NATIONS, PROTECTED } from '../lexicon/groups.js';

/*
 * The function of words in a sentence. The clause features use only these classes, so that every word that
 * contributed to an explanation can be looked up. A word may be in several classes.
 */
export const CLASS_NAMES = [
  'you', 'self', 'they', 'group', 'nation', 'role', 'not', 'be', 'modal', 'hate', 'dehumanising', 'disparaging',
  'kill', 'harm', 'death', 'out', 'slur', 'insult', 'belittling', 'swearing', 'mildSwearing', 'sexual', 'say',
  'condemn', 'good', 'pride', 'all', 'will', 'go', 'home', 'object', 'genderedSlur',
] as const; // prettier-ignore
export type ClassName = (typeof CLASS_NAMES)[number];

/** One bit per class. */
export const BIT = Object.fromEntries(CLASS_NAMES.map((name, index) => [name, (1 << index) >>> 0])) as Record<
  ClassName,
  number
>;

/** Apostrophes are removed first: `dont` stands for don't. The lexicon's words are added by their levels. */
export const CLASS_WORDS: Partial<Record<ClassName, string>> = {
  you: 'you u ya yall youre ur your yours yourself yourselves youll youve youd thou thee',
  self: 'i im ive id ill me my mine myself we us our ours were weve ourselves',
  they: 'they them their theyre theyve theyll theirs themselves these those he she him her his hers hes shes em',
  group:
    PROTECTED.join(' ') +
    ' islamic judaism christianity catholicism hinduism sikhism hijab mosque mosques synagogue synagogues ' +
    'woman girl mexican african asian arab latino immigrant migrant refugee foreigner homosexuality lesbianism transgenderism ' +
    'wheelchair disability disabilities handicapped dwarf dwarves dyslexic downs autism epileptic amputee amputees ' +
    'nonbinary intersex pansexual asexual transwoman transwomen transman transmen brown pakistani somali bangladeshi roma traveller travellers ' +
    'immigration minorities minority ethnic pensioners elders',
  nation: NATIONS.join(' '),
  role:
    'politician politicians minister ministers senator senators president presidents mp mps councillor councillors mayor mayors governor governors ' +
    'banker bankers broker brokers investor investors capitalist capitalists landlord landlords billionaire billionaires millionaire millionaires ceo ceos boss bosses manager managers ' +
    'journalist journalists reporter reporters editor editors columnist columnists pundit pundits ' +
    'cop cops police policeman officers officer judge judges lawyer lawyers prosecutor prosecutors ' +
    'teacher teachers professor professors doctor doctors nurse nurses scientist scientists engineer engineers artist artists actor actors author authors writer writers ' +
    'conservative conservatives liberal liberals republican republicans democrat democrats tory tories labour socialist socialists communist communists marxist marxists leftist leftists lefty lefties rightwing leftwing ' +
    'fan fans player players referee referees driver drivers cyclist cyclists vegan vegans smoker smokers hunter hunters farmer farmers student students tourists tourist ' +
    'rich employers employer unions union lobbyist lobbyists bureaucrat bureaucrats corporations corporation companies company government party council board trump biden obama clinton putin johnson boris trudeau merkel macron',
  not: 'not no never dont doesnt didnt isnt arent aint wasnt werent wont cant cannot couldnt shouldnt wouldnt nobody none nor neither hardly without stop hasnt havent hadnt nothing noone',
  be: 'are is be am were was r being been re seem seems look looks act acts sound sounds become becoming theyre youre hes shes',
  modal:
    'should must need needs ought deserve deserves deserved gotta lets shall better wanna want wants hope wish pray someone somebody',
  hate: 'hate hates hated hating despise despises despised detest detests loathe loathes abhor resent dislike disgusted disgust disgusts contempt hatred loathing revulsion scorn repulse repulses repulsed sick tired fed vomit puke',
  dehumanising: DEHUMANISING.join(' ') + ' scumbags parasitic beasts beast insects insect bugs lice fleas snakes snake hyenas toads worms worm sewage waste tumour tumor tumors burden mistake mistakes disgrace freaks monsters monster creatures hordes horde swarm swarms swarming breed breeds breeding crawling infest infests infested infesting mongrels mongrel vultures slime excrement germs bacteria fungus mould rodents rodent hogs brutes brute defective wasters rejects bottomfeeders bloodsuckers spawn cavemen', // prettier-ignore
  disparaging: DISPARAGING.join(' ') + ' disgusts sickening repugnant ugly pathetic cruel corrupt dishonest incompetent primitive uncivilised lesser subnormal unnatural abnormal sinful immoral sluts dangerous toxic nasty ruining ruin ruined destroying destroy destroyed invading poisoning poison problem threat loathsome despicable detestable revolting nauseating hideous wicked foul rotten filthy brainless moronic idiotic ignorant arrogant selfish rude aggressive barbaric perverted deviant twisted deranged insane psychotic delusional manipulative treacherous deceitful lying thieving scheming stinking stink stinks unclean unfit unworthy hopeless obnoxious insufferable unbearable annoying disorder curse sin rapist paedophile pedophile groomers predators', // prettier-ignore
  kill: 'kill kills killing murder murdering shoot shooting stab stabbing hang hanging lynch lynching execute executing behead beheading gas gassing slaughter slaughtering exterminate exterminating eliminate eradicate annihilate strangle rape castrate butcher bomb bombing nuke wipe purge cull unalive',
  harm: 'punch punching smash slap beat beating choke cripple maim hunt burn burning bash stomp smack hurt attack attacking hit kick kicking break whip whipped torture torturing destroy crush',
  death:
    'die dies dead death shot killed hanged hung lynched executed murdered gassed exterminated burned burnt raped stabbed beheaded drowned eradicated castrated slaughtered nuked bombed annihilated tortured suffer rot bleed beaten perish',
  out: 'deport deported deporting expel expelled ban banned banning remove removed sterilise sterilize sterilised sterilized caged cage jail jailed locked rounded segregate segregated kicked thrown leave',
  say: 'say says said saying call calls called calling claim claims claimed tweet tweeted tweets wrote write writes writing shout shouted shouting shouts told tell tells telling yell yelled screamed scream posted post posting think thinks thinking believe believes believing chant chanted chanting suggest suggesting hear heard read word words phrase term statement comment comments language joke jokes meme label labelled sentence insult insults slur slurs insulting using used use uses statements message messages quote quoted quoting',
  condemn:
    'wrong unacceptable horrible terrible awful racist racism racists sexist sexism misogynist misogyny homophobic homophobia transphobic transphobia xenophobic xenophobia antisemitic antisemitism islamophobic islamophobia ableist bigoted bigot bigots bigotry hateful hatred prejudice prejudiced stereotype stereotypes offensive shameful disgraceful appalling vile outrageous false untrue lie lies nonsense myth ignorant condemn condemned condemning denounce reject rejected challenge oppose opposed reported report ashamed shame harmful inexcusable unforgivable discrimination cruelty despicable disgusting ridiculous rubbish abuse abusive crime criminal inappropriate indefensible stupid dangerous nasty',
  good: 'love loves loved loving great wonderful amazing beautiful brilliant kind lovely equal welcome respect respected respects human humans people person real live life rights right trust trusted belong belongs value valued worthy worth smart intelligent clever strong brave proud friends friend neighbours neighbors nice good best normal valid admire support supports celebrate happy safe peaceful hardworking honest civilised civilized dignity freedom vote speak exist existence equals equality',
  pride:
    'proud proudly pride fellow reclaim reclaimed reclaiming community sisters brothers ourselves identify family partner husband wife mum mom mother father dad son daughter grandmother grandfather grandma grandpa',
  all: 'all every each any whole entire most many everyone everybody bunch lot',
  will: 'will gonna going gunna imma ima ill well shall can could would',
  go: 'go get send sent ship crawl fuck piss back going gtfo home leave',
  home: 'africa mexico china india pakistan asia israel arabia somalia nigeria turkey poland country countries homeland mogadishu iran syria afghanistan',
  mildSwearing: 'damn damned dang darn bloody hell freaking frigging effing',
  genderedSlur:
    'bitch bitches bitchy cunt cunts whore whores slut sluts slutty skank skanks hoe hoes thot thots bimbo bimbos hag hags',
  object:
    'food music film films movie movies weather traffic monday mondays winter summer rain taxes tax war murder violence poverty cancer racism homework game games football phone computer software bees spiders vegetables coffee bread pizza policy policies law laws bill idea ideas article articles argument city cities town weather spam advert adverts ads meetings car cars noise dog dogs cat cats plant plants weeds mosquitoes wasps',
};
