/** The counter appears when a tenth of the limit is left, but at most this many characters. */
const nearChars = 500;

const segmenter = typeof Intl.Segmenter === 'function' ? new Intl.Segmenter() : null;

/**
 * The number of characters left, counted as the reader sees them (a flag or a family is one); null while the limit is
 * far away. There are never more such characters than UTF-16 units, so they are only counted near the limit.
 *
 * @param max the server's limit, from the thread
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
