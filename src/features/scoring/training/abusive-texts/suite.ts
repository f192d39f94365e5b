import type { ModelLabel } from '../../model/labels.js';
import type { Disguise } from './disguises.js';

/** One function of the suite: sentences of one kind to which one label must apply, or must not. */
export interface SuiteFunction {
  readonly name: string;
  readonly label: ModelLabel;
  readonly positive: boolean;
  /** True if neither its templates nor any with the same construction were used for training. */
  readonly unseen: boolean;
  readonly spelled?: Disguise;
  readonly templates: readonly string[];
}

const hateful = (
  name: string,
  unseen: boolean,
  templates: readonly string[],
  spelled?: Disguise,
): SuiteFunction => ({
  name: `hate: ${name}`,
  label: 'identityAttack',
  positive: true,
  unseen,
  templates,
  ...(spelled ? { spelled } : {}),
});
const harmless = (
  name: string,
  unseen: boolean,
  templates: readonly string[],
  spelled?: Disguise,
): SuiteFunction => ({
  name: `no hate: ${name}`,
  label: 'identityAttack',
  positive: false,
  unseen,
  templates,
  ...(spelled ? { spelled } : {}),
});
const appliesTo = (
  label: ModelLabel,
  name: string,
  unseen: boolean,
  templates: readonly string[],
  spelled?: Disguise,
): SuiteFunction => ({
  name: `${label}: ${name}`,
  label,
  positive: true,
  unseen,
  templates,
  ...(spelled ? { spelled } : {}),
});
const doesNotApplyTo = (
  label: ModelLabel,
  name: string,
  unseen: boolean,
  templates: readonly string[],
): SuiteFunction => ({ name: `no ${label}: ${name}`, label, positive: false, unseen, templates });

const INSULTED = [
  'You are a {insult}',
  'You are a {swear} {insult}',
  'What a {insult} you are, {name}',
  'You are so {belittling}',
];

const SPELLED = [
  'I met a {person} at {home}',
  '{people} are {fine}',
  'I {hate} {things}, they are {bad}',
  '{others} should be {out}',
];

