/** The fillers of the templates' slots: `{people}` is replaced with an entry of the list `people`. */
export const FILLERS: Readonly<Record<string, readonly string[]>> = {
  people: [
    'women', 'gay people', 'gays', 'lesbians', 'trans people', 'transgender people', 'black people', 'Black people', 'blacks', 'Asians', 'Asian people', 'Arabs', 'Muslims', 'muslims', 'Jews',
    'Jewish people', 'Hindus', 'Sikhs', 'Christians', 'Catholics', 'immigrants', 'migrants', 'refugees', 'asylum seekers', 'foreigners', 'disabled people', 'the disabled', 'autistic people', 'deaf people',
    'Mexicans', 'Latinos', 'Africans', 'Roma people', 'gypsies', 'homosexuals', 'bisexual people', 'queer people', 'Indigenous people', 'wheelchair users', 'old people', 'trans women', 'gay men', 'Pakistanis', 'Somalis', 'white people', 'men',
  ],
  person: [
    'woman', 'gay man', 'lesbian', 'trans person', 'trans woman', 'black man', 'black woman', 'Asian woman', 'Arab', 'Muslim', 'Jew', 'Jewish man', 'Hindu', 'Sikh', 'Catholic', 'immigrant', 'migrant', 'refugee',
    'foreigner', 'disabled person', 'disabled woman', 'autistic man', 'deaf person', 'Mexican', 'African', 'bisexual woman', 'wheelchair user', 'Roma woman', 'Muslim woman', 'queer person', 'white man', 'pensioner',
  ],
  kindOf: ['gay', 'lesbian', 'trans', 'transgender', 'black', 'Asian', 'Arab', 'Muslim', 'Jewish', 'Hindu', 'Christian', 'immigrant', 'disabled', 'female', 'Mexican', 'African', 'queer', 'autistic', 'refugee', 'white', 'Roma', 'elderly'],
  others: [
    'bankers', 'politicians', 'journalists', 'landlords', 'lawyers', 'cops', 'conservatives', 'liberals', 'socialists', 'communists', 'capitalists', 'vegans', 'cyclists', 'football fans', 'CEOs', 'artists', 'teachers', 'doctors',
    'engineers', 'referees', 'hunters', 'smokers', 'billionaires', 'tourists', 'influencers', 'estate agents', 'Tories', 'Republicans', 'Democrats', 'lobbyists', 'meat eaters', 'gamers', 'golfers', 'consultants', 'United fans', 'bureaucrats', 'students', 'managers',
  ],
  things: [
    'Mondays', 'this weather', 'spiders', 'meetings', 'cold coffee', 'this phone', 'taxes', 'cabbage', 'adverts', 'traffic jams', 'that film', 'mosquitoes', 'this song', 'homework', 'winter', 'these shoes', 'boiled eggs', 'paywalls',
    'cancer', 'plastic bags', 'weeds', 'bad grammar', 'early flights', 'slow internet', 'this software', 'violence', 'poverty', 'the flu', 'rats in my cellar', 'wasps',
  ],
  slurs: ['niggers', 'faggots', 'kikes', 'spics', 'trannies', 'ragheads', 'towelheads', 'chinks', 'gooks', 'wetbacks', 'pakis', 'retards', 'dykes', 'fags', 'beaners', 'muzzies', 'shemales', 'mudslimes', 'cripples', 'bitches', 'whores', 'sluts', 'sand niggers', 'coons', 'spastics', 'wogs', 'pikeys', 'abos', 'poofs', 'chinkies', 'gyppos', 'mongs', 'darkies', 'yids', 'kaffirs'],
  slur: ['nigger', 'faggot', 'kike', 'spic', 'tranny', 'raghead', 'towelhead', 'chink', 'gook', 'wetback', 'paki', 'retard', 'dyke', 'fag', 'beaner', 'muzzie', 'shemale', 'cripple', 'slut', 'whore', 'coon', 'cunt', 'bitch', 'wog', 'pikey', 'poof', 'chinky', 'gyppo', 'mong', 'spastic', 'poofter', 'darkie', 'yid', 'kaffir'],
  vermin: ['vermin', 'animals', 'rats', 'cockroaches', 'parasites', 'scum', 'subhuman', 'pigs', 'apes', 'a disease', 'a plague', 'a cancer', 'filth', 'savages', 'maggots', 'trash', 'leeches', 'insects', 'monkeys', 'a virus', 'garbage', 'dogs', 'barely human', 'an infestation'],
  bad: ['disgusting', 'stupid', 'inferior', 'evil', 'lazy', 'dirty', 'worthless', 'repulsive', 'dangerous', 'violent', 'sick', 'vile', 'dumb', 'gross', 'pathetic', 'mentally ill', 'criminals', 'liars', 'rapists', 'terrorists', 'thieves', 'perverts', 'degenerate', 'backward', 'greedy', 'ugly', 'uncivilised', 'freaks', 'a burden', 'unnatural', 'abnormal', 'idiots', 'morons', 'a joke'],
  badAdjective: ['disgusting', 'stupid', 'inferior', 'evil', 'lazy', 'dirty', 'worthless', 'filthy', 'vile', 'dumb', 'ugly', 'pathetic', 'smelly', 'greedy', 'savage', 'stinking'],
  fine: ['kind', 'wonderful', 'brilliant', 'funny', 'brave', 'welcome here', 'our neighbours', 'good friends of mine', 'hardworking', 'great', 'beautiful', 'equal to everyone', 'human beings like you and me', 'as clever as anyone', 'amazing', 'an important part of our town', 'people too', 'no different from the rest of us'],
  hate: ['hate', 'despise', 'loathe', 'detest', "can't stand", 'cannot stand', 'absolutely hate', 'really hate', 'fucking hate', 'am disgusted by', "can't tolerate"],
  kill: ['kill', 'shoot', 'murder', 'hang', 'gas', 'lynch', 'burn', 'exterminate', 'wipe out', 'slaughter', 'execute', 'behead', 'stab', 'beat up', 'strangle'],
  killed: ['killed', 'shot', 'hanged', 'gassed', 'lynched', 'burned alive', 'exterminated', 'wiped out', 'executed', 'beheaded', 'beaten', 'slaughtered', 'castrated', 'put down', 'drowned'],
  out: ['deported', 'thrown out', 'locked up', 'kept out of here', 'sterilised', 'banned from our schools', 'removed from society', 'put in camps', 'driven out', 'rounded up'],
  insult: ['idiot', 'moron', 'imbecile', 'clown', 'loser', 'fool', 'scumbag', 'dimwit', 'cretin', 'halfwit', 'asshole', 'dickhead', 'bastard', 'prick', 'wanker', 'twat', 'jackass', 'piece of shit', 'bellend', 'dumbass', 'coward', 'liar', 'pig', 'troll', 'nobody', 'numpty', 'douchebag', 'waste of space', 'shithead', 'fuckwit', 'cunt', 'slag', 'tosser', 'gobshite', 'knobhead', 'arsehole', 'nonce', 'pillock', 'git', 'stupid cow', 'fat pig', 'old bag', 'slapper', 'toerag', 'scrote', 'bint', 'turd', 'piece of filth', 'sack of shit', 'lowlife', 'talentless hack', 'parasite', 'hag'],
  insults: ['idiots', 'morons', 'imbeciles', 'clowns', 'losers', 'fools', 'scumbags', 'dimwits', 'cretins', 'assholes', 'dickheads', 'bastards', 'pricks', 'wankers', 'twats', 'cowards', 'liars', 'pigs', 'crooks', 'thieves', 'scum', 'parasites', 'trash', 'rats', 'vermin', 'cunts', 'slags', 'tossers', 'gobshites', 'knobheads', 'arseholes', 'nonces', 'lowlifes', 'pondlife', 'turds'],
  belittling: ['stupid', 'dumb', 'pathetic', 'worthless', 'disgusting', 'brainless', 'idiotic', 'ugly', 'moronic', 'clueless', 'spineless', 'useless'],
  swear: ['fucking', 'bloody', 'goddamn', 'damn', 'freaking', 'fuckin', 'effing'],
  figure: ['Putin', 'Trump', 'Biden', 'Johnson', 'Macron', 'Merkel', 'Trudeau', 'Obama', 'Clinton', 'the president', 'the prime minister', 'the mayor', 'the minister', 'Harper', 'Erdogan', 'the governor', 'Orban', 'Musk', 'the chancellor', 'Modi'],
  name: ['Dave', 'Karen', 'Mark', 'Anna', 'Peter', 'Sheila', 'Tom', 'Linda', 'mate', 'buddy', 'Bram', 'Joe', 'Lucy'],
  topic: ['the budget', 'this policy', 'the new bridge', 'the tax plan', 'climate policy', 'the housing bill', 'Brexit', 'the school reform', 'the pension deal', 'the article', 'the minister’s plan', 'the bail-out', 'the carbon tax', 'the ferry contract', 'the vaccine rollout'],
  place: ['Africa', 'Mexico', 'your country', 'China', 'India', 'Pakistan', 'where you came from', 'your own country', 'the Middle East', 'your homeland', 'Somalia', 'Poland', 'wherever you crawled out of', 'the desert'],
  home: ['the park', 'my street', 'the choir', 'our school', 'the office', 'the hospital', 'the bakery', 'our football team', 'the library', 'the market'],
  work: ['a nurse', 'a teacher', 'an engineer', 'a bus driver', 'a doctor', 'a plumber', 'a lawyer', 'a chef', 'a farmer', 'a student'],
  thing: ['policy', 'law', 'plan', 'idea', 'headline', 'decision', 'reform', 'ban', 'budget', 'printer', 'app', 'website', 'film', 'rule', 'tax', 'project', 'deal', 'article', 'show', 'argument', 'system', 'campaign', 'scheme', 'match', 'building', 'design', 'paywall', 'report', 'vote', 'mistake', 'response', 'strategy', 'advert', 'song', 'speech', 'theory', 'meeting', 'fine', 'sign', 'excuse'],
  theThing: ['the {thing}', 'this {thing}', 'that {thing}', 'the new {thing}', 'their {thing}', 'the weather', 'the traffic', 'all this', '{topic}', 'the whole {thing}', 'my {thing}', 'another {thing}'],
  aThing: ['this', 'that', 'going on', 'going on with {topic}', 'happening', 'this {thing}', 'that {thing}', 'it', 'the plan here', 'the {thing} for'],
  feeling: ['tired', 'happy', 'proud', 'hungry', 'bored', 'cold', 'done', 'angry', 'lost', 'relieved', 'sick', 'excited', 'fed up', 'grateful', 'old'],
  someone: ['he', 'she', '{name}', 'my brother', 'my boss', 'the mayor', '{figure}', 'the author', 'the editor', 'the driver', 'my neighbour', 'our teacher', 'the referee', 'the man', 'the woman in the photo'],
  anInsult: ['an idiot', 'a moron', 'a fool', 'a liar', 'an imbecile', 'a loser', 'a coward', 'a clown', 'a crook', 'a hypocrite', 'an asshole', 'a scumbag', 'stupid', 'dumb', 'an utter idiot', 'such a fool', 'a total moron'],
  // Neutral actions, places and times, to generate any number of neutral sentences.
  did: [
    'opened a bakery', 'sang in the choir', 'planted trees', 'lost the match', 'won a prize', 'moved into the flat', 'sold me a bicycle', 'called the plumber', 'read the article', 'signed the petition', 'took the bus', 'paid the bill', 'missed the train', 'asked for directions', 'wrote a letter to the editor', 'joined the union', 'ran for the council', 'cooked for the whole street', 'fixed the roof', 'voted for the bridge', 'voted against {topic}', 'waited for an hour', 'came to the meeting', 'stayed at home', 'spoke about {topic}', 'complained about the noise', 'laughed at the joke', 'lost a job', 'found a wallet', 'got married', 'were on the news', 'had dinner', 'played football', 'played the piano', 'studied law', 'left early', 'lived here', 'grew up here', 'worked nights', 'raised three children', 'died in the flood', 'were hurt in the crash', 'fell ill', 'learned to swim', 'drove a taxi', 'painted the fence', 'taught maths', 'told their story', 'asked a question', 'bought the shop', 'rented a boat', 'fed the ducks', 'marched to the town hall', 'met {figure}', 'wore green', 'walked the dog',
  ],
  does: [
    'like tea', 'pay taxes', 'go to work', 'read newspapers', 'have children', 'care about {topic}', 'live in flats', 'vote in May', 'watch football', 'drink coffee', 'need doctors', 'worry about rent', 'love their families', 'work hard', 'get old', 'live longer', 'earn less', 'study abroad', 'run shops', 'play chess', 'disagree about {topic}', 'have opinions', 'come in all shapes', 'take the train', 'use the library', 'face long queues', 'wait for a decision', 'expect more from {figure}', 'sing', 'laugh', 'serve in the army', 'sit on juries', 'have jobs', 'go to church or not', 'cook at home', 'write books',
  ],
  where: ['at {home}', 'in our town', 'in Leeds', 'by the river', 'on the corner', 'next door', 'across the road', 'in the north', 'near the station', 'at the hospital', 'in Ohio', 'in parliament', 'on television', 'in the village'],
  when: ['yesterday', 'last year', 'on Tuesday', 'in 1998', 'for years', 'this morning', 'before the war', 'since March', 'every summer', 'again', 'at last', 'in the end', 'twice', 'a century ago'],
  // Hostile claims about what groups do.
  ruin: ['ruin', 'destroy', 'poison', 'pollute', 'infest', 'invade', 'corrupt', 'wreck', 'contaminate', 'rob', 'steal', 'weaken', 'bleed dry', 'take over', 'soil', 'degrade', 'threaten', 'kill'],
  ours: ['our country', 'our schools', 'our children', 'this town', 'our culture', 'our jobs', 'our streets', 'the nation', 'our way of life', 'everything', 'society', 'our women', 'the economy', 'our values', 'the gene pool', 'this website'],
}; // prettier-ignore
