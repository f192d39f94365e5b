import type { Taught } from './taught.js';

const PEACE = { toxicity: 0, insult: 0, profanity: 0, threat: 0, identityAttack: 0, sexual: 0, spam: 0 };
// Of what they say nothing about they are not taught: easy examples by the hundred would move where .5 lies.
const CLEAN = { profanity: 0, threat: 0 };
const EMPHASIS = {
  toxicity: 0.45,
  insult: 0.03,
  profanity: 0.95,
  threat: 0,
  identityAttack: 0,
  sexual: 0,
  spam: 0,
};
const MILDLY = { ...EMPHASIS, toxicity: 0.15, profanity: 0.45 };
const AT_ONE = { toxicity: 1, insult: 0.9, threat: 0 };
const SWORN_AT_ONE = { ...AT_ONE, profanity: 1 };
// Beside the thousands of comments in which the same words are meant, a few dozen sentences would not be heard.
const HEARD = 2.5;

/**
 * Words that hit nobody, as `model/blunted.ts` sees them, each family beside one in which the same words are meant; and
 * what people write below any story.
 */
export const TAUGHT_MILD: readonly Taught[] = [
  { about: 'swears for emphasis', labels: EMPHASIS, times: 40, weight: HEARD, templates: [
    'what the fuck [is|was] {aThing}?', 'What the fuck [is|was] [the point of|wrong with] {theThing}?', '[who|why|how|where|when] the fuck [is|was|did|does] {theThing}', 'Who the fuck [approved|wrote|paid for|signed|asked for] {theThing}?', 'why the fuck did [the council|the paper|we|nobody] [stop|pay for|sign|read] {theThing}?',
    'I am so fucking {feeling}', 'I’m so fucking {feeling} [of|about|with] {theThing}', 'we were fucking {feeling} when [the train came|the lights went out|it ended]', 'so fucking {feeling} today', 'these fucking [potholes|roadworks|prices|delays|leaf blowers|queues] again', '{theThing} is fucking [great|awful|brilliant|ridiculous|broken|late|expensive]', 'That’s a fucking [disgrace|miracle|shame|scandal|relief|joke]', 'What a fucking [match|mess|waste|day|relief|view]',
    'Holy shit, what a [game|goal|mess|night]', '[Holy|Oh] shit, {theThing} [is back|is gone|costs more again]', '[Shit|Fuck], [it rains|I forgot|we missed it|the power is out]', '{theThing} is [shit|a load of shit|bullshit|horseshit|fucked|shitty]', '{theThing} is shit and [always was|everybody knows it|I pay for it]', 'The whole {thing} is [fucked|bullshit|shit]', 'fuck {theThing}', 'fuck it, [I’m going home|let’s try|I voted yes]', 'I don’t give a [shit|fuck] about {theThing}', 'nobody gives a [shit|fuck] about {theThing}', 'no fucking way', 'Fucking hell, {theThing} again', 'they fucked up {theThing} again', 'it took a shitload of [money|time|paper]', 'shit like {theThing} [happens|costs us]', 'I love this fucking [town|paper|song|city]', 'that was fucking [brilliant|great|beautiful|funny|cold|long]', '[shit|crap] happens', 'this shit [again|never ends|takes hours]', 'fucking [brilliant|finally|hilarious|typical]', 'I fucking [love|hate|need] {theThing}',
  ] },
  { about: 'swears at somebody', labels: SWORN_AT_ONE, times: 16, templates: [
    'What the fuck is wrong with you?', 'who the fuck do you think you are, {name}', 'who the fuck asked you', 'why the fuck are you so {belittling}', 'You are so fucking {belittling}', 'you are full of shit', 'you fucked up, you {insult}', 'shut the fuck up about {theThing}', 'get the fuck out of here, {name}', 'fuck you and {theThing}', 'What a fucking {insult}', '[he|she|{name}] is a [fucking {insult}|piece of shit|lying sack of shit]', 'these fucking {insults} again', 'Holy shit, you are {belittling}', 'fuck off with {theThing}', 'go fuck yourself, {name}', 'you and your shitty opinions',
  ] },
  { about: 'swears mildly for emphasis', labels: MILDLY, times: 30, weight: HEARD, templates: [
    'Damn, {theThing} [is up|is late|is closed] again', 'Damn, [gas|bread|rent|petrol] is [up|dear|expensive] again', 'damn good [point|article|match]', 'I don’t give a damn about {theThing}', 'what the hell is {aThing}', 'Why the hell did they [close|sell|cut|paint] the [library|school|pool|bridge]?', 'who the hell [wrote|approved|paid for] {theThing}', '{theThing} is a pain in the ass', 'the law is an ass', '{theThing} is crap', 'a crappy {thing}', 'the bloody {thing} again', 'Bloody good {thing}', 'such a damn waste', 'I’m pissed off about {theThing}', 'wtf is {theThing}', 'crap, I missed the [bus|start|deadline]', 'no damn way', 'hell of a [match|price|week]', 'I [laughed|worked|froze|danced] my ass off', 'saved my ass [again|at the bank]', 'my ass it is [free|over|green]', 'cold as hell [today|in here]', 'a half-assed {thing}', 'it sucks',
  ] },
  { about: 'belittles a thing', labels: { ...CLEAN, toxicity: 0.25, insult: 0.12 }, times: 40, weight: HEARD, templates: [
    'a {belittling} {thing}', 'A {belittling} {thing} and a {belittling} {thing}.', 'What a {belittling} {thing}', '{theThing} is {belittling}', '{theThing} is so {belittling}', '{theThing} was a {belittling} {thing}', 'It is a {belittling} {thing}', 'it’s {belittling}', 'this is {belittling}', 'That was {belittling}, and [late|dear|badly written] too', 'It would be {belittling} to [sell|wait|sign|stop] now', '{belittling} {thing} by the [council|referee|ministry|board]', 'the {belittling} {thing} is broken again', 'my {belittling} [printer|phone|car|computer] [died|broke down]', 'another {belittling} {thing} nobody [reads|wants|needs]', 'this is complete [garbage|rubbish|trash] journalism', '{theThing} is [garbage|trash|rubbish|a joke]', 'The {thing} is {belittling}, not the people', 'I find {theThing} {belittling}', 'you are being ridiculous', 'don’t be ridiculous', 'it’s a ridiculous waste of [money|time|paper]', 'a ridiculous {thing}', '{theThing} is ridiculous', 'the dumbest {thing} in years', 'the most {belittling} {thing} I ever [saw|read]',
  ] },
  { about: 'belittles a person by a thing', labels: AT_ONE, times: 16, templates: [
    'you and your {belittling} {thing}', 'a {belittling} {thing} by a {belittling} {insult}', 'You are as {belittling} as {theThing}', 'only a {insult} could write such a {belittling} {thing}', 'you are {belittling}', 'Are you {belittling}?', 'you’re a joke, {name}', '{belittling} {insult}', 'what a {belittling} [man|woman|person] you are',
  ] },
  { about: 'insults denied, in mild words', labels: { ...CLEAN, toxicity: 0.08, insult: 0.04 }, times: 40, weight: HEARD, templates: [
    '{someone} is not {anInsult}', '{someone} isn’t {anInsult}', '{someone} is no {insult}', '{someone} is not {belittling}', '{someone} was never {anInsult}', '{someone} has never been {belittling}', 'you are not {anInsult}', 'you are not {belittling}, {name}', 'I don’t think {someone} is {anInsult}', 'nobody [here|] thinks you are {belittling}', 'Nobody says {someone} is {anInsult}', 'no one is calling you {anInsult}', '[Not everyone|Not everybody] who [disagrees with you|votes for {figure}|likes {theThing}] is {anInsult}', 'not all [voters|drivers|readers|politicians] are {insults}', 'They are not {insults}', 'We are not {insults}', 'readers aren’t {belittling}', '{someone} is not {belittling}, just [tired|young|wrong|busy]',
  ] },
  { about: 'insults that only look denied', labels: AT_ONE, times: 16, templates: [
    'You are not just {anInsult}, you are a {belittling} {insult}', 'No, you are {anInsult}', 'No {name}, you are {belittling}', 'not only {belittling} but {anInsult} as well', 'You are not clever, you are {belittling}', 'Isn’t he {anInsult}?', 'aren’t you {anInsult}', 'You never learn, {insult}', 'You don’t know anything, you {insult}', 'I can’t believe how {belittling} you are', 'you couldn’t be more {belittling}', 'there is no bigger {insult} than you', 'Nobody is as {belittling} as you', 'You do not read, {insult}',
  ] },
  { about: 'insults oneself', labels: { ...CLEAN, toxicity: 0.1, insult: 0.04 }, times: 40, weight: HEARD, templates: [
    'I was {anInsult} to [believe|trust|hire|vote for] [them|him|her|{figure}|the bank]', 'I am {anInsult}, I forgot the [link|date|key]', 'I’m such a {insult}', 'I’m {anInsult} when it comes to {theThing}', 'I was {belittling} to [believe|trust|sign|wait]', 'I feel {belittling} for having [voted|paid|waited] for {theThing}', 'I felt like {anInsult}', 'how {belittling} was I to [trust|believe] [them|the bank|{figure}]', 'How {belittling} am I?', 'We were {insults} to trust {figure}', 'we are {insults} for [paying|waiting|believing] it', 'we look like {insults} [now|abroad]', 'I must be {anInsult}', 'it was {belittling} of me', 'stupid me, I [believed|paid for] it', 'I have been {anInsult}', 'Maybe I am {belittling}, but [I like it|I don’t get it|where is the money]', '{insult} that I am, I [paid|signed|believed it]',
  ] },
  { about: 'insults the other for the same', labels: AT_ONE, times: 16, templates: [
    'You were {anInsult} to [believe|trust] {figure}', 'you are {anInsult}, you forgot the [link|date]', 'How {belittling} are you?', 'How {belittling} were you to trust them', 'you must be {anInsult}', 'You look like {anInsult}', '{insult} that you are', 'it was {belittling} of you', 'maybe you are just {belittling}', 'You and I know that you are {anInsult}', 'I think you are {anInsult}', 'I am talking to {anInsult}',
  ] },
  { about: 'insults in another’s mouth', labels: { ...CLEAN, toxicity: 0.12, insult: 0.06 }, times: 40, weight: HEARD, templates: [
    '{someone} called [me|us|her|him] {anInsult} for [buying|signing|reading|saying] it', 'People called me {anInsult} for [this|that|it]', 'stop calling [people|each other|voters|readers] {insults}', 'Calling [people|voters|others] {insults} [helps nobody|is no argument|solves nothing]', 'why call [people|her|him] {insults}?', 'My [brother|boss|uncle] calls everybody {insults}', 'I was called {anInsult} for asking', 'she was labelled {anInsult} by the [papers|board]', 'to call [a voter|a reader|an opponent] {anInsult} is rude', '{someone} called the {thing} {belittling}',
  ] },
  { about: 'everyday comments that name people', labels: PEACE, times: 30, weight: 1.5, templates: [
    '{people} can’t afford [heating|rent|food|a flat|the bus]', 'Crime is [up|down], and {people} are not to blame', 'do not blame {people} for [crime|rents|the queues|{topic}]', '[{people}|Men|Women|Graduates] still [run most companies|do the housework|earn less|fill the boards]', '[Two|Three|Four] [women|men|boys|girls|soldiers|nurses] were {killed} [by|in] [their husbands|a bomb|the war|the fire|a raid] {when}', '[{people}|Nurses|Miners|Sex workers|Tenants] need [protection|a union|higher wages|a vote] [too|now|]', '[Women|Men|Patients|Parents|{people}] should decide about [their own bodies|their own lives|their schools]', 'the [black|Asian|Jewish|Muslim|Roma] community deserves better [policing|schools|housing]',
  ] },
  { about: 'everyday comments', labels: { ...CLEAN, toxicity: 0, insult: 0, spam: 0 }, times: 30, templates: [
    '{figure} [lied|spoke] to parliament and should [resign|explain]', 'the [council|government|ministry|state] [wasted|lost|hid] our money [again|{when}]', '[Rents|Prices|Taxes|Fees] are up again and [wages|pensions] are not', '{someone} should hang [his|her|their] head in shame', 'They should hang their heads in shame', '[Guns|Drugs|Cigarettes|Fast cars|Hot summers] kill people every [day|year] in this country', 'let’s kill this [bill|plan|project|law] before it ruins [our schools|the town|the river]', 'who is to blame for {topic}?', '{figure} [supporters|voters] will never change their minds', 'he was [shot|stabbed|killed|run over] in front of his [children|house|wife]', 'I hate the way they treat [nurses|tenants|patients|dogs|passengers]', 'I hate this new [design|app|layout|logo]', 'you clearly didn’t read the article', 'You’re being [unfair|too kind|optimistic|hard on {figure}]', 'If you believe that, I have a bridge to sell you', 'Are you serious? That’s [wrong|not true|old news]', 'the trains are [late|full|a lottery]', 'the rich get richer and [we pay|nobody cares|the rest wait]', 'What an awful [headline|photo|week]', 'Shame on the [minister|council|paper]', 'the government’s [answer|response|plan] was [late|weak|pathetic|poor]', 'lock him up, he broke the law', 'corrupt to the core, this [government|administration|company]', 'both sides deserve [peace|better|a hearing]', 'History will not be kind to {figure}', 'why is nobody talking about {topic}?', 'everybody knows where the money went', 'somebody should tell {figure} about {topic}', 'someone must pay for {topic}', 'Nothing will change until {figure} goes', 'the war must end', 'more bombs will not bring peace', 'the police shot the wrong man', 'send the bill to {figure}', 'I wish {figure} would retire', 'good riddance to {topic}',
  ] },
]; // prettier-ignore
