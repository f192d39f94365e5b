/**
 * What an answer's `Retry-After` asks for (RFC 9110, section 10.2.3): seconds, or a date of HTTP.
 *
 * @returns milliseconds from now, 0 for a date that has passed; null for anything else
 */
export function parseRetryAfter(header: string | undefined, nowMs: number): number | null {
  const text = header?.trim() ?? '';
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1_000;
  // Only the dates of HTTP: JavaScript would read years out of almost anything.
  const at = /^[A-Za-z]{3,9},? .*GMT$/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? null : Math.max(0, at - nowMs);
}
