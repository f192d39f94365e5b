import type { accountPortfolio } from './en.js';

export type AccountPortfolioStrings = typeof accountPortfolio;

/** The account and portfolio texts by language. Languages without a translation use English. */
const loaders: Record<string, () => Promise<{ accountPortfolio: AccountPortfolioStrings }>> = {
  en: () => import('./en.js'),
  af: () => import('./af.js'),
  ar: () => import('./ar.js'),
  de: () => import('./de.js'),
  es: () => import('./es.js'),
  fr: () => import('./fr.js'),
  nl: () => import('./nl.js'),
  pt: () => import('./pt.js'),
};

/** @param lang BCP 47 tag, of which only the first two letters are used */
export async function loadAccountPortfolioStrings(lang: string): Promise<AccountPortfolioStrings> {
  return (await (loaders[lang.slice(0, 2)] ?? loaders['en'])()).accountPortfolio;
}
