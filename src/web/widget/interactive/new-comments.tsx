import type { App } from '../thread/app.js';
import { repliesOf } from '../thread/thread-state.js';

/** The "3 new" button beside the count. New comments are not shown until the reader clicks it. */
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

/** A button that shows replies that have arrived. */
export function NewReplies({ app, top }: { app: App; top: string }) {
  const n = repliesOf(app.state, top).unseen.length;
  if (n === 0) return null;
  return (
    <li class="more slim">
      <button onClick={() => app.live?.showNewReplies(top)}>{app.t('newReplies', { n })}</button>
    </li>
  );
}
