import { ActionIcon, Button, NativeSelect, TextInput } from '@mantine/core';
import { ArrowDown, ArrowUp, Plus, Trash2 } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { KeyCap } from '../shell/key-button.js';
import { sortByLanguageName, FURTHER_LANGUAGES, languageName } from '../shell/languages.js';
import page from '../shell/page.module.css';
import type { PolicyReason, Reason } from '../api-types.js';
import {
  addRow,
  MAX_SHORTCUTS,
  MAX_REASONS,
  moveRow,
  renameRow,
  reasonsOf,
  rowsOf,
  withText,
  type ReasonRow,
} from './reason-rows.js';
import { ReasonTexts } from './reason-texts.js';
import classes from './reasons-form.module.css';

interface Props {
  reasons: readonly PolicyReason[];
  builtIn: readonly Reason[];
  onReasons: (reasons: PolicyReason[]) => void;
}

/** The reasons for rejecting a comment, in the order of their keys, each with the text its author sees. */
export function ReasonsForm({ reasons, builtIn, onReasons }: Props) {
  const [rows, setRows] = useState(() => rowsOf(reasons));
  const [language, setLanguage] = useState('');
  const list = useRef<HTMLOListElement>(null);
  // Selector of the control to focus after a row was moved or added.
  const focusTarget = useRef<string | null>(null);
  useEffect(() => {
    if (focusTarget.current) list.current?.querySelector<HTMLElement>(focusTarget.current)?.focus();
    focusTarget.current = null;
  }, [rows]);

  const set = (next: ReasonRow[]) => {
    setRows(next);
    onReasons(reasonsOf(next));
  };
  const move = (index: number, by: -1 | 1) => {
    const to = index + by;
    // At either end, the button for this direction is disabled, so focus the other one.
    const atEnd = to === 0 || to === rows.length - 1;
    const direction = by < 0 === atEnd ? 'down' : 'up';
    focusTarget.current = `[data-row="${rows[index]?.id}"] [data-move="${direction}"]`;
    set(moveRow(rows, index, by));
  };
  const remove = (index: number) => {
    focusTarget.current = `[data-row="${(rows[index + 1] ?? rows[index - 1])?.id}"] [data-remove]`;
    set(rows.filter((_row, other) => other !== index));
  };
  const add = () => {
    const next = addRow(rows);
    focusTarget.current = `[data-row="${next.at(-1)?.id}"] input`;
    set(next);
  };

  return (
    <section className={classes.reasons} aria-labelledby="reasons-title">
      <h2 id="reasons-title">Reasons</h2>
      <p className={page.soft}>
        What moderators choose from when they reject or remove a comment. The first nine are on the keys 1 to
        9, in this order. The author reads the words in the language of the page they wrote on, or, where
        there are none, those for every other language. What was decided keeps the words it was told with.
      </p>
      <NativeSelect
        className={classes.language}
        label="Words in"
        value={language}
        data={languageChoices(rows, builtIn)}
        onChange={(event) => setLanguage(event.currentTarget.value)}
      />
      <ol className={classes.list} ref={list} aria-label="Reasons, in the order of the keys">
        {rows.map((row, index) => {
          const name = row.label || 'the new reason';
          return (
            <li key={row.id} className={classes.row} data-row={row.id}>
              <span className={classes.key}>
                {index < MAX_SHORTCUTS ? (
                  <KeyCap>{String(index + 1)}</KeyCap>
                ) : (
                  <span className={page.soft}>no key</span>
                )}
              </span>
              <div className={classes.names}>
                <TextInput
                  label="Moderators see"
                  value={row.label}
                  maxLength={80}
                  error={!row.isNew && row.label.trim() === '' ? 'Enter a name.' : undefined}
                  onChange={(event) => set(renameRow(rows, row.id, event.currentTarget.value))}
                />
                <p className={classes.code}>
                  code <code>{row.code}</code>
                </p>
              </div>
              <ReasonTexts
                row={row}
                language={language}
                builtIn={builtIn}
                onText={(text) => set(withText(rows, row.id, language, text))}
              />
              <div className={classes.actions}>
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  data-move="up"
                  disabled={index === 0}
                  aria-label={`Move ${name} up`}
                  onClick={() => move(index, -1)}
                >
                  <ArrowUp size={16} aria-hidden />
                </ActionIcon>
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  data-move="down"
                  disabled={index === rows.length - 1}
                  aria-label={`Move ${name} down`}
                  onClick={() => move(index, 1)}
                >
                  <ArrowDown size={16} aria-hidden />
                </ActionIcon>
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  data-remove
                  disabled={rows.length === 1}
                  aria-label={`Take ${name} away`}
                  onClick={() => remove(index)}
                >
                  <Trash2 size={16} aria-hidden />
                </ActionIcon>
              </div>
            </li>
          );
        })}
      </ol>
      <div>
        <Button
          size="xs"
          variant="default"
          leftSection={<Plus size={14} aria-hidden />}
          disabled={rows.length >= MAX_REASONS}
          onClick={add}
        >
          Add a reason
        </Button>
      </div>
    </section>
  );
}

/** Languages that have a text first, then the others that can be added. */
function languageChoices(rows: readonly ReasonRow[], builtIn: readonly Reason[]) {
  const translated = sortByLanguageName([
    ...new Set([...builtIn, ...rows].flatMap(({ texts }) => Object.keys(texts ?? {}))),
  ]);
  const options = (codes: readonly string[]) =>
    codes.map((code) => {
      const own = rows.filter(({ texts }) => (texts?.[code] ?? '').trim() !== '').length;
      return {
        value: code,
        label: own === 0 ? languageName(code) : `${languageName(code)} (${own} of your own)`,
      };
    });
  const others = [...FURTHER_LANGUAGES, 'en'].filter((code) => !translated.includes(code));
  return [
    { value: '', label: 'Every other language' },
    { group: 'With words', items: options(translated) },
    { group: 'Without', items: options(sortByLanguageName(others)) },
  ];
}
