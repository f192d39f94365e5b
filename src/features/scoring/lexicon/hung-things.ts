// What is meant for somebody, or when, where and how: "hang yourself a noose", "hang yourself some other time".
const NO_THING =
  'bit|lot|little|tad|more|while|times?|days?|night|week|second|minute|moment|soon|where|place|trees?|way|how|ropes?|noose|belt|cords?|cable|gallows|lamp ?post|bullets?|holes?|death';
const WORD = "[\\p{L}'’-]+";
const HANGS_A_THING = new RegExp(
  "(?<![\\p{L}'’])(?:hang|shoot)\\s+(?:your|ur|yer|yo)\\s?sel(?:f|ves)" +
    `(?=\\s+(?:an?|another|some|(?:a )?few|two|three|four|five)\\s+${WORD})` +
    `(?!(?:[\\s,]+${WORD}){1,4}?[\\s,]+(?:${NO_THING})(?!\\p{L}))`,
  'giu',
);

/**
 * "Hang yourself a nice picture" as "a nice picture": no call to self-harm, although it sounds like one. The length stays, so
 * that offsets do.
 */
export const withoutHungThings = (text: string): string =>
  text.replace(HANGS_A_THING, (words) => ' '.repeat(words.length));
