import { useQuery } from '@tanstack/react-query';
import {
  CircleArrowUp,
  CircleCheck,
  CircleHelp,
  CirclePause,
  CircleX,
  Flag,
  Lightbulb,
  Scale,
  Shuffle,
  Star,
} from 'lucide-react';
import { api } from '../api.js';
import { isDecidedState, QUEUE_LABELS } from '../queue/decision-options.js';
import { listParams, SUGGESTION_LABELS } from '../queue/filters.js';
import { countsKey } from '../queue/queue-cache.js';
import { hrefOf, Link, useAddress } from '../router.js';
import { useSampleCount } from '../sample/use-sample-count.js';
import { QUEUE_STATES, type QueueCounts, type QueueState, type SuggestedUse } from '../api-types.js';
import { longAge, shortAge } from './format-age.js';
import { useConsole } from './console-context.js';
import classes from './frame.module.css';
import { useNow } from './use-now.js';
import { hasWholeSite } from './permissions.js';
import { SavedQueueNavigation } from './saved-queue-navigation.js';

const ICONS = {
  held: CirclePause,
  flagged: Flag,
  appealed: Scale,
  escalated: CircleArrowUp,
  published: CircleCheck,
  rejected: CircleX,
} as const;

/**
 * The site's queue counts: fetched once, then updated by the event stream, and fetched every minute in case the
 * stream is down.
 */
export function useCounts(): QueueCounts | undefined {
  const { site } = useConsole();
  const { data } = useQuery({
    queryKey: countsKey(site.id),
    queryFn: ({ signal }) => api.counts(site.id, signal),
    refetchInterval: 60_000,
  });
  return data?.counts;
}

/** The queues, with the number of waiting comments and the age of the oldest. */
export function QueueNavigation({ active }: { active: string }) {
  const { site } = useConsole();
  const counts = useCounts();
  const now = useNow();
  // A saved queue and a list of suggestions mark their own entry.
  const { params } = useAddress();
  const hasOwnEntry = params.has('saved') || params.has('suggested');
  const linkTo = (state: QueueState) => {
    const Icon = ICONS[state];
    const count = counts?.[state]?.count;
    const oldest = counts?.[state]?.oldest ?? null;
    // Recently published or rejected comments are not waiting for anyone.
    const hasWaiting = !isDecidedState(state) && oldest !== null && count !== 0;
    return (
      <Link
        key={state}
        className={classes.place}
        href={hrefOf('/', { site: site.id, state: state === 'held' ? null : state })}
        aria-current={active === state && !hasOwnEntry ? 'page' : undefined}
        data-empty={count === 0 || undefined}
      >
        <Icon size={15} strokeWidth={1.75} aria-hidden />
        <span>{QUEUE_LABELS[state]}</span>
        {hasWaiting && (
          <span className={classes.age} title={`The oldest has waited ${longAge(oldest, now)}`}>
            {shortAge(oldest, now)}
          </span>
        )}
        <span className={classes.count}>{count === undefined ? '' : count.toLocaleString()}</span>
      </Link>
    );
  };
  return (
    <>
      {QUEUE_STATES.slice(0, 4).map(linkTo)}
      {hasWholeSite(site) && <SampleLink isActive={active === 'sample'} />}
      <SavedQueueNavigation />
      <div className={classes.rule} />
      <p className={classes.group}>Lately</p>
      {QUEUE_STATES.slice(4).map(linkTo)}
      <div className={classes.rule} />
      <p className={classes.group}>Worth using</p>
      {SUGGESTIONS.map((suggestion) => (
        <SuggestionLink key={suggestion} suggestion={suggestion} />
      ))}
    </>
  );
}

const SUGGESTION_ICONS = { pick: Star, question: CircleHelp, newsroom: Lightbulb } as const;
const SUGGESTIONS = ['pick', 'question', 'newsroom'] as const;

/** Published comments that editors may want to use. They are not counted, because nobody has to work through them. */
function SuggestionLink({ suggestion }: { suggestion: SuggestedUse }) {
  const { site } = useConsole();
  const { path, params } = useAddress();
  const Icon = SUGGESTION_ICONS[suggestion];
  const filter = { suggested: suggestion };
  const isCurrent =
    path === '/' &&
    !params.has('saved') &&
    params.get('state') === 'published' &&
    params.get('suggested') === suggestion;
  return (
    <Link
      className={classes.place}
      href={hrefOf('/', { site: site.id, ...listParams({ state: 'published', sort: 'newest', filter }) })}
      aria-current={isCurrent ? 'page' : undefined}
    >
      <Icon size={15} strokeWidth={1.75} aria-hidden />
      <span>{SUGGESTION_LABELS[suggestion]}</span>
    </Link>
  );
}

/** The sampled comments to review, as a queue without live updates. */
function SampleLink({ isActive }: { isActive: boolean }) {
  const { site } = useConsole();
  const count = useSampleCount(site.id);
  return (
    <Link
      className={classes.place}
      href={hrefOf('/sample', { site: site.id })}
      aria-current={isActive ? 'page' : undefined}
      data-empty={count === 0 || undefined}
    >
      <Shuffle size={15} strokeWidth={1.75} aria-hidden />
      <span>Sample</span>
      <span className={classes.count}>{count === undefined ? '' : count.toLocaleString()}</span>
    </Link>
  );
}
