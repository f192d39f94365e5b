import type { App } from '../thread/app.js';
import { repliesOf } from '../thread/thread-state.js';

/** "3 new", beside the count: they wait until the reader wants them. */
export function Fresh({ app }: { app: App }) {
  const { t } = app;
  const n = app.state.fresh.length;
  if (n === 0) return null;
  return (
    <button
      class="fresh"
      aria-label={t('freshName', { n })}
      onClick={() => {
        app.only = null;
        app.live?.reveal();
      }}
    >
      {t('fresh', { n })}
    </button>
  );
}

/** Replies that arrived wait for the reader to ask for them. */
export function FreshReplies({ app, top }: { app: App; top: string }) {
  const n = repliesOf(app.state, top).fresh.length;
  if (n === 0) return null;
  return (
    <li class="more slim">
      <button onClick={() => app.live?.revealReplies(top)}>{app.t('freshReplies', { n })}</button>
    </li>
  );
}
