import { useSyncExternalStore } from 'react';

// One shared clock for all ages in the console, so that they change together and rarely.
const UPDATE_INTERVAL_MS = 15_000;
let current = Date.now();
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  current = Date.now();
  timer ??= setInterval(() => {
    current = Date.now();
    listeners.forEach((notify) => notify());
  }, UPDATE_INTERVAL_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0 && timer) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}

/** The current time in milliseconds since the epoch, updated every 15 s. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => current);
}
