import { hashWord } from './word-table.js';

/*
 * Very common words that are never a reason: if one has a share, it is because of its neighbours. They count in the
 * score but are not marked in the text. Apostrophes are dropped as in `classes.ts`.
 */
const STOP_WORD_LIST =
  'a an the and or but if so as of in on at to for from by with about into over after before up down out off again then than too very just only also even still ' +
  'i im ive id ill me my mine myself we us our ours you your youre yours u ur he him his she her hers it its they them their theirs this that these those who whom whose which what when where why how ' +
  'is are was were be been being am do does did done doing have has had having can could will would shall should may might must ' +
  'not no nor never dont doesnt didnt isnt arent wasnt werent wont cant couldnt shouldnt wouldnt aint ' +
  'all any both each every everyone everybody everything anyone anybody anything someone somebody something nobody nothing none some many most more much less few other others another such same own ' +
  'there here now yes oh well go get got going let lets make makes made way thing things one two because while until though since like think know say said says want really ever always mr mrs dr';

const STOP_WORDS = new Set(STOP_WORD_LIST.split(' ').map(hashWord));

/** Whether a word, by its hash, is too common to be marked as a reason. */
export const isStopWord = (hash: number): boolean => STOP_WORDS.has(hash);
