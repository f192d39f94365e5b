import type { AccountPortfolioStrings } from './account-portfolio/index.js';
import type { account, first, later } from './en.js';

export type Catalogue = typeof first & typeof later & typeof account & AccountPortfolioStrings;
export type StringKey = keyof Catalogue;
export type Values = Record<string, string | number>;
export type Translate = (key: StringKey, values?: Values) => string;

/**
 * Translates texts into one language. If a text has plural forms, `values.n` selects the form and is shown in the
 * language's digits. A form missing from a catalogue falls back to `other`.
 *
 * @param catalogue may grow while in use; a missing text gives ''
 * @param lang BCP 47 tag, also used for numbers
 */
export function createTranslator(catalogue: Partial<Catalogue>, lang: string): Translate {
  const plurals = new Intl.PluralRules(lang);
  const numbers = new Intl.NumberFormat(lang);
  return (key, values = {}) => {
    const entry: string | Record<string, string> = catalogue[key] ?? '';
    const text =
      typeof entry === 'string'
        ? entry
        : (entry[plurals.select(Number(values['n'] ?? 0))] ?? entry['other'] ?? '');
    return text.replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = values[name] ?? '';
      return typeof value === 'number' ? numbers.format(value) : value;
    });
  };
}
