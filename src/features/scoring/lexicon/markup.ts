/* Inline elements do not split a word ("id<b></b>iot" is read as "idiot"); block elements do. */
const INLINE =
  'a abbr acronym b bdi bdo big center cite code del dfn em font i ins kbd mark q s samp small span strike strong sub sup tt u var wbr';
const BLOCKS = 'blockquote br div dd dl dt h1 h2 h3 h4 h5 h6 hr li ol p pre td tr ul';
const ENDS_WORD = new Map([
  ...INLINE.split(' ').map((name): [string, boolean] => [name, false]),
  ...BLOCKS.split(' ').map((name): [string, boolean] => [name, true]),
]);
// Readers see markup as it was typed. Only tags that cannot hide a word are skipped; all other markup is read as text.
const TAG =
  /<\/?([a-z][a-z0-9]{0,9})(?:\s+(?:class|id|style)=["']?[\w-]{0,2}["']?)?\s*\/?>|<!--[^<>\p{L}\p{N}]{0,100}-->/iuy;

export interface Tag {
  /** In UTF-16 code units. */
  readonly length: number;
  /** Whether it ends the word before it, like a line break. */
  readonly endsWord: boolean;
}

/**
 * The tag or HTML comment that starts at a `<` and that readings skip; null for any other text, also for tags with
 * unknown names or with attributes that contain words.
 */
export function tagAt(text: string, at: number): Tag | null {
  TAG.lastIndex = at;
  const found = TAG.exec(text);
  if (found === null) return null;
  if (found[1] === undefined) return { length: found[0].length, endsWord: false };
  const endsWord = ENDS_WORD.get(found[1].toLowerCase());
  return endsWord === undefined ? null : { length: found[0].length, endsWord };
}
