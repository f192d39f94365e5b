import { Textarea } from '@mantine/core';
import { directionOf, languageName } from '../shell/languages.js';
import type { Reason } from '../api-types.js';
import { reasonText, type ReasonRow } from './reason-rows.js';

interface Props {
  row: ReasonRow;
  /** ISO 639-1; empty: the text for every language that has none of its own. */
  language: string;
  builtIn: readonly Reason[];
  onText: (text: string) => void;
}

/** The text that the author sees for a reason, in one language or in all others. */
export function ReasonTexts({ row, language, builtIn, onText }: Props) {
  const common = {
    maxLength: 500,
    autosize: true,
    minRows: 2,
    onChange: (event: { currentTarget: { value: string } }) => onText(event.currentTarget.value),
  };
  if (language === '') {
    const isMissing = !row.isNew && row.text.trim() === '';
    return (
      <Textarea
        {...common}
        label="The author reads"
        value={row.text}
        error={isMissing ? 'Enter a text for the author.' : undefined}
      />
    );
  }
  const name = languageName(language);
  const { text, from } = reasonText(row, language, builtIn);
  const descriptions = {
    own: `In every other language: “${row.text}”`,
    'built-in': 'Built-in text. Your own text replaces it.',
    others: `No text in ${name} yet: this one is shown.`,
  };
  return (
    <Textarea
      {...common}
      label={`The author reads, in ${name}`}
      description={descriptions[from]}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      lang={from === 'others' ? undefined : language}
      dir={from === 'others' ? 'auto' : directionOf(language)}
      value={row.texts?.[language] ?? ''}
      placeholder={from === 'own' ? undefined : text}
    />
  );
}
