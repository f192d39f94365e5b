import {
  loadAccountPortfolioStrings,
  type AccountPortfolioStrings,
} from '../strings/account-portfolio/index.js';
import type { AccountStrings } from '../strings/languages.js';
import { accountStrings } from '../strings/account-strings.js';

/** Loads the account texts in the given language, or in English. */
export async function loadAccountStrings(lang: string): Promise<AccountStrings & AccountPortfolioStrings> {
  const [{ account }, accountPortfolio] = await Promise.all([
    (accountStrings[lang.slice(0, 2)] ?? accountStrings['en'])(),
    loadAccountPortfolioStrings(lang),
  ]);
  return { ...account, ...accountPortfolio };
}
