import type { account, first, gate, gateLater, later } from './en.js';

export type LaterTexts = typeof later;
export type AccountStrings = typeof account;
export type GateTexts = typeof gate & Partial<typeof gateLater>;

/** The first texts of a language. English has no gate messages, because the server's own are used. */
export interface FirstStrings {
  first: typeof first;
  gate?: typeof gate;
}

/** The first texts by language, each in its own chunk, loaded in parallel with the reading code. */
export const firstStringLoaders: Record<string, () => Promise<FirstStrings>> = {
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
 * Chooses the language of the texts for a page in `tag`, and the tag for dates and numbers. These follow the page's
 * country if the texts are available in its language.
 *
 * @param tag BCP 47, as in a `lang` attribute; anything else is treated as English
 */
export function languageOf(tag: string): { texts: string; numbers: string } {
  const texts = /^[a-z]{2}(?=-|$)/i.exec(tag)?.[0].toLowerCase() ?? '';
  if (!(texts in firstStringLoaders)) return { texts: 'en', numbers: 'en' };
  // A tag of language, script and region is always well-formed. `Intl` may reject other tags.
  return { texts, numbers: /^..(-[a-z]{4})?(-([a-z]{2}|\d{3}))?$/i.test(tag) ? tag : texts };
}
