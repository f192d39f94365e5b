import type { App } from '../thread/app.js';
import { repliesOf } from '../thread/thread-state.js';

/** "3 new": comments that arrived wait for the reader to ask for them. */
export function Fresh({ app }: { app: App }) {
  const n = app.state.fresh.length;
  if (n === 0) return null;
  return (
    <button class="fresh" aria-label={app.t('freshName', { n })} onClick={() => app.live?.reveal()}>
      {app.t('fresh', { n })}
    </button>
  );
}

/** The same for the replies below one comment. */
export function FreshReplies({ app, top }: { app: App; top: string }) {
  const n = repliesOf(app.state, top).fresh.length;
  if (n === 0) return null;
  return (
    <li class="more slim">
      <button onClick={() => app.live?.revealReplies(top)}>{app.t('freshReplies', { n })}</button>
    </li>
  );
}
