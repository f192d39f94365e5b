/*
 * Names of people and places that are also words of the lexicon ("Dick Cavett", "Bishop Coon", "the ferry to Nigg").
 * A word is taken for a name if it is spelled like a listed name, starts with its only capital letter, and is where
 * names occur, such as after a title.
 */

const setOf = (words: string): ReadonlySet<string> => new Set(words.split(' '));

const GIVEN = setOf('dick randi');
const SURNAMES = setOf(
  'dick dicks cock cocks gay coon coons slag slagg bastard moron spick kraut polack trollop rat hag pig prat berk swine dyke',
);
const PLACES = setOf('lesbos nigg twatt dildo prat moron');

const FIRST_NAMES = setOf(
  'Adam Agnes Alan Albert Alec Alex Alexander Alfred Alice Alison Amanda Amy Andrea Andrew Andy Angela Ann Anna Anne Annie Anthony Arthur Barbara Barry Ben Benjamin Bernard Bert Betty Bill Bob Brenda Brian Bruce Carl Carol Caroline Catherine Charles Charlie Charlotte Chris Christina Christine Christopher Claire Clare Clive Colin Craig Cressida Cynthia Dan Daniel Dave David Dawn Deborah Dennis Derek Diana Diane Don Donald Dorothy Doug Douglas Edith Edward Eileen Elaine Eleanor Elizabeth Ellen Emily Emma Eric Ernest Ethel Eva Eve Fiona Florence Frances Francis Frank Fred Gareth Gary Geoff Geoffrey George Gerald Gerry Gillian Glenn Gordon Grace Graham Greg Hannah Harold Harriet Harry Heather Helen Henry Herbert Hugh Ian Irene Isabel Jack Jackie Jacob Jake James Jamie Jane Janet Janice Jason Jean Jeff Jennifer Jenny Jeremy Jill Jim Jimmy Jo Joan Joanna Joanne Joe John Johnny Jon Jonathan Joseph Josephine Joyce Judith Judy Julia Julian Julie June Karen Kate Katherine Kathleen Katie Keith Ken Kenneth Kevin Kim Larry Laura Lee Len Leonard Leslie Lily Linda Lisa Liz Lizzie Lorraine Louise Lucy Luke Lynn Lynne Maggie Malcolm Marcus Margaret Maria Marie Marion Mark Martha Martin Mary Matt Matthew Maureen Maurice Max Michael Michelle Mick Mike Molly Monica Nancy Naomi Natalie Neil Nicholas Nick Nicola Nigel Norman Oliver Olivia Oscar Pam Pamela Pat Patricia Patrick Paul Paula Pauline Peggy Penny Peter Phil Philip Rachel Ralph Ray Raymond Rebecca Reg Richard Rita Rob Robert Robin Roger Roland Ron Ronald Rose Ross Roy Russell Ruth Ryan Sally Sam Samantha Samuel Sandra Sara Sarah Sean Sharon Sheila Shirley Simon Sophie Stan Stanley Stella Stephen Steve Steven Stuart Sue Susan Suzanne Sylvia Ted Terence Terry Thomas Tim Timothy Toby Tom Tommy Tony Tracey Tracy Trevor Ursula Valerie Vera Veronica Victor Victoria Vincent Walter Wayne Wendy Wilfred William Winifred Yvonne Zoe',
);

const TITLE =
  /(?:^|[^\p{L}])(?:Mr|Mrs|Ms|Miss|Dr|Sir|Lord|Lady|Dame|Cllr|Councillor|Prof|Professor|Father|Uncle|Auntie|Aunt|Bishop|Canon|Dean|Judge|Justice|Captain|Capt|Colonel|Col|Major|General|Sergeant|Sgt|Inspector|Constable|Commissioner|President|Senator|Congressman|Congresswoman|Governor|Mayor|Minister|Reverend|Rev|Nurse|Coach|Messrs)\.?\s+(?:\p{Lu}\p{Ll}*\.?\s+)?$/u;
