import type { App } from '../thread/app.js';
import { showAll } from './linked-comment.js';
import { Said } from './standing.js';

/** Above the comments: what is said of none of them, and from one conversation, which a link led to, the way to all. */
export function Notices({ app }: { app: App }) {
  return (
    <>
      {app.note?.id === '' && <Said app={app} note={app.note} />}
      {app.only && (
        <p class="one">
          {app.t('oneConversation')}{' '}
          <button class="link" onClick={() => showAll(app)}>
            {app.t('allComments', { n: app.state.total })}
          </button>
        </p>
      )}
    </>
  );
}
