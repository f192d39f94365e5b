/**
 * Parses the delay from a response's `Retry-After` header (RFC 9110, section 10.2.3): seconds or an HTTP date.
 *
 * @returns milliseconds from now, 0 for a date in the past; null for anything else
 */
export function parseRetryAfter(header: string | undefined, nowMs: number): number | null {
  const text = header?.trim() ?? '';
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1_000;
  // Accept only HTTP dates: JavaScript would parse almost anything as a date.
  const at = /^[A-Za-z]{3,9},? .*GMT$/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? null : Math.max(0, at - nowMs);
}
