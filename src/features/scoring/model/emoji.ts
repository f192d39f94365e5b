/*
 * Emoji as words with the meaning they have in a comment. An emoji that is not listed counts as "emoji" and as
 * itself.
 */
const WORDS: Readonly<Record<string, string>> = {
  '🖕': 'middlefinger', '💩': 'shit', '🤮': 'vomit', '🤢': 'disgusting', '🐒': 'monkey', '🐵': 'monkey', '🙈': 'monkey', '🙉': 'monkey', '🙊': 'monkey', '🦍': 'ape', '🦧': 'ape',
  '🐀': 'rat', '🐁': 'rat', '🐭': 'rat', '🐷': 'pig', '🐖': 'pig', '🐽': 'pig', '🐍': 'snake', '🪳': 'cockroach', '🐛': 'bug', '🪲': 'bug', '🦠': 'virus', '🐕': 'dog', '🐶': 'dog', '🐩': 'dog', '🐑': 'sheep', '🐄': 'cow', '🐮': 'cow', '🐴': 'horse', '🐫': 'camel', '🐪': 'camel', '🐐': 'goat', '🦓': 'zebra', '🐔': 'chicken', '🐌': 'snail', '🪱': 'worm', '🐜': 'ants', '🦟': 'mosquito',
  '🗑': 'trash', '🚮': 'trash', '🤡': 'clown', '👹': 'monster', '👺': 'monster', '👿': 'devil', '😈': 'devil', '💀': 'dead', '☠': 'dead', '⚰': 'coffin', '🪦': 'grave', '🔫': 'gun', '🔪': 'knife', '🗡': 'knife', '⚔': 'knife', '🪓': 'axe', '💣': 'bomb', '🧨': 'bomb', '🩸': 'blood', '🪢': 'rope', '🔥': 'fire', '💥': 'explosion', '👊': 'punch', '🤛': 'punch', '🤜': 'punch', '🏹': 'arrow', '⛓': 'chains',
  '😡': 'angry', '🤬': 'swearing', '😠': 'angry', '😤': 'angry', '🙄': 'eyeroll', '😒': 'annoyed', '😂': 'laugh', '🤣': 'laugh', '😆': 'laugh', '😭': 'crying', '😢': 'crying', '😍': 'love', '🥰': 'love', '😘': 'kiss', '😊': 'smile', '😀': 'smile', '🙂': 'smile', '😁': 'smile', '😉': 'wink', '😜': 'wink', '🤔': 'thinking', '🙏': 'pray', '👍': 'thumbsup', '👎': 'thumbsdown', '👏': 'clap', '🙌': 'praise', '💪': 'strong', '🤝': 'handshake', '✊': 'fist',
  '❤': 'love', '💕': 'love', '💖': 'love', '💗': 'love', '💜': 'love', '💙': 'love', '💚': 'love', '🧡': 'love', '💛': 'love', '🖤': 'love', '♥': 'love', '😻': 'love', '💔': 'heartbreak', '🎉': 'party', '✨': 'sparkles', '💯': 'hundred', '⚠': 'warning', '🚫': 'forbidden', '❌': 'no', '✅': 'yes', '⛔': 'forbidden',
  '🏳️‍🌈': 'gay', '🌈': 'gay', '👬': 'gay', '👭': 'lesbian', '🏳️‍⚧️': 'trans', '⚧': 'trans', '👳': 'muslim', '🧕': 'muslim', '☪': 'muslim', '🕌': 'mosque', '✡': 'jew', '🕎': 'jew', '🕍': 'synagogue', '✝': 'christian', '⛪': 'church', '🕉': 'hindu', '👩': 'woman', '👧': 'girl', '👵': 'woman', '👴': 'elderly', '👨': 'man', '👦': 'boy', '👶': 'baby', '♿': 'disabled', '🦽': 'wheelchair', '🦼': 'wheelchair', '🧑‍🦽': 'disabled', '👨‍🦽': 'disabled', '👩‍🦽': 'disabled', '👨🏿': 'black man', '👩🏿': 'black woman', '🧑🏿': 'black person', '👮': 'police', '🤰': 'pregnant',
  '🍆': 'dick', '🍑': 'ass', '💦': 'cum', '🍒': 'tits', '👅': 'tongue', '😏': 'smirk', '💰': 'money', '💵': 'money', '🤑': 'money', '💸': 'money', '📈': 'profit', '🎁': 'gift', '👉': 'pointing', '👇': 'pointing', '📲': 'phone', '📞': 'phone',
}; // prettier-ignore

const SELECTORS = /[\ufe0e\ufe0f]/g;
const TONES = /[\u{1f3fb}-\u{1f3ff}]/gu;
const TABLE = new Map(Object.entries(WORDS).map(([sign, word]) => [sign.replace(SELECTORS, ''), word]));
// One emoji with its skin tones, variation selectors and joined parts; the digit of a keycap is a digit.
const EMOJI =
  /(?:\p{Regional_Indicator}{2}|\p{Extended_Pictographic})[\ufe0e\ufe0f\u20e3\u{1f3fb}-\u{1f3ff}]*(?:\u200d\p{Extended_Pictographic}[\ufe0e\ufe0f\u{1f3fb}-\u{1f3ff}]*)*/uy;

/**
 * The emoji that starts at an index.
 *
 * @returns its length in UTF-16 units and its word or words; null if none starts there
 */
export function emojiAt(text: string, at: number): { length: number; word: string } | null {
  EMOJI.lastIndex = at;
  const sign = EMOJI.exec(text)?.[0];
  if (!sign) return null;
  const withoutSelectors = sign.replace(SELECTORS, '');
  const word =
    TABLE.get(withoutSelectors) ??
    TABLE.get(withoutSelectors.replace(TONES, '')) ??
    TABLE.get(String.fromCodePoint(withoutSelectors.codePointAt(0)!));
  return { length: sign.length, word: word ?? 'emoji' };
}
