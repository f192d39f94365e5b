import { type LaterStrings, laterStringLoaders } from '../strings/later-strings.js';

/** Loads the texts that the first paint does not need. */
export function laterTexts(lang: string): Promise<LaterStrings> {
  return (laterStringLoaders[lang.slice(0, 2)] ?? laterStringLoaders['en'])();
}

/** When a refusal ends: "in 3 hours" for a quota, a date for the end of a sanction. */
export function formatEnd(lang: string, code: string, seconds: number): string {
  if (code === 'quota-exceeded')
    return new Intl.RelativeTimeFormat(lang).format(Math.ceil(seconds / 3600), 'hour');
  return new Date(Date.now() + seconds * 1000).toLocaleString(lang, {
    dateStyle: 'long',
    timeStyle: 'short',
  });
}
