const LIST = new Intl.ListFormat('en-GB', { type: 'conjunction' });

/** Joins the words as in "comment, reply and react". */
export const joinWithAnd = (words: readonly string[]): string => LIST.format(words);
