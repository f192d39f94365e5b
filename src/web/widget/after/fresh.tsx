import type { App } from '../thread/app.js';
import { repliesOf } from '../thread/thread-state.js';

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
