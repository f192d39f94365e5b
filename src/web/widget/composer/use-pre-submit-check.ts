import { useEffect, useState } from 'preact/hooks';
import type { App } from '../thread/app.js';

/** Asked when the typing rests for so long, and not more often than the server answers. */
const restMs = 1200;
const betweenMs = 8000;
/** Shorter texts say too little about themselves. */
const leastChars = 20;

let askedAt = -Infinity;

/** Whether what is being written will probably wait for a moderator; a hint, which holds nobody up. */
export function usePreSubmitCheck(app: App, body: string, isAsked: boolean): boolean {
  const [mayBeHeld, setMayBeHeld] = useState(false);
  const text = body.trim();
  const wanted = isAsked && Boolean(app.state.limits?.notice) && text.length >= leastChars;
  useEffect(() => {
    if (!wanted) return setMayBeHeld(false);
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
            // Without an answer nothing is said.
            () => undefined,
          );
      },
      Math.max(restMs, askedAt + betweenMs - performance.now()),
    );
    return () => {
      clearTimeout(timer);
      end.abort();
    };
  }, [text, wanted]);
  return mayBeHeld && wanted;
}
