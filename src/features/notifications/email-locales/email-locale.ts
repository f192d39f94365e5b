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
  readonly format: (message: MessageFormat, values?: Values) => string;
  readonly formatPage: (texts: EmailPageTexts, values?: Values) => EmailPageTexts;
}

/** @param tag BCP 47 language tag, as in a page's `lang`; English is used if the language is not supported */
export function emailLocaleFor(tag: string): EmailLocale {
  const requested = tag.split('-')[0].toLowerCase();
  const lang = Object.hasOwn(languages, requested) ? requested : 'en';
  const numbers = new Intl.NumberFormat(lang);
  const plurals = new Intl.PluralRules(lang);
  const formatValue = (value: string | number): string =>
    typeof value === 'string' ? value : value < 100 ? numbers.format(value) : `${numbers.format(99)}+`;
  const format: EmailLocale['format'] = (message, values = {}) => {
    const form =
      typeof message === 'string'
        ? message
        : (message[plurals.select(Math.min(100, Number(values['n'])))] ?? message['other']);
    // Replaced in one pass, so that a placeholder inside a display name is not expanded.
    return form.replaceAll(/\{(\w+)\}/g, (_, name: string) => formatValue(values[name] ?? ''));
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
