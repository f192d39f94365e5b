import { af } from './af.js';
import { ar } from './ar.js';
import { de } from './de.js';
import { en } from './en.js';
import { es } from './es.js';
import { fr } from './fr.js';
import type { EmailTexts, EmailPageTexts, MessageFormat } from './email-texts.js';
import { nl } from './nl.js';
import { pt } from './pt.js';

const languages: Readonly<Record<string, EmailTexts>> = { af, ar, de, en, es, fr, nl, pt };

type Values = Readonly<Record<string, string | number>>;

/** The language and formatting of emails to one recipient. */
export interface EmailLocale {
  /** Language of the texts, one of the eight supported. */
  readonly lang: string;
  readonly dir: 'ltr' | 'rtl';
  readonly texts: EmailTexts;
  /** Fills in a message. `n` selects the plural form; 100 or more is shown as "99+". */
  readonly format: (sentence: MessageFormat, values?: Values) => string;
  readonly formatPage: (words: EmailPageTexts, values?: Values) => EmailPageTexts;
}

/** @param tag BCP 47 language tag, as in a page's `lang`; falls back to English if the language is not supported */
export function emailLocaleFor(tag: string): EmailLocale {
  const wanted = tag.split('-')[0].toLowerCase();
  const lang = Object.hasOwn(languages, wanted) ? wanted : 'en';
  const numbers = new Intl.NumberFormat(lang);
  const plurals = new Intl.PluralRules(lang);
  const shown = (value: string | number): string =>
    typeof value === 'string' ? value : value < 100 ? numbers.format(value) : `${numbers.format(99)}+`;
  const format: EmailLocale['format'] = (sentence, values = {}) => {
    const form =
      typeof sentence === 'string'
        ? sentence
        : (sentence[plurals.select(Math.min(100, Number(values['n'])))] ?? sentence['other']);
    // Replaced in one pass, so that a placeholder inside a display name is not expanded.
    return form.replaceAll(/\{(\w+)\}/g, (_, name: string) => shown(values[name] ?? ''));
  };
  return {
    lang,
    dir: lang === 'ar' ? 'rtl' : 'ltr',
    texts: languages[lang],
    format,
    formatPage: ({ title, lead, button }, values) => ({
      title,
      lead: format(lead, values),
      ...(button === undefined ? {} : { button }),
    }),
  };
}
