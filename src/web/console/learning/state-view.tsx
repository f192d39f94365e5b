import { Button, SegmentedControl } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Check } from 'lucide-react';
import { useState } from 'react';
import { api } from '../api.js';
import { fullTime } from '../shell/format-age.js';
import { ConfirmPanel } from '../shell/confirm-panel.js';
import { useConsole } from '../shell/console-context.js';
import { labelName } from '../shell/score-labels.js';
import { errorText } from '../shell/page.js';
import page from '../shell/page.module.css';
import { hrefOf, Link } from '../router.js';
import type { Learning } from '../api-types.js';
import classes from './learning.module.css';
import { TrainingFailure, TrainingProgress } from './training-progress.js';
import { labelsWhereAhead, nearestLabel, stageOf, type Stage } from './learning-state.js';

const STEPS: readonly { stage: Stage; name: string }[] = [
  { stage: 'collecting', name: 'Collecting' },
  { stage: 'shadow', name: 'In the shadow' },
  { stage: 'ahead', name: 'Ahead' },
  { stage: 'counts', name: 'Counts' },
];

const CHOICES = [
  { value: 'off', label: 'Do not train' },
  { value: 'shadow', label: 'Train in shadow mode' },
  { value: 'take-over', label: 'Train and use automatically' },
];

const LEARNING_MODE_TEXTS: Readonly<Record<Learning['learning'], string>> = {
  off: 'No model is trained, and earlier ones are not used.',
  shadow:
    'The trained model scores every new comment without affecting decisions, until somebody puts it into use.',
  'take-over':
    'The trained model is used automatically for the labels on which it is better. It keeps the labels that it already has.',
};

const labelList = (labels: readonly string[]): string =>
  new Intl.ListFormat('en', { type: 'conjunction' }).format(
    labels.map((label) => labelName(label).toLowerCase()),
  );

/** The current stage in a sentence, the next step, and whether a better model may be activated automatically. */
export function StateView({ state }: { state: Learning }) {
  const { site } = useConsole();
  const queries = useQueryClient();
  const [confirming, setConfirming] = useState<'take-over' | 'back' | null>(null);
  const { active, shadow } = state;
  const stage = stageOf(state);
  const currentIndex = STEPS.findIndex((step) => step.stage === stage);
  const reload = () =>
    Promise.all(
      ['learning', 'site-models'].map((key) => queries.invalidateQueries({ queryKey: [key, site.id] })),
    );
  const choose = async (siteModelId: string | null) => {
    await api.chooseSiteModel(site.id, siteModelId);
    await reload();
    setConfirming(null);
  };
  const setLearning = useMutation({
    mutationFn: async (learning: string) => {
      // Read the version first: if someone else saves in the meantime, this change is refused and does not overwrite
      // theirs.
      const { items } = await api.policyVersions(site.id, null);
      return api.changePolicy(
        site.id,
        { moderation: { learning: learning as Learning['learning'] } },
        { note: null, expect: items[0]?.version ?? 1 },
      );
    },
    onSettled: reload,
  });
  const mayTakeOver = state.learning !== 'off' && shadow !== null && labelsWhereAhead(shadow).length > 0;

  return (
    <section className={classes.state} aria-labelledby="learning-state">
      <ol className={classes.steps} aria-label="How far it is">
        {STEPS.map(({ stage: step, name }, index) => (
          <li
            key={step}
            data-state={index < currentIndex ? 'done' : index === currentIndex ? 'now' : 'ahead'}
            aria-current={index === currentIndex ? 'step' : undefined}
          >
            <span className={classes.dot} aria-hidden>
              {index < currentIndex ? <Check size={12} strokeWidth={2.5} /> : index + 1}
            </span>
            {name}
          </li>
        ))}
      </ol>
      <div className={classes.summary}>
        <div>
          <h2 id="learning-state">{titleOf(state, stage)}</h2>
          <p>
            <StateText state={state} stage={stage} />
          </p>
        </div>
        {confirming === null && (
          <div className={page.actions}>
            {mayTakeOver && (
              <Button size="xs" onClick={() => setConfirming('take-over')}>
                {active ? 'Let the newer one take over…' : 'Let it take over…'}
              </Button>
            )}
            {active && (
              <Button size="xs" variant="default" onClick={() => setConfirming('back')}>
                Go back to the shipped model…
              </Button>
            )}
          </div>
        )}
      </div>
      {state.training ? <TrainingProgress training={state.training} /> : <TrainingFailure {...state} />}
      {confirming === 'take-over' && shadow && (
        <ConfirmPanel
          title="Let it take over?"
          text={
            <>
              From the next comment on its scores count for {labelList(labelsWhereAhead(shadow))}; for all
              else the shipped model’s do. Your thresholds stay as they are. With it, a score is how likely
              your moderators would refuse the comment: look at{' '}
              <Link href={hrefOf('/policy', { site: site.id })}>the thresholds</Link> afterwards.
            </>
          }
          action="Let it take over"
          onAct={() => choose(shadow.id)}
          onClose={() => setConfirming(null)}
        />
      )}
      {confirming === 'back' && (
        <ConfirmPanel
          title="Go back to the shipped model?"
          text="From the next comment on the shipped model’s scores count. What was learned is kept, and goes on in the shadow; nothing takes over by itself until somebody chooses again."
          action="Go back"
          isDestructive
          onAct={() => choose(null)}
          onClose={() => setConfirming(null)}
        />
      )}
      <div className={classes.choice}>
        <SegmentedControl
          size="xs"
          aria-label="What may be learned"
          value={state.learning}
          data={CHOICES}
          disabled={setLearning.isPending}
          onChange={(value) => setLearning.mutate(value)}
        />
        <p className={page.small}>{LEARNING_MODE_TEXTS[state.learning]}</p>
      </div>
      {setLearning.isError && (
        <p className={page.fault} role="alert">
          {errorText(setLearning.error, 'Not changed: the server does not answer.')}
        </p>
      )}
    </section>
  );
}

