import type { Comment } from '../../kit/api-types.js';
import type { App, CommentMessage } from '../thread/app.js';
import { perform, withComposer } from './gated-actions.js';
import { GatePrompt } from '../reading/gate-prompt.js';
import { formatTimeAgo } from '../strings/time-ago.js';

/** The status of the reader's own comment while it is not published, as text, shape and colour. */
export function OwnStatus({ app, comment }: { app: App; comment: Comment }) {
  const { t } = app;
  const { appeal, status, reason } = comment;
  if (status === 'deleted' || status === 'published') return null;
  const more = status === 'pending' ? '' : (reason ?? t(status === 'held' ? 'heldMore' : 'rejectedMore'));
  return (
    <p class="own-status">
      <b>{t(status === 'removed' ? 'removedOwn' : status)}</b>
      {more && <span dir="auto">{more}</span>}
      {(status === 'rejected' || status === 'removed') &&
        (appeal ? (
          <span>
            {t(appeal.state === 'open' ? 'appealOpen' : 'appealUpheld', {
              when: formatTimeAgo(appeal.createdAt, Date.now(), app.lang),
            })}
          </span>
        ) : (
          <button
            onClick={() =>
              void withComposer(app, comment.id, (composer) => composer.openDialog(app, 'appeal', comment))
            }
          >
            {t('appeal')}
          </button>
        ))}
      {status === 'rejected' && (
        <button
          onClick={() =>
            void perform(app, 'comment', comment.id, (composer) => composer.reuseAsDraft(app, comment))
          }
        >
          {t('reuse')}
        </button>
      )}
    </p>
  );
}

/** A refusal, a confirmation or an error, shown at a comment or above all comments. */
export function Message({ app, note }: { app: App; note: CommentMessage }) {
  const { id, refusal, action, text, retry } = note;
  if (refusal) return <GatePrompt app={app} refusal={refusal} action={action} id={id} text={text} small />;
  return (
    <p class={note.isInfo ? 'calm' : 'wrong'} role={note.isInfo ? 'status' : 'alert'}>
      {text}{' '}
      {retry && (
        <button class="link" onClick={retry}>
          {app.t('again')}
        </button>
      )}
    </p>
  );
}