const FIRST_NAME = /(?:^|[^\p{L}])(\p{Lu}\p{Ll}+)\s+(?:\p{Lu}\.?\s+)?$/u;
const INITIAL = /(?:^|[^\p{L}])\p{Lu}\.\s*$/u;
const SURNAME = /^\s+(?:(?:van|de|von|der|Mc|Mac|O['’])\s?)*\p{Lu}\p{Ll}+/u;
/** A word after which even a capitalised word is no name: "you", "a", "stupid". */
const NEVER_BEFORE_NAME =
  /(?:^|[^\p{L}])(?:an?|you|u|ya|your|such|what|total|complete|absolute|utter|massive|big|little|stupid|silly|fucking|bloody|right|real|proper|pure|is|are|am|was|were|be|being|no|every|some|any|these|those|all)\s+$/iu;
const IN_A_SENTENCE = /[\p{Ll},]\s+$/u;
const SENTENCE_START = /(?:^|[.!?\n]["”]?)\s*$/u;
const VERB =
  /^(?:['’]s|['’]d|\s+(?:is|was|had|has|and|who|used|would|did|said|says|wrote|asked|told|ran|took))(?!\p{L})/u;
const STREET =
  /^['’]?s?(?:\s+\p{Lu}\p{Ll}+)?\s+(?:Street|Road|Lane|Hill|Farm|House|Inn|Hall|Park|Wood|Woods|Green|Close|Avenue|Bridge|Cottage|Cottages|Arms|Tavern|Drive|Way|Court|Terrace|Brewery|& Sons?|and Sons?)(?!\p{L})/u;
/** "William the Bastard" */
const EPITHET = /\p{Lu}\p{Ll}+ the $/u;
const PLACE_PREPOSITION =
  /(?:^|[^\p{L}])(?:in|at|to|from|near|of|through|via|around|outside|beyond|on)\s+$|['’]s\s+$/iu;
const AFTER_PLACE =
  /^(?:,|\s+(?:has|had|was|took|in|and \p{Lu}|village|church|Bay|Ferry|station|railway|airport|airfield|harbour|beach|island))(?!\p{L})/u;
/** "Sheikha Moza bint Nasser": daughter of. */
const BETWEEN_NAMES = [/\p{Lu}[\p{Ll}'’-]+\s+$/u, /^\s+(?:[Aa]l-)?\p{Lu}/u] as const;

const CONTEXT_CHARS = 30;

/**
 * Whether the word at `[start, end)` of a text is the name of a person or a place.
 *
 * @param isOfGroup whether the word denotes people of a group; "Street" after it then does not make it a name
 */
export function isProperName(raw: string, start: number, end: number, isOfGroup: boolean): boolean {
  const written = raw.slice(start, end).replace(/['’]s?$/, '');
  const word = written.toLowerCase();
  const before = raw.slice(Math.max(0, start - CONTEXT_CHARS), start);
  const after = raw.slice(start + written.length, end + CONTEXT_CHARS);
  if (word === 'bint') return BETWEEN_NAMES[0].test(before) && BETWEEN_NAMES[1].test(after);
  if (!/^[A-Z][a-z]+$/.test(written)) return false;
  if (
    PLACES.has(word) &&
    (PLACE_PREPOSITION.test(before) || (SENTENCE_START.test(before) && AFTER_PLACE.test(after)))
  )
    return true;
  const isGiven = GIVEN.has(word);
  const isSurname = SURNAMES.has(word);
  if ((isSurname || !isOfGroup) && STREET.test(after)) return true;
  if (!isGiven && !isSurname) return false;
  if (TITLE.test(before) || FIRST_NAMES.has(FIRST_NAME.exec(before)?.[1] ?? '')) return true;
  if (word === 'bastard' && EPITHET.test(before)) return true;
  if (!isGiven || NEVER_BEFORE_NAME.test(before)) return false;
  return (
    INITIAL.test(before) ||
    SURNAME.test(after) ||
    IN_A_SENTENCE.test(before) ||
    (SENTENCE_START.test(before) && VERB.test(after))
  );
}