export const SUITE: readonly SuiteFunction[] = [
  hateful('feeling', false, ['I {hate} {people}', 'I really {hate} every single {person}', 'We {hate} {people} in this house']),
  hateful('feeling', true, ['If there is one thing I hate, it is {people}', '{people} fill me with disgust', 'It is hard to say how much I loathe {people}', 'I feel sick at the sight of {people}', 'Ugh, {people}. I despise the lot of them.', 'My blood boils when I see a {person}']),
  hateful('quality', false, ['{people} are {bad}', 'All {people} are so {bad}', '{badAdjective} {people}']),
  hateful('quality', true, ['There is nobody as {badAdjective} as {people}', 'I have yet to meet a {person} who is not {bad}', 'You will find that {people} are, without exception, {bad}', '{people} and brains do not go together', 'Show me a {person} and I show you a liar', 'Of all people, {people} are the most {badAdjective}']),
  hateful('dehumanised', false, ['{people} are {vermin}', 'Those {people} are nothing but {vermin}']),
  hateful('dehumanised', true, ['{people} crawl through our streets like {vermin}', 'Like {vermin}, {people} multiply', 'Somebody call pest control, there are {people} in the building', 'You cannot tell {people} from {vermin}', '{people} have more in common with {vermin} than with us', 'What is the difference between {people} and {vermin}? None.']),
  hateful('hinted', true, ['I would be ashamed to have a {person} in the family', 'I’d sooner sleep in the street than share a room with a {person}', 'My daughter will never bring a {person} home', 'This street was safe until {people} moved in', 'Whoever marries a {person} is no child of mine', 'You can smell the {people} from here', 'Somehow it is always {people}, isn’t it, when something gets stolen']),
  hateful('threat', false, ['I will {kill} all {people}', 'I am going to {kill} every {person}']),
  hateful('threat', true, ['Once I have a gun, the {people} are finished', 'The first {person} who talks to me gets a knife in the neck', 'We are loading our guns for {people}', '{people}, you won’t survive the week', 'Tonight {people} will burn', 'Give me one night and I {kill} the {people} of this town']),
  hateful('call for harm', false, ['{people} should be {killed}', 'All {people} deserve to die']),
  hateful('call for harm', true, ['It is time that {people} were {killed}', 'Whoever {kill}s a {person} deserves a medal', 'Let {people} drown', '{people} belong six feet under', 'The best place for {people} is the grave', 'Why hasn’t anybody {killed} those {people} yet']),
  hateful('shut out', false, ['{people} should be {out}', 'Send {people} back to {place}', 'No rights for {people}']),
  hateful('shut out', true, ['Close the borders to {people} for good', 'A proper country would not have {people} in it', 'Put {people} on the next boat', '{people} should have to drink from another fountain', 'Take the vote away from {people}', 'I want a town without {people}', 'Whoever employs {people} should be boycotted, this is our country']),
  hateful('slur, at one', false, ['You are a {slur}', 'Shut up {slur}', 'What a {slur}']),
  hateful('slur, at one', true, ['Nobody asked you, {slur}', 'The {slur} from number six complained again', 'Oh look, the {slur} has an opinion', 'I won’t serve a {slur}', 'My landlord is one mean {slur}']),
  hateful('slur, at many', true, ['This bus is full of {slurs}', 'Here come the {slurs}', 'I did not vote so that {slurs} can run this place', 'The {slurs} are at it again', 'One of these days we will be rid of the {slurs}']),
  hateful('with swearing', true, ['What the fuck do {people} want here', 'Holy shit, another fucking {person}', 'I’m so fucking done with {people}', '{people} can go fuck themselves', 'Bloody {people}, fuck off']),
  hateful('across clauses', true, ['A {person} got the flat upstairs, and I can’t stand that scum', 'There were {people} at {home}. What a bunch of {vermin}.', 'My doctor is a {person}. Those are all {bad}.', 'They let {people} in again. I hope they all drown.', 'You see {people} everywhere these days. Filthy lot.', 'I used to work with {people} and every one of them was {bad}']),
  hateful('denied good', false, ['No {person} deserves to live', '{people} are not human beings']),
  hateful('denied good', true, ['I have never met a decent {person}', '{people} will never be equal to us', 'No {person} ever did anything useful', 'I wouldn’t trust a {person} with a goldfish', '{people} don’t deserve the air they breathe', 'You can’t call {people} people']),
  hateful('question', true, ['How did {people} become so {bad}?', 'Who let the {people} in, and when do they leave?', 'Would anyone miss {people}?', 'Could somebody explain why {people} are such {vermin}?', 'Why should I have to live next to {people}?']),
  hateful('opinion', true, ['It has to be said: {people} are {bad}', 'Sorry, but {people} are {vermin} to me', 'As far as I can see {people} are just {bad}', 'Not being funny, but {people} are {bad}', 'Nobody dares to say it, {people} are {bad}', 'Science proves that {people} are {bad}']),
  hateful('digits for letters', false, ['I {hate} {people}, they are {vermin}', '{people} are {vermin}', 'You are a {slur}', 'All {people} should be {killed}'], 'digits'),
  hateful('masked letters', false, ['{people} are {vermin}', 'You are a {slur}', 'fucking {slurs}'], 'masks'),
  hateful('stretched', false, ['{people} are {vermin}', 'I {hate} {people}', 'All {people} should be {killed}'], 'stretched'),
  hateful('spaces between letters', false, ['I {hate} {people}', '{people} are {vermin}', 'You {slur}'], 'spaced'),
  hateful('zero-width characters', false, ['I {hate} {people}', '{people} are {vermin}', 'You {slur}'], 'zeroWidth'),
  hateful('look-alike letters', false, ['I {hate} {people}', '{people} are {vermin}', 'You {slur}'], 'homoglyphs'),
  hateful('letters swapped', false, ['I {hate} {people}, they are {vermin}', '{people} are {vermin}', 'All {people} should be {killed}'], 'swapped'),
  hateful('letters dropped', false, ['I {hate} {people}, they are {vermin}', '{people} are {vermin}', 'All {people} should be {killed}'], 'dropped'),
  hateful('words joined', false, ['I {hate} {people}, they are {vermin}', 'All {people} should be {killed}'], 'joined'),

  harmless('names a group', false, ['I met a {person} at {home}', 'My neighbour is a {person}', '{people} were counted in the census']),
  harmless('names a group', true, ['A {person} won the chess tournament', 'The exhibition tells the story of {people} in the sixties', 'Our {kindOf} customers asked for longer hours', 'Is there a {kindOf} choir in town?', 'The survey asked {people} about housing', 'I grew up among {people}', 'Half of my class were {people}', 'The author is a {person} from Leeds']),
  harmless('speaks well', false, ['{people} are {fine}', 'I am proud to be {kindOf}']),
  harmless('speaks well', true, ['Without {people} this hospital would have closed', 'I could not wish for better neighbours than {people}', 'Three cheers for {people}', 'Marrying a {person} was the best decision of my life', 'I admire how {people} keep going', '{people}, you are loved', 'How lucky we are to have {people} in our choir']),
  harmless('denies', false, ['{people} are not {bad}', 'No {person} deserves to be {killed}', 'I don’t {hate} {people}']),
  harmless('denies', true, ['Nobody has the right to hurt a {person}', 'At no point did I hate {people}', 'There is no evidence that {people} are {bad}', 'I see no reason why {people} should be {out}', '{people} have never been {vermin}', 'We must not let anybody {kill} {people}', 'You won’t hear me say that {people} are {bad}']),
  harmless('quotes and condemns', false, ['It is wrong to say that {people} are {vermin}', '"{people} are {bad}" is a hateful thing to say', 'He shouted "{slurs}" at them, which is horrible']),
  harmless('quotes and condemns', true, ['Anyone chanting "{kill} all {people}" belongs before a judge', 'When my uncle said {people} are {bad}, I left the table', 'How can an adult write "I hate {people}"? Shame on him.', 'The sign read "no {people}" and I was appalled', 'Their leader calls {people} {vermin}; that is how pogroms begin', 'I will never understand why somebody would call a child a {slur}', 'If you tweet that {people} are {vermin}, you deserve to lose your job']),
  harmless('reports', true, ['Witnesses heard him yell "{slur}" before the attack', 'A mob {killed} several {people} in the riot of 1938', 'The court heard that he planned to {kill} {people}', 'She remembers being called a {slur} at school', 'Police protect {people} after the threats', 'The law of 1935 had {people} {out}']),
  harmless('reclaimed', true, ['We dykes have marched here since 1978', 'Happy birthday to my favourite queer', 'I am a cripple and I like the word', 'Bitches, dinner at mine, love you all', 'Some of us fags still remember the bar', 'I’m a slut and proud of it']),
  harmless('homonyms', true, ['There is a chink in their armour', 'Everything was spick and span', 'Our maine coon has six toes', 'The dyke protects the village from the sea', 'I had a fag and a pint', 'A dish of faggots and mashed potatoes', 'We rebuilt the tranny of the old truck', 'The snow will retard the growth of the wheat', 'Scunthorpe drew at home', 'A class assessment in Essex', 'They raise cocks and hens', 'The bitch nursed her puppies']),
  harmless('hates a thing', false, ['I {hate} {things}', '{things} are {bad}', 'Death to {things}']),
  harmless('hates a thing', true, ['Few things are as {badAdjective} as {things}', 'I would abolish {things} tomorrow', 'Who invented {things}? I despise them.', 'My garden is full of {vermin}', 'Burn the old sofa, it is disgusting', 'I detest the smell of {things}', 'The rats in the cellar must be exterminated']),
  harmless('abuses one person', false, ['You are a {insult}', 'You {belittling} {insult}']),
  harmless('abuses one person', true, ['{name}, you absolute {insult}, read it again', 'He is a {insult} of the first order', 'I hope you choke, {name}', 'My brother is a {belittling} {insult}', 'You are filth and so is your editor', 'Crawl back under your rock, {insult}']),
  harmless('attacks others than the protected', false, ['{others} are {bad}', 'I {hate} {others}', 'Kill all {others}']),
  harmless('attacks others than the protected', true, ['There is nobody as {badAdjective} as {others}', '{others} crawl through our streets like {vermin}', 'I would be ashamed to have a son among {others}', 'Put {others} on the next boat', 'It is time that {others} were {killed}', 'Nobody dares to say it, {others} are {bad}']),
  harmless('swears at nothing', true, ['I am so fucking late', 'What a shit day', 'Fucking printer jammed again', 'Who the fuck parked there', 'Bloody brilliant, that goal', 'Damn it, I burned the rice']),

  // The same misspellings in harmless sentences
  harmless('digits for letters', false, SPELLED, 'digits'),
  harmless('stretched', false, SPELLED, 'stretched'),
  harmless('spaces between letters', false, SPELLED, 'spaced'),
  harmless('look-alike letters', false, SPELLED, 'homoglyphs'),
  harmless('letters swapped', false, SPELLED, 'swapped'),
  harmless('letters dropped', false, SPELLED, 'dropped'),
  harmless('words joined', false, SPELLED, 'joined'),

  // Written last, after all training templates
  hateful('feeling, plainly', true, ['Every time I see a {person} I get so mad', 'I reserve my deepest contempt for {people}', '{people} are hated by me and mine', 'Ew, {people}', 'I swear {people} make me want to punch a wall', 'You have no idea how much {people} sicken me']),
  hateful('quality, plainly', true, ['There’s a reason people say {people} are {bad}', '{people} have nothing going for them, they are {bad}', 'Seriously, how {bad} can {people} get', 'It must be awful to be as {bad} as {people}', 'Everyone at work agrees that {people} are {bad}', 'The {person} down the hall is {bad}, like all of them']),
  hateful('harm, plainly', true, ['I vote we {kill} all {people}', 'If it were legal I’d have {killed} ten {people} by now', 'Would you mind if I {kill} a few {people}?', 'Anyone up for going out to {kill} some {people}?', 'These {people} ought to get {killed} first thing in the morning', 'My only wish is that {people} are {killed}']),
  hateful('rights, plainly', true, ['Nobody should ever listen to a {person}', 'Giving {people} the vote was a mistake', 'My country is for us and never for {people}', 'A {person} has no business being {work}', 'Stop letting {people} into this country', 'The government should have {people} {out}']),
  harmless('peace, plainly', true, ['Two of the nurses are {people}', 'My son wants to know what {people} believe in', 'I read a novel by a {person} last night', '{people} run the best café in Leeds', 'I don’t know many {people} but those I know are {fine}', 'You would love the {people} I work with', 'We named the school after a {person}', 'What a pleasure to meet so many {people}']),
  harmless('against hate, plainly', true, ['Please report anyone who says {people} are {bad}', 'My heart breaks when someone says "{kill} all {people}"', 'Why is "{people} are {vermin}" still online? Take it down.', 'I was raised to think {people} are {bad}. I know better now.', 'It takes a small mind to hate {people}', 'Telling a {person} to go back to {place} is shameful']),
  harmless('others, plainly', true, ['There’s a reason people say {others} are {bad}', 'I vote we get rid of all {others}', 'I swear {others} make me want to punch a wall', 'Would anyone miss {others}?', 'You have no idea how much {things} sicken me', 'I vote we get rid of all {things}', 'Ew, {things}']),

  appliesTo('insult', 'at one who is there', false, INSULTED),
  appliesTo('insult', 'at one who is there', true, ['{name}, you absolute {insult}', 'Did your mother drop you on your head, {insult}?', 'Trust a {insult} like you to miss the point', 'Here speaks the {insult} of the village: you', 'I have met bricks smarter than you', 'You {swear} {belittling} {insult}, learn to read', 'Thick as two short planks, that is you, {name}']),
  appliesTo('insult', 'digits for letters', false, INSULTED, 'digits'),
  appliesTo('insult', 'dots between letters', false, INSULTED, 'dotted'),
  appliesTo('insult', 'shouted', false, INSULTED, 'capitals'),
  doesNotApplyTo('insult', 'disagrees', true, ['I read it twice and I am still not convinced by {topic}', 'With respect, {name}, {topic} costs twice that', 'You forgot to count the interest', 'I would have voted the other way', 'This is a poor argument for {topic}', 'The chart contradicts your second paragraph', 'Wrong again: {topic} was cancelled in May']),
  doesNotApplyTo('insult', 'denied or reported', true, ['My teacher used to call me a {insult}', 'Nobody is a {insult} for asking about {topic}', 'I felt like a {insult} when I saw the bill', 'You are anything but a {insult}', 'She does not think you are {belittling}', 'To call a voter a {insult} is not an argument']),
  doesNotApplyTo('insult', 'swearing for emphasis', true, ['{topic} is bullshit and always was', 'That was a fucking great interview', 'Shit, I left the oven on', 'What the fuck is going on with {topic}', 'I fucking love this paper', 'Holy shit, what a finish']),
  doesNotApplyTo('insult', 'of a thing', true, ['I have rarely read such a {belittling} {thing}', 'The council came up with yet another {belittling} {thing}', 'In hindsight the {thing} was {belittling}', 'Such {belittling} rules help nobody', 'Could the {thing} be any more {belittling}?', 'Sounds like a {belittling} {thing} to me']),
  doesNotApplyTo('insult', 'of oneself', true, ['Looking back I was {anInsult} to sign', 'I would be {anInsult} to miss it', 'We were {insults} and paid twice', 'Am I {anInsult} or is {topic} really that dear?', 'I, {anInsult}, bought the ticket twice', 'I have felt {belittling} ever since']),
  appliesTo('insult', 'beside a thing', true, ['Your {belittling} {thing} fits you, {insult}', 'Whoever likes the {thing} is {anInsult}, and that means you', 'The {thing} is fine, but you are {belittling}', 'Read the {thing} before you post, {insult}']),
  appliesTo('insult', 'only looks denied', true, ['You are not merely {belittling}, you are {anInsult}', 'It is not the {thing} that is {belittling}, it is you', 'No wonder nobody likes you, {insult}', 'I never met a bigger {insult} than you']),
  appliesTo('profanity', 'swearing for emphasis', true, ['{topic} is bullshit and always was', 'That was a fucking great interview', 'Fucking hell, the trains', 'What the fuck is going on with {topic}', 'I fucking love this paper', 'Holy shit, what a finish', 'the whole thing is fucked']),
  doesNotApplyTo('profanity', 'clean words', true, ['The assessment of {topic} took a year', 'Our class passed the assembly', 'Scunthorpe is in Lincolnshire', 'He plays the bassoon in Sussex', 'An analysis of the cockpit data', 'The shiitake cocktail was a mistake', 'I asked Dickens scholars about it']),
  appliesTo('threat', 'at one who is there', false, ['I will {kill} you', 'You should be {killed}', 'I know where you live']),
  appliesTo('threat', 'at one who is there', true, ['Say that to my face and you will not walk home', 'One more word and I {kill} you, {name}', 'Your house will burn tonight', 'I hope a bus hits you and you die', 'There is a bullet with your name on it', 'Better hide, I am going to find you and {kill} you']),
  doesNotApplyTo('threat', 'harmless talk of death', true, ['My mum will murder me if I am late', 'That comedian kills me', 'The frost killed my tomatoes', 'Two soldiers were killed near the border', 'I would die for a good coffee', 'The amendment died in committee', 'He was shot while filming in Spain', 'We shot the rapids at noon', 'The judge ordered a new trial in the murder case']),
  doesNotApplyTo('spam', 'links and prices', true, ['The figures are on page 3 of https://budget.example/report', 'I paid $400 for the same course and it was fine', 'Sign the petition at the town hall on Monday', 'My sister works from home and earns less than before', 'The loan was refused by the bank in 2020', 'Open museums would cost {topic}']),
  appliesTo('spam', 'advertises', true, ['Grow your account fast, 5000 real followers for $9, http://grow.example', 'Earn 200 dollars per hour from your phone, details at http://phonejob.example', 'Mr {name} traded my bitcoin and I got ten times my money, write to him on whatsapp +44 20 555 0101', 'Best pills online, no prescription, free shipping http://pills.example', 'Win a free iPhone, click http://prize.example now', 'Meet lonely girls near you tonight http://date.example', 'Guaranteed profit every day with our trading signals, join telegram @signals']),
  doesNotApplyTo('toxicity', 'everyday news', true, ['Four miners were {killed} underground', 'The {kindOf} minister answered every question', 'Pensioners queue for bread and {figure} flies to the summit', 'The judge let him go, the law is the law', 'Knives kill more teenagers than cars do', 'Nobody from the board has apologised for the {thing}', 'I am furious about the {thing}', 'What a waste of money, this {thing}', '{people} pay the price for the {thing}', 'They buried the {thing} on page nine']),
  doesNotApplyTo('toxicity', 'public figures and policies', true, ['{figure} has failed on {topic}', '{figure} should be ashamed of {topic}', '{figure} broke every promise about {topic}', 'I would not vote for {figure} if you paid me', 'The worst decision {figure} ever made is {topic}', 'What did {figure} know about {topic}, and when?']),
]; // prettier-ignore

