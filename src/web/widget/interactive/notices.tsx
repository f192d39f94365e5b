import type { App } from '../thread/app.js';
import { showAllComments } from './linked-comment.js';
import { Message } from './own-status.js';

/**
 * Above the comments: messages that do not belong to a comment, and a link back to all comments while one
 * conversation is shown.
 */
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
