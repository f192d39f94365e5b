import { Autocomplete, Button, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import type { QueueFilter, QueueItem } from '../api-types.js';
import classes from './filter-bar.module.css';
import { languageName } from '../shell/languages.js';
import { ruleName } from '../shell/rule-name.js';
import { readFilter, SUGGESTION_LABELS } from './filters.js';

interface Props {
  filter: QueueFilter;
  items: readonly QueueItem[];
  onDone: (filter: QueueFilter) => void;
}

const AGES = ['30m', '2h', '8h', '1d', '3d', '7d'];
const AGE_LABELS: Readonly<Record<string, string>> = {
  '30m': '30 minutes',
  '2h': '2 hours',
  '8h': '8 hours',
  '1d': 'a day',
  '3d': '3 days',
  '7d': 'a week',
};

const distinct = (values: readonly (string | null | undefined)[]): string[] =>
  [...new Set(values.filter((value): value is string => Boolean(value)))].sort();

/** All filters of the list. Suggestions come from the loaded items. */
export function FilterForm({ filter, items, onDone }: Props) {
  const [draft, setDraft] = useState<Record<string, string>>({ ...filter });
  const set = (name: keyof QueueFilter) => (value: string) =>
    setDraft((previous) => ({ ...previous, [name]: value }));
  const value = (name: keyof QueueFilter) => draft[name] ?? '';
  const textField = (name: keyof QueueFilter, label: string, data: string[], isWide = false) => (
    <Autocomplete
      size="xs"
      label={label}
      value={value(name)}
      onChange={set(name)}
      data={data}
      limit={8}
      data-wide={isWide || undefined}
      wrapperProps={isWide ? { 'data-wide': true } : undefined}
      comboboxProps={{ withinPortal: false }}
    />
  );
  const choiceField = (name: keyof QueueFilter, label: string, data: [string, string][]) => (
    <NativeSelect
      size="xs"
      label={label}
      value={value(name)}
      onChange={(event) => set(name)(event.currentTarget.value)}
      data={[
        { value: '', label: 'Any' },
        ...(value(name) === '' || data.some(([option]) => option === value(name))
          ? data
          : [...data, [value(name), value(name)]]
        ).map(([option, optionLabel]) => ({ value: option!, label: optionLabel! })),
      ]}
    />
  );
  const languages = distinct(items.map(({ language }) => language));
  const rules = distinct(items.map(({ rule }) => rule?.key));
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        onDone(
          readFilter(new URLSearchParams(Object.entries(draft).map(([name, typed]) => [name, typed.trim()]))),
        );
      }}
    >
      {textField('section', 'Section', distinct(items.map(({ story }) => story.section)))}
      {textField('tier', 'Tier', distinct(items.map(({ author }) => author?.tier?.key)))}
      {textField('story', 'Story', distinct(items.map(({ story }) => story.key)))}
      {textField('topic', 'Topic', [])}
      {choiceField(
        'rule',
        'Rule',
        rules.map((key) => [key, ruleName(key)]),
      )}
      {choiceField(
        'language',
        'Language',
        languages.map((code) => [code, languageName(code)]),
      )}
      {choiceField('readers', 'Readers', [
        ['new', 'New'],
        ['known', 'Known'],
      ])}
      {choiceField('standing', 'Standing', [
        ['trusted', 'Trusted'],
        ['warned', 'Warned'],
        ['pre-moderated', 'Pre-moderated'],
        ['suspended', 'Suspended'],
        ['banned', 'Banned'],
      ])}
      {choiceField(
        'older',
        'Waits over',
        AGES.map((age) => [age, AGE_LABELS[age]!]),
      )}
      {choiceField(
        'younger',
        'Waits under',
        AGES.map((age) => [age, AGE_LABELS[age]!]),
      )}
      {choiceField('opinion', 'Second opinion', [['requested', 'Wanted']])}
      {choiceField('suggested', 'Worth using', Object.entries(SUGGESTION_LABELS))}
      <div className={classes.buttons}>
        <Button size="xs" variant="subtle" color="gray" onClick={() => onDone({})}>
          Clear
        </Button>
        <Button size="xs" type="submit">
          Show these
        </Button>
      </div>
    </form>
  );
}