/**
 * Harmless sentences that name a group, the same for every group, to compare how often each is mistaken for an
 * attack.
 */
export const FAIRNESS: {
  readonly groups: readonly (readonly [people: string, person: string, kindOf: string])[];
  readonly templates: readonly string[];
} = {
  groups: [
    ['women', 'woman', 'female'], ['men', 'man', 'male'], ['gay people', 'gay man', 'gay'], ['lesbians', 'lesbian', 'lesbian'], ['trans people', 'trans woman', 'trans'], ['black people', 'black man', 'black'],
    ['white people', 'white man', 'white'], ['Asians', 'Asian woman', 'Asian'], ['Arabs', 'Arab', 'Arab'], ['Muslims', 'Muslim', 'Muslim'], ['Jews', 'Jew', 'Jewish'], ['Christians', 'Christian', 'Christian'], ['Hindus', 'Hindu', 'Hindu'],
    ['immigrants', 'immigrant', 'immigrant'], ['refugees', 'refugee', 'refugee'], ['disabled people', 'disabled man', 'disabled'], ['autistic people', 'autistic woman', 'autistic'], ['Mexicans', 'Mexican', 'Mexican'], ['old people', 'pensioner', 'elderly'], ['Roma people', 'Roma woman', 'Roma'],
  ],
  templates: [
    'As a {person}, I thank the author for this.', 'I am a {person} and I vote.', 'My best friend is a {person}.', '{people} and their families met the mayor.', 'The city counts nine thousand {people}.', 'A {person} drove the bus.', 'The {kindOf} community centre reopens on Monday.', 'I was raised by a {person}.', '{people} pay taxes like everybody else.', 'The play is about a {kindOf} teacher in the war.',
    'I interviewed several {people} for my thesis.', '{people} have lived on this street for a century.', 'The law protects {people} from discrimination.', 'My doctor is {kindOf} and very patient.', 'We are {people} and we are proud of it.', 'Being {kindOf} taught me to listen.', 'More {people} should run for office.', 'The paper should employ a {kindOf} columnist.', 'How do {people} see the reform?', 'Nobody asked {people} what they think.',
    'The number of {people} in the force has doubled.', '{people} deserve a fair hearing.', 'I married a {person} forty years ago.', 'There were {people} and children in the queue.', 'Why are so few {people} on the board?', 'The museum shows paintings by {kindOf} artists.', 'A {person} wrote the best comment here.', 'Thank you to the {people} who helped after the flood.', 'The minister met {people} on Tuesday.', 'I’m {kindOf}, and I disagree with the article.',
    'My {kindOf} neighbours brought soup.', '{people} are worried about the new rule.', 'He is a {person}, a father and an engineer.', 'That {person} was my teacher.', 'Ask any {person} about the 1980s.', 'The church welcomes {people}.', 'It is not easy to be a {person} in this town.', '{people} were among the first to help.', 'A {kindOf} couple bought the bakery.', 'I have nothing against {people}.',
  ],
}; // prettier-ignore
