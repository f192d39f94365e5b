import { Button, NativeSelect, SegmentedControl, TextInput } from '@mantine/core';
import { useId, useState, type FormEvent } from 'react';
import { api } from '../api.js';
import { useConsole } from '../shell/console-context.js';
import { toFormError, type FormError } from '../shell/form-error.js';
import { PanelForm } from '../shell/panel-form.js';
import { instantOf, localText } from '../shell/local-time.js';
import panels from '../shell/panels.module.css';
import type { GateAction, Override, OverrideRequest, Tier } from '../api-types.js';
import forms from '../shell/forms.module.css';
import { ACTION_LABELS, ACTIONS, ruleText } from './access-labels.js';

interface Props {
  /** Omitted for a new override. */
  override?: Override;
  tiers: readonly Tier[];
  onSaved: () => Promise<unknown>;
  onClose: () => void;
}

type OverrideScope = 'everywhere' | 'section' | 'story';
const FIELDS = ['section', 'storyKey', 'from', 'until', 'note', 'policy'];
const FRIDAY = 5;
const EVENING_HOUR = 18;

/** The next Friday at 18:00 in the moderator's time zone. */
export function nextFriday(now: Date): Date {
  const at = new Date(now);
  at.setHours(EVENING_HOUR, 0, 0, 0);
  at.setDate(at.getDate() + ((FRIDAY - at.getDay() + 7) % 7));
  if (at <= now) at.setDate(at.getDate() + 7);
  return at;
}

/** Edits where an override applies, who may do what there, and when it ends. */
export function OverrideForm({ override, tiers, onSaved, onClose }: Props) {
  const { site } = useConsole();
  const id = useId();
  const [where, setWhere] = useState<OverrideScope>(
    override?.storyKey != null ? 'story' : override && override.section === null ? 'everywhere' : 'section',
  );
  const [target, setTarget] = useState(override?.storyKey ?? override?.section ?? '');
  const [gate, setGate] = useState<Partial<Record<GateAction, string | null>>>(
    override?.policy.gate ?? { comment: 'signed-in', reply: 'signed-in' },
  );
  const [from, setFrom] = useState(override?.from ? localText(new Date(override.from)) : '');
  const [until, setUntil] = useState(override?.until ? localText(new Date(override.until)) : '');
  const [note, setNote] = useState(override?.note ?? '');
  const [fault, setFault] = useState<FormError | null>(null);
  const [isBusy, setBusy] = useState(false);
  const faultAt = (field: string) => (fault?.field === field ? fault.text : undefined);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const placeField = where === 'story' ? 'storyKey' : 'section';
    if (where !== 'everywhere' && target.trim() === '')
      return setFault({
        field: placeField,
        text: where === 'story' ? 'The key of the story.' : 'The name of the section.',
      });
    const rules = Object.entries(gate).filter(([, rule]) => rule);
    const rest = { ...override?.policy };
    delete rest.gate;
    if (rules.length === 0 && Object.keys(rest).length === 0)
      return setFault({ field: 'policy', text: 'Change at least one rule.' });
    setBusy(true);
    setFault(null);
    try {
      const request: OverrideRequest = {
        ...(where === 'section' ? { section: target.trim() } : {}),
        ...(where === 'story' ? { storyKey: target.trim() } : {}),
        from: instantOf(from),
        until: instantOf(until),
        ...(note.trim() ? { note: note.trim() } : {}),
        policy: { ...rest, ...(rules.length > 0 ? { gate: Object.fromEntries(rules) } : {}) },
      };
      await api.putOverride(site.id, override?.key ?? newKey(target), request);
      await onSaved();
    } catch (error) {
      setFault(toFormError(error, FIELDS));
      setBusy(false);
    }
  };

  return (
    <PanelForm
      title={override ? 'Edit the exception' : 'A new exception'}
      submit={override ? 'Save' : 'Add the exception'}
      fault={fault}
      isBusy={isBusy}
      onSubmit={submit}
      onClose={onClose}
    >
      <div className={panels.choice}>
        <span id={`${id}-where`}>Where</span>
        <SegmentedControl
          size="xs"
          aria-labelledby={`${id}-where`}
          value={where}
          onChange={(value) => setWhere(value)}
          data={[
            { value: 'section', label: 'A section' },
            { value: 'story', label: 'A story' },
            { value: 'everywhere', label: 'Everywhere' },
          ]}
        />
      </div>
      {where !== 'everywhere' && (
        <TextInput
          label={where === 'story' ? 'Story' : 'Section'}
          description={where === 'story' ? 'Its key in your system.' : 'Exactly as in your stories.'}
          value={target}
          error={faultAt('section') ?? faultAt('storyKey')}
          maxLength={255}
          autoFocus
          onChange={(event) => setTarget(event.currentTarget.value)}
        />
      )}
      <fieldset className={forms.rules}>
        <legend>Who may</legend>
        {ACTIONS.map((action) => (
          <NativeSelect
            key={action}
            size="xs"
            label={ACTION_LABELS[action]}
            value={gate[action] ?? ''}
            onChange={(event) => setGate({ ...gate, [action]: event.currentTarget.value || null })}
            data={[
              { value: '', label: 'As usual' },
              ...(action === 'read' || action === 'flag'
                ? [{ value: 'anyone', label: ruleText('anyone', tiers) }]
                : []),
              { value: 'signed-in', label: ruleText('signed-in', tiers) },
              ...tiers.map(({ key }) => ({ value: key, label: ruleText(key, tiers) })),
            ]}
          />
        ))}
      </fieldset>
      {fault?.field === 'policy' && (
        <p className={panels.fault} role="alert">
          {fault.text}
        </p>
      )}
      <div className={forms.fields}>
        <TextInput
          size="xs"
          type="datetime-local"
          label="From"
          description="Leave it empty to start now."
          value={from}
          error={faultAt('from')}
          onChange={(event) => setFrom(event.currentTarget.value)}
        />
        <TextInput
          size="xs"
          type="datetime-local"
          label="Until"
          description="Leave it empty for no end."
          value={until}
          error={faultAt('until')}
          onChange={(event) => setUntil(event.currentTarget.value)}
        />
        <TextInput
          size="xs"
          label="Note"
          description="Explains it to your colleagues."
          value={note}
          error={faultAt('note')}
          maxLength={500}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
      </div>
      <div className={panels.choice}>
        <Button
          size="compact-xs"
          variant="default"
          onClick={() => setUntil(localText(nextFriday(new Date())))}
        >
          Until Friday, 18:00
        </Button>
        <Button
          size="compact-xs"
          variant="default"
          onClick={() => setUntil(localText(new Date(Date.now() + 24 * 3_600_000)))}
        >
          For a day
        </Button>
        <Button
          size="compact-xs"
          variant="default"
          onClick={() => setUntil(localText(new Date(Date.now() + 7 * 24 * 3_600_000)))}
        >
          For a week
        </Button>
      </div>
    </PanelForm>
  );
}

/** Creates a key that is readable in the API and not in use yet. */
const newKey = (target: string): string => {
  const slug = target
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 60);
  return `${slug || 'everywhere'}-${Date.now().toString(36)}`;
};
