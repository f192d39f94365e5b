import { NativeSelect, Switch, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { labelName } from '../shell/score-labels.js';
import page from '../shell/page.module.css';
import type { Policy } from '../api-types.js';
import { LanguageModels } from './language-models.js';
import { RefusalLine } from './refusal-line.js';
import { linesOf, thresholdOf } from './policy-draft.js';
import classes from './policy.module.css';
import { WordLists } from './word-lists.js';

interface Props {
  siteId: string;
  tiers: readonly { key: string; name: string }[];
  live: Policy;
  draft: Policy;
  onDraft: (draft: Policy) => void;
}

const EMAIL_LANGUAGES = [
  { value: 'af', label: 'Afrikaans' },
  { value: 'ar', label: 'Arabic' },
  { value: 'nl', label: 'Dutch' },
  { value: 'en', label: 'English' },
  { value: 'fr', label: 'French' },
  { value: 'de', label: 'German' },
  { value: 'pt', label: 'Portuguese' },
  { value: 'es', label: 'Spanish' },
];
const GATE_ACTIONS = ['read', 'comment', 'reply', 'react', 'flag'] as const;
type ThresholdName = keyof Policy['moderation']['thresholds'];

/** The form for editing the policy. Nothing takes effect until it is saved. */
export function RulesForm({ siteId, tiers, live, draft, onDraft }: Props) {
  const { moderation } = draft;
  const set = (change: Partial<Policy>) => onDraft({ ...draft, ...change });
  const setModeration = (change: Partial<Policy['moderation']>) =>
    set({ moderation: { ...moderation, ...change } });
  const setBrigading = (change: Partial<Policy['moderation']['brigading']>) =>
    setModeration({ brigading: { ...moderation.brigading, ...change } });
  const labels = Object.keys(moderation.thresholds) as ThresholdName[];

  return (
    <div className={classes.sections}>
      <section className={classes.section} aria-labelledby="decide-title">
        <h2 id="decide-title">How comments are decided</h2>
        <div className={classes.fields}>
          <NativeSelect
            label="Comments"
            value={moderation.mode}
            data={[
              { value: 'score', label: 'By their scores' },
              { value: 'hold-all', label: 'All are held for a moderator' },
            ]}
            onChange={(event) =>
              setModeration({ mode: event.currentTarget.value as Policy['moderation']['mode'] })
            }
          />
          <WholeNumberInput
            label="First comments of a new reader held"
            value={moderation.newReaderHoldsFirst}
            onValue={(value) => setModeration({ newReaderHoldsFirst: value ?? 0 })}
          />
          <WholeNumberInput
            label="Flags that hold a comment (0 for never)"
            value={moderation.flagsToHold}
            onValue={(value) => setModeration({ flagsToHold: value ?? 0 })}
          />
          <NativeSelect
            label="In a language that is not scored"
            value={moderation.unscored}
            data={[
              { value: 'hold', label: 'Held' },
              { value: 'hold-new', label: 'Held from new readers' },
              { value: 'publish', label: 'Published' },
            ]}
            onChange={(event) =>
              setModeration({ unscored: event.currentTarget.value as Policy['moderation']['unscored'] })
            }
          />
          <ListInput
            label="Languages, such as en, de (none: any)"
            value={moderation.languages}
            onValue={(languages) => setModeration({ languages })}
          />
        </div>
        <LanguageModels
          siteId={siteId}
          publishBelow={live.moderation.publishBelow}
          languages={moderation.languages}
          unscored={moderation.unscored}
          live={live.moderation.languageModels}
          models={moderation.languageModels}
          onModels={(languageModels) => setModeration({ languageModels })}
        />
      </section>

      <section className={classes.section} aria-labelledby="brigading-title">
        <h2 id="brigading-title">Many new accounts at once</h2>
        <p className={page.soft}>
          Their comments are held while unusually many of them comment on one story, or post nearly the same
          text.
        </p>
        <div className={classes.fields}>
          <NativeSelect
            label="Such comments"
            value={moderation.brigading.mode}
            data={[
              { value: 'hold', label: 'Are held for a moderator' },
              { value: 'off', label: 'Are decided like all others' },
            ]}
            onChange={(event) =>
              setBrigading({ mode: event.currentTarget.value as Policy['moderation']['brigading']['mode'] })
            }
          />
          <WholeNumberInput
            label="New accounts on one story (from 3)"
            value={moderation.brigading.newReaders}
            onValue={(newReaders) => setBrigading({ newReaders: newReaders ?? 0 })}
          />
          <WholeNumberInput
            label="New accounts with one text (from 3)"
            value={moderation.brigading.sameText}
            onValue={(sameText) => setBrigading({ sameText: sameText ?? 0 })}
          />
          <WholeNumberInput
            label="Within this many minutes (up to 60)"
            value={moderation.brigading.minutes}
            onValue={(minutes) => setBrigading({ minutes: minutes ?? 0 })}
          />
        </div>
      </section>

      <section className={classes.section} aria-labelledby="thresholds-title">
        <h2 id="thresholds-title">Thresholds</h2>
        <p className={page.soft}>
          Refusal is the probability that a moderator would refuse a comment as abuse. It is made of the
          scores for toxicity, insults, threats and attacks on groups, which need no thresholds of their own.
        </p>
        <RefusalLine
          siteId={siteId}
          hold={moderation.thresholds.refusal.hold}
          onHold={(hold) =>
            setModeration({
              thresholds: {
                ...moderation.thresholds,
                refusal: { ...moderation.thresholds.refusal, hold },
              },
            })
          }
        />
        <p className={page.soft}>
          From which score a comment is held, and from which it is rejected. An empty field means never.
        </p>
        <div className={classes.thresholds}>
          {labels.map((label) => (
            <ThresholdRow
              key={label}
              label={label}
              live={live.moderation.thresholds[label]}
              value={moderation.thresholds[label]}
              onValue={(value) => setModeration({ thresholds: { ...moderation.thresholds, [label]: value } })}
            />
          ))}
        </div>
      </section>

      <WordLists
        siteId={siteId}
        lists={moderation.wordLists}
        onLists={(wordLists) => setModeration({ wordLists })}
      />

      <section className={classes.section} aria-labelledby="links-title">
        <h2 id="links-title">Links</h2>
        <div className={classes.lists}>
          <Textarea
            label="Domains that hold a comment"
            rows={3}
            defaultValue={moderation.links.block.join('\n')}
            onChange={(event) =>
              setModeration({ links: { ...moderation.links, block: linesOf(event.currentTarget.value) } })
            }
          />
          <Textarea
            label="Domains that never count"
            rows={3}
            defaultValue={moderation.links.allow.join('\n')}
            onChange={(event) =>
              setModeration({ links: { ...moderation.links, allow: linesOf(event.currentTarget.value) } })
            }
          />
          <WholeNumberInput
            label="Links in one comment before it is held"
            value={moderation.links.max}
            onValue={(max) => setModeration({ links: { ...moderation.links, max: max ?? 0 } })}
          />
        </div>
      </section>

      <section className={classes.section} aria-labelledby="readers-title">
        <h2 id="readers-title">Readers</h2>
        <div className={classes.fields}>
          {GATE_ACTIONS.map((action) => (
            <NativeSelect
              key={action}
              label={`Who may ${action}`}
              value={draft.gate[action]}
              data={[
                ...(action === 'read' || action === 'flag' ? [{ value: 'anyone', label: 'Anyone' }] : []),
                { value: 'signed-in', label: 'Whoever is signed in' },
                ...tiers.map(({ key, name }) => ({ value: key, label: `${name} and above` })),
              ]}
              onChange={(event) => set({ gate: { ...draft.gate, [action]: event.currentTarget.value } })}
            />
          ))}
          <WholeNumberInput
            label="Comments a day (leave empty for no limit)"
            value={draft.quotas.commentsPerDay}
            onValue={(commentsPerDay) => set({ quotas: { ...draft.quotas, commentsPerDay } })}
          />
          <WholeNumberInput
            label="Seconds in which an author may edit"
            value={draft.editWindowSeconds}
            onValue={(value) => set({ editWindowSeconds: value ?? 0 })}
          />
          <WholeNumberInput
            label="Days after which a story closes (leave empty for never)"
            value={draft.closeStoriesAfterDays || null}
            onValue={(value) => set({ closeStoriesAfterDays: value ?? 0 })}
          />
        </div>
      </section>

      <section className={classes.section} aria-labelledby="authors-title">
        <h2 id="authors-title">Authors of stories</h2>
        <div className={classes.fields}>
          <Switch
            label="Notify them of new comments by email"
            checked={draft.authors.tell}
            onChange={(event) => set({ authors: { ...draft.authors, tell: event.currentTarget.checked } })}
          />
          <NativeSelect
            label="Language of these emails"
            value={draft.authors.language}
            data={EMAIL_LANGUAGES}
            onChange={(event) => set({ authors: { ...draft.authors, language: event.currentTarget.value } })}
          />
        </div>
      </section>
    </div>
  );
}

type Threshold = Policy['moderation']['thresholds'][ThresholdName];

function ThresholdRow(props: {
  label: string;
  live: Threshold;
  value: Threshold;
  onValue: (value: Threshold) => void;
}) {
  const { label, live, value, onValue } = props;
  const name = labelName(label);
  const field = (side: 'hold' | 'reject', effect: string) => (
    <ThresholdInput
      label={`${name}, ${effect}`}
      value={value[side]}
      onValue={(threshold) => onValue({ ...value, [side]: threshold })}
    />
  );
  const isChanged = live.hold !== value.hold || live.reject !== value.reject;
  return (
    <div className={classes.threshold}>
      <span className={isChanged ? classes.changed : undefined}>{name}</span>
      {field('hold', 'held from')}
      {field('reject', 'rejected from')}
    </div>
  );
}

function ThresholdInput(props: {
  label: string;
  value: number | null;
  onValue: (value: number | null) => void;
}) {
  const { label, value, onValue } = props;
  const [typed, setTyped] = useState(value === null ? '' : String(value));
  const parsed = thresholdOf(typed);
  const isWrong = parsed === undefined;
  // Changed elsewhere, for example by the slider.
  if (!isWrong && parsed !== value) setTyped(value === null ? '' : String(value));
  return (
    <TextInput
      size="xs"
      inputMode="decimal"
      aria-label={label}
      placeholder={label.includes('reject') ? 'no reject' : 'no hold'}
      error={isWrong}
      title={isWrong ? 'A number from 0 to 1, or nothing' : label}
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        const newValue = thresholdOf(event.currentTarget.value);
        if (newValue !== undefined) onValue(newValue);
      }}
    />
  );
}

function WholeNumberInput(props: {
  label: string;
  value: number | null;
  onValue: (value: number | null) => void;
}) {
  const { label, value, onValue } = props;
  return (
    <TextInput
      type="number"
      min={0}
      label={label}
      value={value ?? ''}
      onChange={(event) => {
        const text = event.currentTarget.value;
        onValue(text === '' ? null : Math.max(0, Math.floor(Number(text))));
      }}
    />
  );
}

function ListInput(props: { label: string; value: readonly string[]; onValue: (value: string[]) => void }) {
  const [typed, setTyped] = useState(props.value.join(', '));
  return (
    <TextInput
      label={props.label}
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        props.onValue(linesOf(event.currentTarget.value.replace(/[,\s]+/g, '\n')));
      }}
    />
  );
}
