import type { AccountStrings } from './languages.js';

/** What the reader's own page says, by language. */
export const accountStrings: Record<string, () => Promise<{ mine: AccountStrings }>> = {
  en: () => import('./en.js?mine'),
  af: () => import('./af.js?mine'),
  ar: () => import('./ar.js?mine'),
  de: () => import('./de.js?mine'),
  es: () => import('./es.js?mine'),
  fr: () => import('./fr.js?mine'),
  nl: () => import('./nl.js?mine'),
  pt: () => import('./pt.js?mine'),
};
