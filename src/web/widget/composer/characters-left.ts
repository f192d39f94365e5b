/** The counter shows when a tenth is left, and so many at most. */
const nearChars = 500;

const segmenter = typeof Intl.Segmenter === 'function' ? new Intl.Segmenter() : null;

/**
 * Characters left, as the reader counts them (a flag or a family is one); null while the end is far. There are never
 * more of them than UTF-16 units, so that counting begins only near the limit.
 *
 * @param max what the server takes at most, as the thread says it
 */
export function charactersLeft(body: string, max: number): number | null {
  const near = max - Math.min(nearChars, Math.ceil(max / 10));
  const text = body.trim().normalize('NFC');
  if (text.length <= near) return null;
  let n = 0;
  if (segmenter) for (const _ of segmenter.segment(text)) n += 1;
  else n = [...text].length;
  return n > near ? max - n : null;
}
