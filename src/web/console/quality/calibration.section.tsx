import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api.js';
import { intervalText, percent } from '../charts/chart-labels.js';
import { labelName } from '../shell/score-labels.js';
import { Failed, LoadingRows } from '../shell/page.js';
import page from '../shell/page.module.css';
import type { Suggestion } from '../api-types.js';
import { CalibrationChart } from './quality-charts.js';
import classes from './quality.module.css';

/** Labels scored by a text model. The others are computed by rules and are not probabilities. */
const MODEL_LABELS = [
  'refusal',
  'toxicity',
  'severeToxicity',
  'insult',
  'profanity',
  'threat',
  'identityAttack',
  'sexual',
  'spam',
] as const;
const MAX_ERRORS_PER_MILLE = [5, 10, 20, 50, 100, 200];

/** Compares a label's scores with moderators' decisions, and suggests thresholds. */
export function CalibrationSection({ siteId, days }: { siteId: string; days: number }) {
  const [label, setLabel] = useState<string>('refusal');
  const [errorPerMille, setErrorPerMille] = useState(50);
  const calibration = useQuery({
    queryKey: ['quality-label', siteId, label, days, errorPerMille],
    queryFn: ({ signal }) => api.calibration(siteId, label, { days, errorPerMille }, signal),
    placeholderData: (previous) => previous,
  });
  return (
    <section className={classes.part} aria-labelledby="calibration-title">
      <h2 id="calibration-title">Scores against people</h2>
      <p>
        A score is well calibrated if people reject four in five texts that score 0.8. Based on decisions
        about held texts and on the sample, weighted by how often each occurs.
      </p>
      <div className={classes.fields}>
        <NativeSelect
          size="xs"
          label="Label"
          value={label}
          data={MODEL_LABELS.map((value) => ({ value, label: labelName(value) }))}
          onChange={(event) => setLabel(event.currentTarget.value)}
        />
        <NativeSelect
          size="xs"
          label="Maximum error"
          value={String(errorPerMille)}
          data={MAX_ERRORS_PER_MILLE.map((value) => ({ value: String(value), label: percent(value / 1000) }))}
          onChange={(event) => setErrorPerMille(Number(event.currentTarget.value))}
        />
      </div>
      {calibration.isPending ? (
        <LoadingRows rows={4} />
      ) : !calibration.data ? (
        <Failed error={calibration.error} what="The calibration" onRetry={() => void calibration.refetch()} />
      ) : (
        <div className={classes.two}>
          {calibration.data.held + calibration.data.sampled === 0 ? (
            <p className={page.soft}>
              Nobody has judged a text with a score for {labelName(label).toLowerCase()} in this time.
            </p>
          ) : (
            <CalibrationChart calibration={calibration.data} name={labelName(calibration.data.label)} />
          )}
          <ul className={classes.suggestions} aria-label="Suggested thresholds">
            {calibration.data.suggestions.map((suggestion) => (
              <li key={suggestion.kind}>
                <SuggestionText suggestion={suggestion} />
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}

function SuggestionText({ suggestion }: { suggestion: Suggestion }) {
  const { kind, state, threshold, current, wantedError, error } = suggestion;
  const maxError = percent(wantedError);
  const currentText = current === null ? 'none is set' : `now ${current}`;
  const actionText = kind === 'hold' ? 'Hold from' : 'Reject from';
  const explanation = kind === 'hold' ? 'below it, people reject' : 'above it, people publish';
  return (
    <>
      {state === 'enough' && threshold !== null ? (
        <p>
          <b>
            {actionText} {threshold}
          </b>{' '}
          ({currentText}): {explanation} {percent(error.value ?? 0)}.
        </p>
      ) : state === 'none' ? (
        <p>
          <b>{actionText}: no threshold</b> ({currentText}) keeps the error within {maxError}.
        </p>
      ) : (
        <p>
          <b>{actionText}: not enough yet</b> ({currentText}) to promise an error of {maxError} at most.
        </p>
      )}
      <p className={page.small}>
        {error.of === 0
          ? 'No reviewed text is on that side. Reviewing the sample helps.'
          : state === 'not-enough' && (error.value ?? 0) > wantedError
            ? 'Too little of the sample is reviewed to estimate this side.'
            : `Based on ${error.of.toLocaleString()} reviewed ${error.of === 1 ? 'text' : 'texts'}: ${intervalText(error)}.`}
      </p>
    </>
  );
}
