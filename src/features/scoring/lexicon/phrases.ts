import type { Label } from '../scores.js';

/*
 * What several words say together. A pattern is a row of slots, each one word of a sentence:
 *   kill|shoot   one of these words            @kill   one of a list below
 *   @hurt?       may be left out               ..3     up to three words of any kind
 *   ^            the sentence begins here      $       the sentence ends here
 * Contractions were taken apart before ("I'll" is `i will`, "you're" is `you are`).
 */
export type PhraseLevels = Partial<
  Record<
    Exclude<
      Label,
      | 'repeat'
      | 'flood'
      | 'links'
      | 'personalData'
      | 'shouting'
      | 'offLanguage'
      | 'bannedWords'
      | 'suspectWords'
    >,
    number
  >
>;

export const LISTS: Readonly<Record<string, string>> = {
  kill: 'kill murder shoot stab hang lynch execute behead gas slaughter exterminate strangle decapitate drown rape castrate skin butcher',
  hurt: 'punch smash slap beat choke cripple maim hunt burn bash stomp smack',
  death: 'die dead shot killed hanged hung lynched executed murdered gassed exterminated burned burnt raped stabbed beheaded drowned eradicated castrated slaughtered nuked bombed annihilated',
  out: 'deported expelled banned sterilized sterilised removed caged rounded',
  them: 'him her them those these all every any',
  all: 'all every the those these of any',
  be: 'are is be am being were was re r',
  filler: 'all just nothing but a an bunch of such like the so very fucking bloody damn really simply only mostly basically complete total absolute literally most really pure plain no better than more always born',
  will: 'will shall going gonna',
  home: 'africa mexico china india pakistan asia israel arabia where wherever somalia nigeria turkey poland country countries homeland your their',
}; // prettier-ignore