function titleOf({ rolledBack }: Learning, stage: Stage): string {
  switch (stage) {
    case 'off':
      return 'Nothing is learned here';
    case 'collecting':
      return 'Collecting decisions';
    case 'shadow':
      return 'In the shadow, and not ahead';
    case 'ahead':
      return rolledBack ? 'Ahead, and taken back by a person' : 'In the shadow, and ahead';
    case 'counts':
      return 'What was learned counts';
  }
}

function StateText({ state, stage }: { state: Learning; stage: Stage }) {
  const { active, shadow, collected } = state;
  switch (stage) {
    case 'off':
      return <>The shipped model scores alone. Decisions are kept, so that learning can begin at any time.</>;
    case 'collecting': {
      const { label, positives, negatives } = nearestLabel(state);
      return (
        <>
          {collected.decisions === 0
            ? 'No decisions yet that say anything about a text.'
            : `${collected.decisions.toLocaleString()} ${collected.decisions === 1 ? 'decision' : 'decisions'} so far.`}{' '}
          A label needs about {collected.needed} texts to which it applies and as many to which it does not.{' '}
          {positives + negatives > 0 &&
            `Nearest is ${labelName(label).toLowerCase()}, with ${positives.toLocaleString()} and ${negatives.toLocaleString()}.`}
        </>
      );
    }
    case 'shadow':
      return (
        <>
          Learned from {shadow!.texts.toLocaleString()} texts. On those that it has not seen it is no better
          than the shipped model beyond doubt, so it has no say.
        </>
      );
    case 'ahead':
      return (
        <>
          Learned from {shadow!.texts.toLocaleString()} texts. On those that it has not seen it is better than
          the shipped model for {labelList(labelsWhereAhead(shadow!))}. It scores every new comment without a
          say.
        </>
      );
    case 'counts':
      return (
        <>
          Its scores count for {labelList(labelsWhereAhead(active!))}
          {active!.activatedAt && ` since ${fullTime(active!.activatedAt)}`}, learned from{' '}
          {active!.texts.toLocaleString()} texts.{' '}
          {state.learning === 'off' && 'Since nothing may be learned, it has no say now.'}
        </>
      );
  }
}
