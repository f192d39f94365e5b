const MAX_CHARS = 500;
const LANGUAGE_RANGE = /^([a-z]{2})(?:-[a-z0-9-]*)?$/i;
const WEIGHT = /^\s*q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*$/i;

/**
 * The language that the client prefers (RFC 9110, section 12.5.4).
 *
 * @returns ISO 639-1, lower case; null if the header names no language with such a code
 */
export function preferredLanguage(acceptLanguage: string | undefined): string | null {
  let bestCode: string | null = null;
  let bestWeight = 0;
  for (const item of (acceptLanguage ?? '').slice(0, MAX_CHARS).split(',')) {
    const [range, weight] = item.split(';', 2);
    const code = LANGUAGE_RANGE.exec(range.trim())?.[1];
    const value = weight === undefined ? 1 : Number(WEIGHT.exec(weight)?.[1] ?? 0);
    // Of two languages with the same weight, the first one counts.
    if (code === undefined || value <= bestWeight) continue;
    bestWeight = value;
    bestCode = code.toLowerCase();
  }
  return bestCode;
}
