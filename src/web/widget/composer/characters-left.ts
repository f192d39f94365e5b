/** The counter appears for the last tenth of the limit, but not for more characters than this. */
const maxCountedDown = 500;

const segmenter = typeof Intl.Segmenter === 'function' ? new Intl.Segmenter() : null;

/**
 * The number of characters left, counted as the reader sees them (a flag or a family is one); null while the limit is
 * far away. There are never more such characters than UTF-16 units, so they are only counted near the limit.
 *
 * @param max the server's limit, from the thread
 */
export function charactersLeft(body: string, max: number): number | null {
  const counterStart = max - Math.min(maxCountedDown, Math.ceil(max / 10));
  const text = body.trim().normalize('NFC');
  if (text.length <= counterStart) return null;
  let count = 0;
  if (segmenter) for (const _ of segmenter.segment(text)) count += 1;
  else count = [...text].length;
  return count > counterStart ? max - count : null;
}
