import { type LaterPart, laterParts } from '../strings/later-parts.js';

/** The words that come after the first ones. */
export function laterWords(lang: string): Promise<LaterPart> {
  return (laterParts[lang.slice(0, 2)] ?? laterParts['en'])();
}

/** When a refusal ends: "in 3 hours" for a wait, a date for the end of a standing. */
export function endOf(lang: string, code: string, seconds: number): string {
  if (code === 'quota-exceeded')
    return new Intl.RelativeTimeFormat(lang).format(Math.ceil(seconds / 3600), 'hour');
  return new Date(Date.now() + seconds * 1000).toLocaleString(lang, {
    dateStyle: 'long',
    timeStyle: 'short',
  });
}
