const languages = new Intl.DisplayNames(undefined, { type: 'language', fallback: 'code' });

/** The name of a language, from its ISO 639-1 code. */
export function languageName(code: string): string {
  return code === 'und' ? 'an unknown language' : (languages.of(code) ?? code);
}

/** Languages with many news readers, besides those that the widget supports, offered for selection. */
const FURTHER =
  'am bg bn bs ca cs cy da el et eu fa fi ga gl gu ha he hi hr hu hy id ig is it ja ka kn ko lt lv mk ml mr ms my nb ne ' +
  'pa pl ro ru si sk sl so sq sr st sv sw ta te th ti tl tn tr ts uk ur uz ve vi xh yo zh zu';

export const FURTHER_LANGUAGES: readonly string[] = FURTHER.split(' ');

export const sortByLanguageName = (codes: readonly string[]): string[] =>
  [...codes].sort((a, b) => languageName(a).localeCompare(languageName(b)));

const RTL_LANGUAGES: ReadonlySet<string> = new Set(['ar', 'fa', 'he', 'ur']);

export const directionOf = (code: string): 'ltr' | 'rtl' => (RTL_LANGUAGES.has(code) ? 'rtl' : 'ltr');
