// After these words the phrase may still mean self-harm, because they name a method, a time, a place or a manner and no
// object: "hang yourself a noose", "hang yourself some other time".
const NON_OBJECT_WORDS =
  'bit|lot|little|tad|more|while|times?|days?|night|week|second|minute|moment|soon|where|place|trees?|way|how|ropes?|noose|belt|cords?|cable|gallows|lamp ?post|bullets?|holes?|death';
const WORD = "[\\p{L}'’-]+";
const HANG_YOURSELF_AN_OBJECT = new RegExp(
  "(?<![\\p{L}'’])(?:hang|shoot)\\s+(?:your|ur|yer|yo)\\s?sel(?:f|ves)" +
    `(?=\\s+(?:an?|another|some|(?:a )?few|two|three|four|five)\\s+${WORD})` +
    `(?!(?:[\\s,]+${WORD}){1,4}?[\\s,]+(?:${NON_OBJECT_WORDS})(?!\\p{L}))`,
  'giu',
);

/**
 * Turns "Hang yourself a nice picture" into "a nice picture", because it sounds like a call to self-harm but is none.
 * The length and therefore the offsets are kept.
 */
export const blankHangingObjects = (text: string): string =>
  text.replace(HANG_YOURSELF_AN_OBJECT, (words) => ' '.repeat(words.length));
