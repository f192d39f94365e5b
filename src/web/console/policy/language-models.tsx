import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api } from '../api.js';
import type { LanguageModelMeasurement, Policy } from '../api-types.js';
import { languageName, sortByLanguageName } from '../shell/languages.js';
import page from '../shell/page.module.css';
import { measurementText, publishedText } from './publish-labels.js';
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
  siteId: string;
  /** Languages that comments may be written in; empty: any. */
  languages: readonly string[];
  unscored: Policy['moderation']['unscored'];
  /** The saved choices and those of the draft. */
  live: Models;
  models: Models;
  /** The limits of the saved choices. */
  publishBelow: Policy['moderation']['publishBelow'];
  onModels: (models: Models) => void;
}

/** What happens to comments in each language of the site, or in each that has a model if the site names none. */
export function LanguageModels(props: Props) {
  const { siteId, languages, unscored, live, models, publishBelow, onModels } = props;
  const listed = languages.filter((code) => /^[a-z]{2}$/.test(code) && code !== 'en');
  const shown = sortByLanguageName([
    ...new Set([...(listed.length > 0 ? listed : Object.keys(LEVELS)), ...Object.keys(models)]),
  ]);
  const hasAssisted = shown.some((code) => isModelled(code) && LEVELS[code] === 'assisted');
  const { data } = useQuery({
    queryKey: ['language-models', siteId],
    queryFn: ({ signal }) => api.languageModels(siteId, signal),
    enabled: hasAssisted,
    staleTime: 60_000,
  });
  const measuredOf = (code: string): LanguageModelMeasurement | null =>
    data?.items.find(({ language }) => language === code) ?? null;
  const limitOf = (code: keyof Models) =>
    live[code] === 'publish' && models[code] === 'publish' && code in publishBelow
      ? publishBelow[code as keyof typeof publishBelow]
      : undefined;
  return (
    <div>
      <h3 className={classes.subtitle}>Comments by language</h3>
      <p className={page.soft}>
        Scores decide about English comments. Comments in other languages are only published by a person,
        unless the rule for languages that are not scored publishes them, a model or scorer of your own
        supports the language, or you let its model publish, which your moderators’ decisions must allow.
      </p>
      <ul className={classes.languages} aria-label="Comments by language">
        {shown.map((code) => (
          <li key={code} className={classes.languageRow}>
            <span className={classes.languageName}>{languageName(code)}</span>
            {isModelled(code) ? (
              <ModelRow
                code={code}
                level={LEVELS[code]}
                outcome={OUTCOME_TEXTS[unscored]}
                isListed={languages.includes(code)}
                use={models[code] ?? null}
                limit={limitOf(code)}
                measured={measuredOf(code)}
                onUse={(use) => onModels(withChoice(live, models, code, use))}
              />
            ) : (
              <span>{OUTCOME_TEXTS[unscored]} No model: your suspect words still apply.</span>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

function ModelRow(props: {
  code: keyof Models;
  level: Level;
  outcome: string;
  isListed: boolean;
  use: string | null;
  limit: Parameters<typeof publishedText>[0] | undefined;
  measured: LanguageModelMeasurement | null;
  onUse: (use: string) => void;
}) {
  const { code, level, outcome, isListed, use, limit, measured, onUse } = props;
  const canPublish = limit !== undefined || typeof measured?.publishBelow === 'number';
  return (
    <>
      <span>
        {limit ? publishedText(limit, measured) : `${outcome} ${DESCRIPTIONS[level]}`}
        {level === 'assisted' && measured && !limit && (
          <span className={classes.measured}>{measurementText(measured)}</span>
        )}
      </span>
      <NativeSelect
        aria-label={`Model for ${languageName(code)}`}
        value={use ?? ''}
        data={[
          { value: '', label: defaultLabel(level, isListed) },
          { value: 'assist', label: 'Scores on' },
          { value: 'hold', label: 'Scores off' },
          ...(level === 'assisted'
            ? [{ value: 'publish', label: 'Publish low scores', disabled: !canPublish }]
            : []),
        ]}
        onChange={(event) => onUse(event.currentTarget.value)}
      />
    </>
  );
}

function defaultLabel(level: Level, isListed: boolean): string {
  return isListed && level !== 'experimental' ? 'Default (scores on)' : 'Default (scores off)';
}

function withChoice(live: Models, models: Models, language: keyof Models, chosen: string): Models {
  if (chosen !== '') return { ...models, [language]: chosen };
  const { [language]: _, ...rest } = models;
  // Null resets a choice that was saved. A draft is sent as a patch, where null is allowed.
  return live[language] ? { ...rest, [language]: null } : rest;
}
