/** What the server takes at most, in user-perceived characters. */
export const maxBodyChars = 5000;

/** The counter shows when so many are left. */
export const nearChars = 500;

const segmenter = typeof Intl.Segmenter === 'function' ? new Intl.Segmenter() : null;

/**
 * Characters left, as the reader counts them (a flag or a family is one); null while the end is far. There are never
 * more of them than UTF-16 units, so that counting begins only near the limit.
 */
export function charactersLeft(body: string): number | null {
  const text = body.trim().normalize('NFC');
  if (text.length <= maxBodyChars - nearChars) return null;
  let n = 0;
  if (segmenter) for (const _ of segmenter.segment(text)) n += 1;
  else n = [...text].length;
  return n > maxBodyChars - nearChars ? maxBodyChars - n : null;
}
