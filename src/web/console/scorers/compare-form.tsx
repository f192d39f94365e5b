import { NativeSelect, NumberInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { api } from '../api.js';
import { useConsole } from '../shell/console-context.js';
import { toFormError, type FormError } from '../shell/form-error.js';
import forms from '../shell/forms.module.css';
import { labelName } from '../shell/score-labels.js';
import { PanelForm } from '../shell/panel-form.js';
import panels from '../shell/panels.module.css';
import type { ScorerCalibrationSummary, CalibrationScorer, NewCalibration } from '../api-types.js';

interface Props {
  scorers: readonly CalibrationScorer[];
  onStarted: (started: ScorerCalibrationSummary) => Promise<unknown>;
  onClose: () => void;
}

type Label = keyof NonNullable<NewCalibration['thresholds']>;

/** Chooses the two scorers to compare, the hold thresholds of the first one, and the duration. */
export function CompareForm({ scorers, onStarted, onClose }: Props) {
  const { site } = useConsole();
  const external = scorers.find(({ id }) => id.startsWith('external:'));
  const [from, setFrom] = useState(external?.id ?? 'shipped');
  const [to, setTo] = useState('local');
  const [comments, setComments] = useState<number | string>(2000);
  const [days, setDays] = useState<number | string>(14);
  const [changed, setChanged] = useState<Partial<Record<string, number | string>>>({});
  const [fault, setFault] = useState<FormError | null>(null);
  const [isBusy, setBusy] = useState(false);
  const policy = useQuery({
    // Not the query key of the policy page, which stores a different shape.
    queryKey: ['policy-thresholds', site.id],
    queryFn: ({ signal }) => api.policy(site.id, signal),
  });
  const labelsOf = (id: string): readonly string[] =>
    scorers.find((scorer) => scorer.id === id)?.labels ?? [];
  const labels = labelsOf(from).filter((label) => labelsOf(to).includes(label)) as Label[];
  // The policy's thresholds apply to the built-in models' scores, not to those of external services.
  const isExternal = from.startsWith('external:');
  const thresholdOf = (label: Label): number | string =>
    changed[label] ?? (isExternal ? undefined : policy.data?.moderation.thresholds[label].hold) ?? '';
  const data = scorers.map(({ id, name }) => ({ value: id, label: name }));
  const faultAt = (field: string) => (fault?.field === field ? fault.text : undefined);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const thresholds = labels.flatMap((label) => {
      const value = thresholdOf(label);
      return value === '' ? [] : [[label, Number(value)] as const];
    });
    if (from === to) return setFault({ field: 'to', text: 'Choose two different scorers.' });
    if (thresholds.length === 0)
      return setFault({ field: 'thresholds', text: 'Enter the threshold of at least one label.' });
    setBusy(true);
    setFault(null);
    try {
      await onStarted(
        await api.startCalibration(site.id, {
          from,
          to,
          thresholds: Object.fromEntries(thresholds),
          comments: Number(comments),
          days: Number(days),
        }),
      );
    } catch (error) {
      setFault(toFormError(error, ['from', 'to', 'thresholds', 'comments', 'days']));
      setBusy(false);
    }
  };

  return (
    <PanelForm
      title="A new comparison"
      submit="Start"
      fault={fault}
      isBusy={isBusy}
      onSubmit={submit}
      onClose={onClose}
    >
      <div className={forms.fields}>
        <NativeSelect
          size="xs"
          label="From"
          description="The scorer whose thresholds you know."
          value={from}
          data={data}
          error={faultAt('from')}
          autoFocus
          onChange={(event) => {
            setFrom(event.currentTarget.value);
            setChanged({});
          }}
        />
        <NativeSelect
          size="xs"
          label="To"
          description="The scorer that needs thresholds."
          value={to}
          data={data}
          error={faultAt('to')}
          onChange={(event) => setTo(event.currentTarget.value)}
        />
        <NumberInput
          size="xs"
          label="Compared comments, at most"
          description="10 to 20,000."
          min={10}
          max={20_000}
          thousandSeparator=","
          value={comments}
          error={faultAt('comments')}
          onChange={setComments}
        />
        <NumberInput
          size="xs"
          label="Days, at most"
          description="1 to 31."
          min={1}
          max={31}
          value={days}
          error={faultAt('days')}
          onChange={setDays}
        />
      </div>
      <fieldset className={forms.rules}>
        <legend>Scores from which the first scorer holds a comment</legend>
        {isExternal && (
          <p className={panels.soft}>Enter the scores that you use with it now; leave the others empty.</p>
        )}
        {labels.map((label) => (
          <NumberInput
            key={label}
            size="xs"
            label={labelName(label)}
            min={0}
            max={1}
            step={0.05}
            decimalScale={4}
            placeholder="not compared"
            value={thresholdOf(label)}
            onChange={(value) => setChanged({ ...changed, [label]: value })}
          />
        ))}
        {labels.length === 0 && <p className={panels.soft}>The two have no label in common.</p>}
      </fieldset>
      {faultAt('thresholds') && (
        <p className={panels.fault} role="alert">
          {faultAt('thresholds')}
        </p>
      )}
    </PanelForm>
  );
}
