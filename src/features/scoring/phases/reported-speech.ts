import type { Span } from '../scores.js';

/* Tells what a comment itself says from what it quotes or reports. */

const NEAR_CHARS = 120;
const QUOTE = /["“”«»]/g;
const SAYING =
  /(?:^|[^\p{L}])(?:said|says|told|tells|telling|wrote|writes|written|texted|tweeted|posted|shouted|shouting|screamed|chanted|chanting|yelled|sent|sending|called|calls|calling|threatened|threatens|threatening|threats?|messages?|comments? (?:like|saying)|phrases?|words?|saying|sprayed|scrawled|daubed|accused|hears?|heard|arrested for|convicted of|jailed for|accused of|charged with|court)(?![\p{L}])[^.!?\n]*$/iu;

/** Returns whether an offset is between double quotation marks; an unclosed one opens nothing. */
export function quotationsOf(body: string): (at: number) => boolean {
  const marks = Array.from(body.matchAll(QUOTE), ({ index }) => index);
  if (marks.length < 2) return () => false;
  return (at) => {
    let before = 0;
    while (before < marks.length && marks[before] < at) before++;
    return before % 2 === 1 && before < marks.length;
  };
}

/** Whether somebody else says it: within quotation marks beside words of the author, or after a word of saying. */
export function isReportedAt(body: string, [start, end]: Span, isQuoted: (at: number) => boolean): boolean {
  if (isQuoted(start))
    return /\p{L}/u.test(body.slice(0, start)) || /["“”«»]\s*\P{L}*\p{L}{2}/u.test(body.slice(end));
  return SAYING.test(body.slice(Math.max(0, start - NEAR_CHARS), start));
}
