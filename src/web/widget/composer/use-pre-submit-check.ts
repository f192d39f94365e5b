import { useEffect, useState } from 'preact/hooks';
import type { App } from '../thread/app.js';

/** How long typing must pause before a check. The server also limits how often checks may run. */
const debounceMs = 1200;
const minIntervalMs = 8000;
/** Shorter texts are not checked, because their score says little. */
const minChars = 20;

let lastCheckAt = -Infinity;

/** Whether the draft would probably be held for a moderator. This is only a hint and blocks nothing. */
export function usePreSubmitCheck(app: App, body: string, isEnabled: boolean): boolean {
  const [mayBeHeld, setMayBeHeld] = useState(false);
  const text = body.trim();
  const shouldCheck = isEnabled && Boolean(app.state.limits?.notice) && text.length >= minChars;
  useEffect(() => {
    if (!shouldCheck) return setMayBeHeld(false);
    const controller = new AbortController();
    const timer = setTimeout(
      () => {
        lastCheckAt = performance.now();
        const { api, host } = app.session;
        api
          .request<{ mayBeHeld: boolean }>(
            'POST',
            `/api/v1/sites/${encodeURIComponent(host.site)}/pre-submit-check`,
            {
              body: { body: text },
              signal: controller.signal,
            },
          )
          .then(
            (answer) => setMayBeHeld(answer.mayBeHeld),
            // Show nothing if the check fails.
            () => undefined,
          );
      },
      Math.max(debounceMs, lastCheckAt + minIntervalMs - performance.now()),
    );
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [text, shouldCheck]);
  return mayBeHeld && shouldCheck;
}
