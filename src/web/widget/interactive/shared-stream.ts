import type { ApiClient } from '../../kit/api-client.js';
import { EventStream, type EventStreamOptions } from '../../kit/event-stream.js';

interface Shared {
  stream: EventStream;
  listeners: Set<EventStreamOptions>;
  open: Set<EventStreamOptions>;
}

const streams = new Map<string, Shared>();

/** A listener's share of a stream: the connection stays while anybody wants it. */
export interface StreamSubscription {
  open(): void;
  close(): void;
  /** Stops listening for good. */
  leave(): void;
}

/**
 * One connection per page for one story and one reader, however many elements show it.
 *
 * @param reader tells readers apart: their token, or '' while signed out
 */
export function shareStream(
  api: ApiClient,
  path: string,
  reader: string,
  listener: EventStreamOptions,
): StreamSubscription {
  const key = [api.base, path, reader].join(' ');
  const shared = streams.get(key) ?? start(api, path);
  streams.set(key, shared);
  shared.listeners.add(listener);
  const close = () => {
    shared.open.delete(listener);
    if (shared.open.size === 0) shared.stream.close();
  };
  return {
    open: () => {
      shared.open.add(listener);
      shared.stream.open();
    },
    close,
    leave: () => {
      close();
      shared.listeners.delete(listener);
      if (shared.listeners.size === 0) streams.delete(key);
    },
  };
}

function start(api: ApiClient, path: string): Shared {
  const listeners = new Set<EventStreamOptions>();
  const stream = new EventStream(api, path, {
    onEvent: (event) => listeners.forEach((listener) => listener.onEvent(event)),
    onState: (state, failures) => listeners.forEach((listener) => listener.onState?.(state, failures)),
  });
  return { stream, listeners, open: new Set() };
}
