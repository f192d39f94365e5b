import type { App } from '../thread/app.js';
import { showAllComments } from './linked-comment.js';
import { Message } from './own-status.js';

/** Above the comments: what is said of none of them, and from one conversation, which a link led to, the way to all. */
export function Notices({ app }: { app: App }) {
  return (
    <>
      {app.message?.id === '' && <Message app={app} note={app.message} />}
      {app.onlyId && (
        <p class="one">
          {app.t('oneConversation')}{' '}
          <button class="link" onClick={() => showAllComments(app)}>
            {app.t('allComments', { n: app.state.total })}
          </button>
        </p>
      )}
    </>
  );
}
