import type { App } from '../thread/app.js';
import { repliesOf } from '../thread/thread-state.js';

/** "3 new", beside the count: they wait until the reader wants them. */
export function NewComments({ app }: { app: App }) {
  const { t } = app;
  const n = app.state.unseen.length;
  if (n === 0) return null;
  return (
    <button
      class="fresh"
      aria-label={t('newCommentsName', { n })}
      onClick={() => {
        app.onlyId = null;
        app.live?.showNewComments();
      }}
    >
      {t('fresh', { n })}
    </button>
  );
}

/** Replies that arrived wait for the reader to ask for them. */
export function NewReplies({ app, top }: { app: App; top: string }) {
  const n = repliesOf(app.state, top).unseen.length;
  if (n === 0) return null;
  return (
    <li class="more slim">
      <button onClick={() => app.live?.showNewReplies(top)}>{app.t('newReplies', { n })}</button>
    </li>
  );
}
