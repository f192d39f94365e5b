import { percent } from '../charts/chart-labels.js';
import type { Learning } from '../api-types.js';
import marks from '../shell/marks.module.css';
import page from '../shell/page.module.css';
import classes from './learning.module.css';

type Training = NonNullable<Learning['training']>;

const PHASES: Readonly<Record<Training['phase'], string>> = {
  queued: 'Waiting for a worker',
  reading: 'Reading the decisions',
  encoding: 'Computing what the texts mean',
  scoring: 'Scoring the texts with the shipped model',
  fitting: 'Training and measuring the model',
};
const FAILED_IN: Readonly<Record<Training['phase'], string>> = {
  queued: 'before it began',
  reading: 'while reading the decisions',
  encoding: 'while computing what the texts mean',
  scoring: 'while scoring the texts with the shipped model',
  fitting: 'while training and measuring the model',
};

/** How far the current training is. */
export function TrainingProgress({ training }: { training: Training }) {
  const { phase, progress, isStalled } = training;
  return (
    <div className={classes.training}>
      <span className={classes.trainingRow}>
        {/* The phase is announced, the percentage is not. */}
        <span role="status">{PHASES[phase]}…</span>
        {phase !== 'queued' && <span className={classes.trainingShare}>{percent(progress)}</span>}
      </span>
      <span
        className={`${marks.progress} ${classes.trainingBar}`}
        role="progressbar"
        aria-label="Progress of the training"
        aria-valuenow={Math.round(progress * 100)}
      >
        <span style={{ transform: `scaleX(${progress})` }} />
      </span>
      {isStalled && (
        <p className={page.fault} role="alert">
          {phase === 'queued'
            ? 'No worker has started it for minutes. Trainings run one at a time, so that of another site may come first; otherwise, check that a process with the role worker runs.'
            : 'Nothing has changed for minutes. If the worker was stopped, another one begins again by itself: check that a process with the role worker runs.'}
        </p>
      )}
    </div>
  );
}

/** What to do about the latest training, if it failed. */
export function TrainingFailure({ lastTraining: { outcome, failedIn }, learning }: Learning) {
  if (outcome !== 'failed') return null;
  return (
    <p className={page.fault} role="alert">
      The last training failed{failedIn && ` ${FAILED_IN[failedIn]}`}, and the scores stay as they were.{' '}
      {learning === 'off'
        ? ''
        : 'Press “Train now” to try again; otherwise, it is tried again after more decisions. '}
      If it fails again, look for <code>site-model.training-failed</code> in the worker’s log.
    </p>
  );
}
