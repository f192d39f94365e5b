import { NativeSelect } from '@mantine/core';
import type { Policy } from '../api-types.js';
import { languageName, sortByLanguageName } from '../shell/languages.js';
import page from '../shell/page.module.css';
import classes from './policy.module.css';

type Models = Policy['moderation']['languageModels'];
type Level = 'assisted' | 'ordering' | 'experimental';

/** Levels of the server's `language-levels.ts`. */
const LEVELS: Record<keyof Models, Level> = {
  ar: 'assisted',
  de: 'assisted',
  es: 'ordering',
  fr: 'ordering',
  pl: 'experimental',
  pt: 'assisted',
  ru: 'experimental',
  tr: 'experimental',
};

const DESCRIPTIONS: Record<Level, string> = {
  assisted: 'Assisted: scores order the queue and label clearly abusive comments.',
  ordering: 'Ordering: scores only order the queue.',
  experimental: 'Experimental: scores only order the queue, if you switch them on.',
};
const OUTCOME_TEXTS: Record<Policy['moderation']['unscored'], string> = {
  hold: 'Held.',
  'hold-new': 'Held from new readers.',
  publish: 'Published unless a score or a word holds it.',
};

const isModelled = (language: string): language is keyof Models => Object.hasOwn(LEVELS, language);

interface Props {
  /** Languages that comments may be written in; empty: any. */
  languages: readonly string[];
  unscored: Policy['moderation']['unscored'];
  /** The saved choices and those of the draft. */
  live: Models;
  models: Models;
  onModels: (models: Models) => void;
}

/** What happens to comments in each language of the site, or in each that has a model if the site names none. */
export function LanguageModels({ languages, unscored, live, models, onModels }: Props) {
  const listed = languages.filter((code) => /^[a-z]{2}$/.test(code) && code !== 'en');
  const shown = sortByLanguageName([
    ...new Set([...(listed.length > 0 ? listed : Object.keys(LEVELS)), ...Object.keys(models)]),
  ]);
  return (
    <div>
      <h3 className={classes.subtitle}>Comments by language</h3>
      <p className={page.soft}>
        Scores decide about English comments. Comments in other languages are only published by a person,
        unless the rule for languages that are not scored publishes them, or a model or scorer of your own
        supports the language.
      </p>
      <ul className={classes.languages} aria-label="Comments by language">
        {shown.map((code) => (
          <li key={code} className={classes.languageRow}>
            <span className={classes.languageName}>{languageName(code)}</span>
            {isModelled(code) ? (
              <>
                <span>
                  {OUTCOME_TEXTS[unscored]} {DESCRIPTIONS[LEVELS[code]]}
                </span>
                <NativeSelect
                  aria-label={`Model for ${languageName(code)}`}
                  value={models[code] ?? ''}
                  data={[
                    { value: '', label: defaultLabel(LEVELS[code], languages.includes(code)) },
                    { value: 'assist', label: 'Scores on' },
                    { value: 'hold', label: 'Scores off' },
                  ]}
                  onChange={(event) => onModels(withChoice(live, models, code, event.currentTarget.value))}
                />
              </>
            ) : (
              <span>{OUTCOME_TEXTS[unscored]} No model: your suspect words still apply.</span>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

function defaultLabel(level: Level, isListed: boolean): string {
  return isListed && level !== 'experimental' ? 'Default (scores on)' : 'Default (scores off)';
}

function withChoice(live: Models, models: Models, language: keyof Models, chosen: string): Models {
  if (chosen === 'assist' || chosen === 'hold') return { ...models, [language]: chosen };
  const { [language]: _, ...rest } = models;
  // Null resets a choice that was saved. A draft is sent as a patch, where null is allowed.
  return live[language] ? { ...rest, [language]: null } : rest;
}
