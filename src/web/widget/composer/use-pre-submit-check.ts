import { useEffect, useState } from 'preact/hooks';
import type { App } from '../thread/app.js';

/** How long typing must pause before a check. The server also limits how often checks may run. */
const debounceMs = 1200;
const minIntervalMs = 8000;
/** Shorter texts do not contain enough to judge. */
const leastChars = 20;

let askedAt = -Infinity;

/** Whether the draft would probably be held for a moderator. This is only a hint and blocks nothing. */
export function usePreSubmitCheck(app: App, body: string, isAsked: boolean): boolean {
  const [mayBeHeld, setMayBeHeld] = useState(false);
  const text = body.trim();
  const isWanted = isAsked && Boolean(app.state.limits?.notice) && text.length >= leastChars;
  useEffect(() => {
    if (!isWanted) return setMayBeHeld(false);
    const end = new AbortController();
    const timer = setTimeout(
      () => {
        askedAt = performance.now();
        const { api, host } = app.session;
        api
          .request<{ mayBeHeld: boolean }>(
            'POST',
            `/api/v1/sites/${encodeURIComponent(host.site)}/pre-submit-check`,
            {
              body: { body: text },
              signal: end.signal,
            },
          )
          .then(
            (answer) => setMayBeHeld(answer.mayBeHeld),
            // Show nothing if the check fails.
            () => undefined,
          );
      },
      Math.max(debounceMs, askedAt + minIntervalMs - performance.now()),
    );
    return () => {
      clearTimeout(timer);
      end.abort();
    };
  }, [text, isWanted]);
  return mayBeHeld && isWanted;
}
