import type { gateLater } from './en.js';
import type { LaterTexts } from './languages.js';

export interface LaterStrings {
  later: LaterTexts;
  gateLater?: typeof gateLater;
}

/** The remaining texts of each language, by language code. */
export const laterStringLoaders: Record<string, () => Promise<LaterStrings>> = {
  en: () => import('./en.js?later'),
  af: () => import('./af.js?later'),
  ar: () => import('./ar.js?later'),
  de: () => import('./de.js?later'),
  es: () => import('./es.js?later'),
  fr: () => import('./fr.js?later'),
  nl: () => import('./nl.js?later'),
  pt: () => import('./pt.js?later'),
};
