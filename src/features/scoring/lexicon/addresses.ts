/*
 * Words in web addresses: "https://a.example/one-word%21". Everything here keeps a text's length, so that offsets
 * into the result are offsets into the text.
 */
const ADDRESS = /\b(?:https?:\/\/|www\.)[^\s<>]+/gi;
// Ordinary hosts are names and not words; only a host with hyphens can contain a sentence.
const HOST = /^(?:https?:\/\/)?[^\/?#]*/i;
const ESCAPED = /(?:%[\da-f]{2})+/gi;
const SEPARATORS = /[^\p{L}\p{M}\p{N}'’%@$!*\u200b]/gu;
const ZERO_WIDTH = '\u200b';

/** Decodes escapes such as %20 in addresses, padded with zero-width spaces. */
export const decodeAddresses = (text: string): string =>
  text.includes('%') ? text.replace(ADDRESS, (address) => address.replace(ESCAPED, decode)) : text;

/** Replaces addresses by spaces. */
export const blankAddresses = (text: string): string =>
  text.replace(ADDRESS, (address) => ' '.repeat(address.length));

/** Turns the words of addresses into words of the text. */
export const openAddresses = (text: string): string =>
  decodeAddresses(text).replace(ADDRESS, (address) =>
    address
      .replace(HOST, (host) => (host.includes('-') ? host : '').padEnd(host.length))
      .replace(SEPARATORS, (sign) => ' '.repeat(sign.length)),
  );

function decode(escaped: string): string {
  try {
    // A character is never longer than its escape sequences.
    return decodeURIComponent(escaped).padEnd(escaped.length, ZERO_WIDTH);
  } catch {
    return escaped;
  }
}