export const PHRASES: readonly (readonly [PhraseLevels, string])[] = [
  // Threats to somebody who is there
  [{ threat: 0.95 }, 'i|we am|are? @will|gotta|want|wanna|need|must|should|could to? ..1 @kill you|your|yall'],
  [{ threat: 0.75 }, 'i|we am|are? @will|gotta|want|wanna|need|must to? ..1 @hurt you|your|yall'],
  [{ threat: 0.75 }, 'i|we am|are? @will find|get|destroy|hurt|end|break you|your|yall'],
  [{ threat: 0.85 }, 'i|we know|knows where you|your live|lives|work|works|family|kids|sleep'],
  [{ threat: 0.75 }, 'i|we am|are|will coming|come for|after|to you'],
  [{ threat: 0.75 }, 'i|we am|are|will coming|come to your house|home|door'],
  [{ threat: 0.85 }, 'cut|chop|rip|tear|blow off|out? your head|heart|throat|brain|brains|tongue|hands'],
  [{ threat: 0.7 }, '^ watch your back $'],
  [{ threat: 0.7 }, 'better|you watch your back'],
  [{ threat: 0.7 }, 'your days are numbered'],
  [{ threat: 0.75 }, 'sleep with one eye open'],
  [{ threat: 0.8 }, 'you are a? dead man|woman|meat'],
  [{ threat: 0.9 }, 'bullet|knife|axe in|into|through your|his|her|their|you|him head|skull|heart|brain|neck|face|back?'],
  [{ threat: 0.9 }, 'slit|cut your|his|her|their throat|throats'],
  [{ threat: 0.8 }, 'break|snap your|his|her legs|neck|fingers|face'],
  [{ threat: 0.9, insult: 0.6 }, 'kill|hang|shoot|drown|neck|end yourself|yourselves|urself'],
  [{ threat: 0.9, insult: 0.6 }, 'kys|kysnow'],
  [{ threat: 0.8, insult: 0.6 }, 'go ..1 die $'],
  [{ threat: 0.8, insult: 0.6 }, 'go ..1 die you|in|already|now|scum'],
  [{ threat: 0.8, insult: 0.5 }, 'drink bleach'],
  [{ threat: 0.9 }, 'you|your|yall all? should|deserve|need|ought|must|deserves|needs|better to? all? be|get|just? @death'],
  [{ threat: 0.85 }, 'you|yall all? should|deserve|need|ought|must to? ..1 @death'],
  [{ threat: 0.6 }, 'you|yall all? @will to? die $'],
  [{ threat: 0.85, insult: 0.5 }, 'hope|wish|pray|praying|hoping that? you|your|yall ..2 @death|dies|suffer|rot|cancer|bleed'],

  // Calls for harm to others
  [{ threat: 0.7 }, 'i|we am|are? @will|gotta|want|wanna|need|must to? ..1 @kill @them'],
  [{ threat: 0.65 }, 'he|she|they|it|politicians|journalists|bankers all? should|deserve|deserves|need|needs|ought|must to? all? be|get @death'],
  [{ threat: 0.62 }, 'he|she|they all? should|deserve|deserves|need|needs|ought to? die'],
  [{ threat: 0.65 }, 'hope|wish|pray|praying|hoping that? he|she|they|his|her|their ..2 dead|shot|killed|raped|suffer|cancer'],
  [{ threat: 0.65 }, 'hope|wish|pray|praying|hoping that? he|she|they all? die|dies $'],
  [{ threat: 0.75 }, 'someone|somebody|anyone should|needs|must|ought|please to? just? @kill|@hurt @them|you|the|that|this'],
  [{ threat: 0.8 }, '^ let? us? just? @kill them|him|her|those|these|all|every|em'],
  [{ threat: 0.8 }, '@kill them|em all'],
  [{ threat: 0.8 }, 'death to you|him|her|them|every|these|those'],
  [{ threat: 0.85 }, 'deserve|deserves to|a|be? gassing|hanging|lynching|shooting|beating|noose|bullet'],
  [{ threat: 0.7 }, 'we|they|somebody|someone|you should|must|could ..1 round them|him|her|em up and @kill'],
  [{ threat: 0.62 }, 'we|i|people|somebody|someone should|must ..1 @kill them|him|her|em'],
  [{ threat: 0.7 }, 'string him|her|them|you|em up'],
  [{ threat: 0.65 }, 'time|ready to ..1 start? shooting|killing|hanging|lynching ..1 them|people|politicians|journalists|him|you|all'],

  // Hate for a group
  [{ identityAttack: 0.88 }, '@group people? @be @filler? @filler? @filler? @filler? @dehumanising'],
  [{ identityAttack: 0.72 }, '@group people? @be @filler? @filler? @filler? @filler? @disparaging'],
  [{ identityAttack: 0.82 }, 'filthy|subhuman|savage|diseased|evil|inferior|vermin @group'],
  [{ identityAttack: 0.72 }, 'dirty|filthy|smelly|stinking|stupid|dumb|disgusting|lazy|lousy|fucking|bloody|goddamn|damn @group'],
  [{ identityAttack: 0.95, threat: 0.85 }, '^ let? us? just? @kill @all? @all? @group'],
  [{ identityAttack: 0.95, threat: 0.85 }, '@kill all|every|these|those of? the|these|those? @group'],
  [{ identityAttack: 0.95, threat: 0.85 }, 'should|must|let|gotta|need ..1 to? @kill @all? @group'],
  [{ identityAttack: 0.95, threat: 0.85 }, '@group people? all? should|must|need|deserve|ought|needs|deserves to? all? just? be|get? @death'],
  [{ identityAttack: 0.55 }, '@group people? all? should|must|need|deserve|ought to? all? just? be|get? @out'],
  [{ identityAttack: 0.5 }, 'deport|expel|cage|ban all|every|these|those|the of? the|these|those? @group'],
  [{ identityAttack: 0.8 }, 'i|we ..1 ..1 hate|despise|detest|loathe all|the|those|these|every? fucking? @group'],
  [{ identityAttack: 0.8 }, 'cannot|not stand|tolerate all|the|those|these|every? @group'],
  [{ identityAttack: 0.72 }, '@group people? do|does not ..1 belong|deserve'],
  [{ identityAttack: 0.66 }, '@group people? @be ruining|destroying|invading|polluting|infesting|infecting|overrunning|replacing'],
  [{ identityAttack: 0.72 }, '@group people? go ..1 home|back'],
  [{ identityAttack: 0.45 }, 'no more|place for|to? @group in|here|please'],
  [{ identityAttack: 0.8, insult: 0.5 }, 'fuck all|the|those|these|every|off|you? @group'],
  [{ identityAttack: 0.76, insult: 0.45 }, '^ go|get|crawl|fuck off? right? ..1 back|home to @home'],
  [{ identityAttack: 0.74, insult: 0.45 }, 'just|please|should|you|and|then|not|to go|fuck off? back|home to your ..1 country|countries|homeland|land|hellhole|shithole|village'],
  [{ identityAttack: 0.5 }, 'go back to your ..1 country|countries|homeland'],
  [{ identityAttack: 0.7 }, 'you|they|yall|people should|can|must|need to? ..1 go back to @home'],
  [{ identityAttack: 0.62 }, 'send|ship them|these|those|all ..2 back|home to? @home'],
  [{ insult: 0.5 }, '^ go|crawl back to|under|in|into your ..1 cave|basement|hole|bridge|rock|swamp|farm'],
  [{ identityAttack: 0.62 }, 'get out of our|my|this country'],
  [{ identityAttack: 0.85, threat: 0.4 }, 'hitler|holocaust was|should|did|had ..1 right|finished|finish|have|nothing'],
  [{ identityAttack: 0.75 }, '@group people? @be ..1 the problem|enemy|disease|reason'],
  [{ identityAttack: 0.7 }, 'women|woman|females|female belong|belongs in the? kitchen'],
  [{ identityAttack: 0.95, threat: 0.7 }, 'gas|ovens the? jews'],
  [{ identityAttack: 0.9, threat: 0.8 }, 'death to all|the? @group'],
  [{ identityAttack: 0.66 }, 'dirty|filthy|typical|greedy jew'],

  // Insults of several words
  [{ insult: 0.88, profanity: 0.85 }, 'fuck you|u|ya|yourself|urself|yall'],
  [{ insult: 0.75, profanity: 0.8 }, 'fuck off'],
  [{ insult: 0.75, profanity: 0.7 }, 'eat shit|dick'],
  [{ insult: 0.6, profanity: 0.45 }, 'piss off'],
  [{ insult: 0.55, profanity: 0.2 }, 'screw|damn you|yourself'],
  [{ insult: 0.72, profanity: 0.8 }, 'gtfo|stfu'],
  [{ insult: 0.7, profanity: 0.7 }, 'shut the fuck up'],
  [{ insult: 0.45 }, 'shut ..2 up'],
  [{ insult: 0.65, profanity: 0.4 }, 'kiss|lick my ass|arse'],
  [{ insult: 0.65 }, 'go|rot|burn to|in hell'],
  [{ insult: 0.85, profanity: 0.6 }, 'piece|pieces|sack|bag of ..1 shit|crap'],
  [{ insult: 0.72 }, 'piece|pieces|sack of ..1 trash|garbage|filth|dirt'],
  [{ insult: 0.8, profanity: 0.6 }, 'son|sons of a? bitch|bitches'],
  [{ insult: 0.6 }, 'waste|excuse of|for a? human|oxygen|space|man|life'],
  [{ insult: 0.72, identityAttack: 0.55 }, 'white|trailer trash'],
  [{ insult: 0.6 }, 'mouth breather|breathers|breathing'],
  [{ insult: 0.6 }, 'knuckle dragger|draggers|dragging'],
  [{ insult: 0.6 }, 'brain dead'],
  [{ insult: 0.5 }, 'you make me sick'],
  [{ insult: 0.55 }, 'nobody|everyone|everybody likes|hates you'],
  [{ insult: 0.45 }, 'get a life|clue|brain $'],
  [{ insult: 0.5 }, 'you have no brain|brains'],
  [{ insult: 0.55 }, 'your mother|mom|mama ..1 ..1 whore|slut|fat|ugly|ashamed'],
  [{ insult: 0.7 }, 'you @be ..2 fat ..1 ugly'],
  [{ insult: 0.65 }, 'you @be ..2 ugly'],

  // Sex
  [{ sexual: 0.85, profanity: 0.5, insult: 0.65 }, 'suck|sucks|sucking|lick my|his|her|your|these|deez ..1 dick|cock|balls|nuts|tits|pussy'],
  [{ sexual: 0.8 }, 'send|show me? ..1 nudes|tits|boobs'],
  [{ sexual: 0.75 }, 'i|we ..3 have sex with|on you|her|your'],
  [{ sexual: 0.75 }, 'hot|horny|sexy singles|girls|teens|milfs'],
  [{ sexual: 0.8 }, 'sit on my face'],
]; // prettier-ignore
