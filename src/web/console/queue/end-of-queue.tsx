import { Button } from '@mantine/core';
import { useSyncExternalStore, type ReactNode } from 'react';
import { shortAge } from '../shell/format-age.js';
import { useConsole } from '../shell/console-context.js';
import { KeyCap } from '../shell/key-button.js';
import { useNow } from '../shell/use-now.js';
import { useCounts } from '../shell/queue-navigation.js';
import { hrefOf, Link } from '../router.js';
import type { QueueFilter, QueueState, SuggestedUse } from '../api-types.js';
import { isDecidedState, QUEUE_LABELS } from './decision-options.js';
import classes from './end-of-queue.module.css';
import { filterText, queueSentence } from './filters.js';

interface Props {
  /** The filter and the controls of a saved queue, shown even when the queue is empty. */
  filterBar: ReactNode;
  state: QueueState;
  filter: QueueFilter;
  arrivedCount: number;
  isStale: boolean;
  onRefresh: () => void;
  onClearFilter: () => void;
}

const EMPTY_TITLES: Readonly<Record<QueueState, string>> = {
  held: 'Nothing is waiting.',
  flagged: 'Nothing is flagged.',
  appealed: 'No appeals.',
  escalated: 'Nothing was escalated.',
  published: 'Nothing published.',
  rejected: 'Nothing rejected.',
};

const EMPTY_TEXTS: Readonly<Record<QueueState, string>> = {
  held: 'Comments that a rule holds wait here for a moderator’s decision.',
  flagged: 'Published comments that readers flag are listed here.',
  appealed: 'Comments whose authors appeal are listed here.',
  escalated: 'Comments that a moderator escalates are listed here.',
  published: 'Published comments are listed here, newest first.',
  rejected: 'Rejected and removed comments are listed here, newest first.',
};

const SUGGESTION_EMPTY_TEXTS: Readonly<Record<SuggestedUse, string>> = {
  pick: 'Published comments that argue well for their length and are about the story are listed here until you pick them. English only.',
  question:
    'Published comments that ask what you or the author could answer are listed here until staff answer them. English only.',
  newsroom: 'Published comments that correct the article or give you a tip are listed here. English only.',
};

/** Shown when the queue is empty: what was done in this session, and which other queues have comments. */
export function EndOfQueue(props: Props) {
  const { state, filter, arrivedCount, onRefresh } = props;
  const isFiltered = filterText(filter) !== '';
  const suggestion = filterText(filter) === `suggested=${filter.suggested}` ? filter.suggested : undefined;
  const { site, decisions } = useConsole();
  const { tally } = useSyncExternalStore(decisions.subscribe, decisions.read);
  const counts = useCounts();
  const now = useNow();
  const decidedCount = tally.approved + tally.rejected + tally.escalated;
  const otherWaitingStates = (['held', 'flagged', 'appealed', 'escalated'] as const).filter(
    (other) => other !== state && (counts?.[other]?.count ?? 0) > 0,
  );
  return (
    <section className={classes.end} aria-labelledby="end-title">
      <div className={classes.filter}>{props.filterBar}</div>
      <svg className={classes.horizon} viewBox="0 0 240 96" aria-hidden="true">
        <path d="M72 72a48 48 0 0 1 96 0" />
        <path d="M12 72h216M44 84h152M84 96h72" />
      </svg>
      <h1 className={classes.title} id="end-title">
        {decidedCount > 0 && !isDecidedState(state)
          ? 'All done here.'
          : suggestion
            ? 'Nothing to suggest now.'
            : EMPTY_TITLES[state]}
      </h1>
      <p className={classes.words}>
        {decidedCount > 0 && !isDecidedState(state)
          ? doneText(tally)
          : suggestion
            ? SUGGESTION_EMPTY_TEXTS[suggestion]
            : isFiltered
              ? `With this filter: ${queueSentence(state, filter)}.`
              : EMPTY_TEXTS[state]}
      </p>
      {isFiltered && (
        <Button variant="default" onClick={props.onClearFilter}>
          Show all of {QUEUE_LABELS[state].toLowerCase()}
        </Button>
      )}
      {arrivedCount === 0 && props.isStale ? (
        <Button data-key="n" aria-keyshortcuts="N" rightSection={<KeyCap>n</KeyCap>} onClick={onRefresh}>
          Look again
        </Button>
      ) : arrivedCount > 0 ? (
        <Button data-key="n" aria-keyshortcuts="N" rightSection={<KeyCap>n</KeyCap>} onClick={onRefresh}>
          {arrivedCount === 1 ? 'Show 1 new comment' : `Show ${arrivedCount} new comments`}
        </Button>
      ) : otherWaitingStates.length > 0 ? (
        <ul className={classes.elsewhere}>
          {otherWaitingStates.map((other) => (
            <li key={other}>
              <Link href={hrefOf('/', { site: site.id, state: other === 'held' ? null : other })}>
                <span>{QUEUE_LABELS[other]}</span>
                <span>
                  {counts?.[other].count.toLocaleString()}
                  {oldestText(counts?.[other].oldest ?? null, now)}
                </span>
                <span aria-hidden>
                  <KeyCap>g</KeyCap> <KeyCap>{other.charAt(0)}</KeyCap>
                </span>
              </Link>
            </li>
          ))}
        </ul>
      ) : (
        <p className={classes.words}>New comments are announced here.</p>
      )}
    </section>
  );
}

function oldestText(oldest: string | null, now: number): string {
  const age = oldest && shortAge(oldest, now);
  return !age || age === 'now' ? '' : `, oldest ${age}`;
}

function doneText(tally: {
  approved: number;
  rejected: number;
  escalated: number;
  secondsEach: readonly number[];
}) {
  const parts = [
    tally.approved && `${tally.approved} approved`,
    tally.rejected && `${tally.rejected} rejected`,
    tally.escalated && `${tally.escalated} escalated`,
  ].filter(Boolean);
  const sorted = [...tally.secondsEach].sort((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)];
  const pace =
    median === undefined || sorted.length < 5 ? '' : ` Half of them took you under ${Math.ceil(median)} s.`;
  return `This sitting: ${parts.join(', ')}.${pace}`;
}
