import { Button, Radio, SegmentedControl, Textarea, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { api, ProblemError } from '../api.js';
import { fullTime } from '../shell/format-age.js';
import { useConsole } from '../shell/console-context.js';
import { hasWholeSite } from '../shell/permissions.js';
import type { AuthorView, Standing, SanctionAnswer } from '../api-types.js';
import classes from './reader-panel.module.css';

interface SanctionOption {
  standing: Standing;
  title: string;
  effect: string;
}

const SANCTION_OPTIONS: readonly SanctionOption[] = [
  { standing: 'warned', title: 'Warn', effect: 'Gets a message with the reason and can still comment.' },
  { standing: 'pre-moderated', title: 'Pre-moderate', effect: 'Every comment is held for a moderator.' },
  { standing: 'suspended', title: 'Suspend', effect: 'Cannot comment until a day you choose.' },
  { standing: 'banned', title: 'Ban', effect: 'Cannot comment until the ban is lifted.' },
  { standing: 'trusted', title: 'Trust', effect: 'Rules apply less strictly.' },
  { standing: 'normal', title: 'Normal', effect: 'Lifts the current sanction.' },
];

/**
 * Whether a moderator limited to sections may choose this option: only a warning, and only for a reader in normal
 * standing, because there it replaces no stricter sanction.
 */
const mayChooseInSections = ({ standing }: SanctionOption, current: Standing): boolean =>
  standing === 'warned' && current === 'normal';

const DAY_MS = 86_400_000;
const DURATIONS = [
  { value: '1', label: '1 day' },
  { value: '3', label: '3 days' },
  { value: '7', label: '1 week' },
  { value: '30', label: '30 days' },
  { value: 'date', label: 'Until…' },
];

/** Changes a reader's standing. A reason is always required. The button says what will happen. */
export function SanctionForm(props: {
  reader: Pick<AuthorView, 'id' | 'name' | 'standing'>;
  onChanged: (answer: SanctionAnswer) => void;
}) {
  const { reader } = props;
  const { site } = useConsole();
  const isSiteWide = hasWholeSite(site);
  const options = SANCTION_OPTIONS.filter(
    (option) =>
      option.standing !== reader.standing && (isSiteWide || mayChooseInSections(option, reader.standing)),
  );
  const [standing, setStanding] = useState<Standing | null>(null);
  const [term, setTerm] = useState('3');
  const [day, setDay] = useState('');
  const [reason, setReason] = useState('');
  const [note, setNote] = useState('');
  const [fault, setFault] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!standing) return;
    const until = standing === 'suspended' ? untilOf(term, day) : null;
    if (standing === 'suspended' && !until) return setFault('Choose a day ahead of now.');
    if (!reason.trim()) return setFault('Enter a reason. It is stored with the sanction.');
    setBusy(true);
    setFault(null);
    try {
      const answer = await api.setStanding(reader.id, {
        standing,
        reason: reason.trim(),
        ...(until && { until }),
        ...(note.trim() && { note: note.trim() }),
      });
      props.onChanged(answer);
    } catch (error) {
      setFault(
        error instanceof ProblemError
          ? error.message
          : 'The server does not answer. Nothing was changed; try again.',
      );
    }
    setBusy(false);
  };

  const sectionsNote = isSiteWide ? null : (
    <p className={classes.sectionsNote}>
      Your role is limited to sections. Sanctions apply to the whole site, so a colleague with access to it
      must decide. Leave them a note.
    </p>
  );
  if (options.length === 0) return sectionsNote;
  return (
    <form className={classes.form} onSubmit={(event) => void submit(event)}>
      <Radio.Group
        label="Change the standing"
        value={standing}
        onChange={(value) => {
          setStanding(value);
          setFault(null);
        }}
      >
        <div className={classes.options}>
          {options.map((option) => (
            <Radio
              key={option.standing}
              value={option.standing}
              label={option.title}
              description={option.effect}
              size="xs"
            />
          ))}
        </div>
      </Radio.Group>
      {sectionsNote}
      {standing === 'suspended' && (
        <div className={classes.until}>
          <SegmentedControl
            fullWidth
            size="xs"
            aria-label="For how long"
            data={DURATIONS}
            value={term}
            onChange={setTerm}
          />
          {term === 'date' && (
            <TextInput
              type="datetime-local"
              aria-label="Suspended until"
              value={day}
              onChange={(event) => setDay(event.currentTarget.value)}
            />
          )}
        </div>
      )}
      {standing && (
        <>
          <TextInput
            label="Reason"
            description={
              standing === 'normal' || standing === 'trusted' ? undefined : 'The reader is told this'
            }
            value={reason}
            maxLength={500}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <Textarea
            label="Note for colleagues"
            value={note}
            autosize
            minRows={2}
            maxRows={6}
            maxLength={2000}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          {fault && (
            <p className={classes.fault} role="alert">
              {fault}
            </p>
          )}
          <Button
            type="submit"
            loading={isBusy}
            color={standing === 'banned' || standing === 'suspended' ? 'rejected' : undefined}
          >
            {submitText(standing, reader.name, untilOf(term, day))}
          </Button>
        </>
      )}
    </form>
  );
}

/** @returns ISO time in the future, or null if none is chosen yet */
function untilOf(term: string, day: string): string | null {
  const time = term === 'date' ? Date.parse(day) : Date.now() + Number(term) * DAY_MS;
  return Number.isNaN(time) || time <= Date.now() ? null : new Date(time).toISOString();
}

function submitText(standing: Standing, name: string, until: string | null): string {
  const shortName = name.length > 24 ? 'this reader' : name;
  switch (standing) {
    case 'warned':
      return `Warn ${shortName}`;
    case 'suspended':
      return until ? `Suspend until ${fullTime(until)}` : `Suspend ${shortName}`;
    case 'banned':
      return `Ban ${shortName}`;
    case 'pre-moderated':
      return `Hold every comment of ${shortName}`;
    case 'trusted':
      return `Trust ${shortName}`;
    case 'normal':
      return `Set ${shortName} back to normal`;
  }
}
