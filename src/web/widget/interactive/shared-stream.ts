import type { ApiClient } from '../../kit/api-client.js';
import { EventStream, type EventStreamOptions } from '../../kit/event-stream.js';

interface Shared {
  stream: EventStream;
  listeners: Set<EventStreamOptions>;
  /** The listeners that need the connection now. */
  open: Set<EventStreamOptions>;
}

const streams = new Map<string, Shared>();

/** A subscription to a shared stream. The connection stays open while any subscriber needs it. */
export interface StreamSubscription {
  open(): void;
  close(): void;
  /** Unsubscribes permanently. */
  leave(): void;
}

/**
 * Opens one connection per page, story and reader, however many elements use it.
 *
 * @param reader identifies the reader: their token, or '' while signed out
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
