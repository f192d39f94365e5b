import { VisuallyHidden } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Bookmark } from 'lucide-react';
import { useRef } from 'react';
import { api } from '../api.js';
import { listParams, queueSentence, targetStatus } from '../queue/filters.js';
import { savedKey } from '../queue/queue-cache.js';
import { hrefOf, Link, useAddress } from '../router.js';
import type { SavedQueue } from '../api-types.js';
import { longAge, shortAge } from './format-age.js';
import { useConsole, useConsoleListener } from './console-context.js';
import classes from './frame.module.css';
import { useNow } from './use-now.js';

// Each request recounts every saved queue, so events cause at most one refresh per interval.
const REFRESH_INTERVAL_MS = 5_000;

/** Saved queues with their counts, compared with their targets. */
export function SavedQueueNavigation() {
  const { site } = useConsole();
  const queries = useQueryClient();
  const scheduledAt = useRef(0);
  const { data } = useQuery({
    queryKey: savedKey(site.id),
    queryFn: ({ signal }) => api.savedQueues(site.id, signal),
    refetchInterval: 60_000,
  });
  const scheduleRefresh = () => {
    const now = Date.now();
    if (now - scheduledAt.current < REFRESH_INTERVAL_MS) return;
    scheduledAt.current = now;
    setTimeout(() => void queries.invalidateQueries({ queryKey: savedKey(site.id) }), REFRESH_INTERVAL_MS);
  };
  useConsoleListener({
    arrived: scheduleRefresh,
    left: scheduleRefresh,
    bulk: scheduleRefresh,
    resumed: scheduleRefresh,
  });
  if (!data || data.items.length === 0) return null;
  return (
    <>
      <div className={classes.rule} />
      <p className={classes.group}>Kept</p>
      {data.items.map((queue) => (
        <SavedQueueLink key={queue.id} queue={queue} />
      ))}
    </>
  );
}

function SavedQueueLink({ queue }: { queue: SavedQueue }) {
  const { site } = useConsole();
  const { path, params } = useAddress();
  const now = useNow();
  const targetState = targetStatus(queue.oldest, queue.targetMinutes, now);
  const isCurrent = path === '/' && params.get('saved') === queue.id;
  const titleParts = [
    queueSentence(queue.state, queue.filter),
    queue.oldest && `the oldest has waited ${longAge(queue.oldest, now)}`,
    queue.targetMinutes &&
      `target ${longAge(new Date(now - queue.targetMinutes * 60_000).toISOString(), now)}`,
  ].filter(Boolean);
  return (
    <Link
      className={classes.place}
      href={hrefOf('/', { site: site.id, ...listParams(queue), saved: queue.id })}
      aria-current={isCurrent ? 'page' : undefined}
      data-empty={queue.count === 0 || undefined}
      title={titleParts.join(' · ')}
    >
      <Bookmark size={15} strokeWidth={1.75} aria-hidden />
      <span>{queue.name}</span>
      {queue.oldest && queue.count > 0 && (
        <span className={classes.age} data-reach={targetState ?? undefined}>
          {shortAge(queue.oldest, now)}
          {targetState && (
            <VisuallyHidden>
              {targetState === 'over' ? ', over its target' : ', near its target'}
            </VisuallyHidden>
          )}
        </span>
      )}
      <span className={classes.count}>{queue.count.toLocaleString()}</span>
    </Link>
  );
}
