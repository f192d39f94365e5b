import type { AccountStrings } from './languages.js';

/** The texts of the reader's account, by language. */
export const accountStrings: Record<string, () => Promise<{ account: AccountStrings }>> = {
  en: () => import('./en.js?account'),
  af: () => import('./af.js?account'),
  ar: () => import('./ar.js?account'),
  de: () => import('./de.js?account'),
  es: () => import('./es.js?account'),
  fr: () => import('./fr.js?account'),
  nl: () => import('./nl.js?account'),
  pt: () => import('./pt.js?account'),
};
