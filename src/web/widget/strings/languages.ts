import type { account, first, gate, gateLater, later } from './en.js';

export type FirstTexts = typeof first;
export type LaterTexts = typeof later;
export type AccountStrings = typeof account;
export type GateTexts = typeof gate & Partial<typeof gateLater>;

/** What a language's first part holds; English leaves the gate's sentences to the server, who speaks it. */
export interface FirstStrings {
  first: FirstTexts;
  gate?: typeof gate;
}

/** The first part by language, each a chunk of its own: loaded beside the reading part. */
export const firstStrings: Record<string, () => Promise<FirstStrings>> = {
  en: () => import('./en.js?first'),
  af: () => import('./af.js?first'),
  ar: () => import('./ar.js?first'),
  de: () => import('./de.js?first'),
  es: () => import('./es.js?first'),
  fr: () => import('./fr.js?first'),
  nl: () => import('./nl.js?first'),
  pt: () => import('./pt.js?first'),
};

/**
 * The language of the texts for a page in `tag`, and the tag for dates and numbers: they follow the page's country where
 * its language is one that the texts are in.
 *
 * @param tag BCP 47, as a `lang` attribute has it; anything else is English
 */
export function languageOf(tag: string): { texts: string; numbers: string } {
  const texts = /^[a-z]{2}(?=-|$)/i.exec(tag)?.[0].toLowerCase() ?? '';
  if (!(texts in firstStrings)) return { texts: 'en', numbers: 'en' };
  // Language, script and region are always well-formed; what else a tag may have, `Intl` may refuse.
  return { texts, numbers: /^..(-[a-z]{4})?(-([a-z]{2}|\d{3}))?$/i.test(tag) ? tag : texts };
}
