import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { api } from '../api.js';
import { countsKey, patchItems } from '../queue/queue-cache.js';
import type { QueueEvents } from '../api-types.js';

export type StreamState = 'connecting' | 'live' | 'lost';

interface Handlers {
  arrived(event: QueueEvents['arrived']): void;
  left(event: QueueEvents['left']): void;
  /** Many comments left the lists at once, or returned. */
  bulk(): void;
  /** The list of suspected brigades changed. */
  brigades(): void;
  /** The stream reconnected after an interruption, so the screen may have missed events. */
  resumed(): void;
}

const REOPEN_MS = 5_000;

/** The site's event stream. Counts and claims update the query cache directly; other events go to the handlers. */
export function useQueueEvents(site: string, handlers: Handlers, isPaused: boolean): StreamState {
  const queries = useQueryClient();
  const [streamState, setStreamState] = useState<StreamState>('connecting');
  const latest = useRef(handlers);
  useEffect(() => {
    latest.current = handlers;
  });

  useEffect(() => {
    if (isPaused) return;
    let source: EventSource;
    let reopen: ReturnType<typeof setTimeout> | undefined;
    let wasOpen = false;
    let isStopped = false;

    const open = () => {
      source = new EventSource(api.eventsUrl(site));
      const on = <K extends keyof QueueEvents>(name: K, handle: (data: QueueEvents[K]) => void) =>
        source.addEventListener(name, (event: MessageEvent<string>) =>
          handle(JSON.parse(event.data) as QueueEvents[K]),
        );
      source.onopen = () => {
        setStreamState('live');
        if (wasOpen) {
          void queries.invalidateQueries({ queryKey: countsKey(site) });
          latest.current.resumed();
        }
        wasOpen = true;
      };
      source.onerror = () => {
        setStreamState('lost');
        if (source.readyState !== EventSource.CLOSED || isStopped) return;
        // The browser gives up if the response is not an event stream. Fetching the counts shows whether it was a 401.
        void queries.invalidateQueries({ queryKey: countsKey(site) });
        reopen = setTimeout(open, REOPEN_MS);
      };
      on('queue', ({ counts }) => queries.setQueryData(countsKey(site), { counts }));
      on('arrived', (event) => latest.current.arrived(event));
      on('left', (event) => latest.current.left(event));
      on('bulk', () => latest.current.bulk());
      on('brigades', () => latest.current.brigades());
      on('claims', ({ commentId, claimants }) =>
        patchItems(queries, site, (item) => (item.comment.id === commentId ? { ...item, claimants } : item)),
      );
    };
    open();
    return () => {
      isStopped = true;
      clearTimeout(reopen);
      source.close();
    };
  }, [site, isPaused, queries]);

  return streamState;
}
