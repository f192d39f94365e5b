import type { Comment } from '../../kit/wire.js';
import type { App, Note } from '../thread/app.js';
import { act, write } from './doing.js';
import { Invite } from '../reading/invite.js';
import { when } from '../strings/when.js';

/** The reader's own comment, before and beside publication: a word, a shape and a colour. */
export function Standing({ app, comment }: { app: App; comment: Comment }) {
  const { t } = app;
  const { appeal, status, reason } = comment;
  if (status === 'deleted' || status === 'published') return null;
  const more = status === 'pending' ? '' : (reason ?? t(status === 'held' ? 'heldMore' : 'rejectedMore'));
  return (
    <p class="standing">
      <b>{t(status === 'removed' ? 'removedOwn' : status)}</b>
      {more && <span dir="auto">{more}</span>}
      {(status === 'rejected' || status === 'removed') &&
        (appeal ? (
          <span>
            {t(appeal.state === 'open' ? 'appealOpen' : 'appealUpheld', {
              when: when(appeal.createdAt, Date.now(), app.lang),
            })}
          </span>
        ) : (
          <button onClick={() => void write(app, comment.id, (acting) => acting.ask(app, 'appeal', comment))}>
            {t('appeal')}
          </button>
        ))}
      {status === 'rejected' && (
        <button onClick={() => void act(app, 'comment', comment.id, (acting) => acting.reuse(app, comment))}>
          {t('reuse')}
        </button>
      )}
    </p>
  );
}

/** What is said under one comment: the gate's answer, or what happened. */
export function Said({ app, note }: { app: App; note: Note }) {
  const { id, refusal, action, text, again } = note;
  if (refusal) return <Invite app={app} refusal={refusal} action={action} id={id} text={text} small />;
  return (
    <p class={note.calm ? 'calm' : 'wrong'} role={note.calm ? 'status' : 'alert'}>
      {text}{' '}
      {again && (
        <button class="link" onClick={again}>
          {app.t('again')}
        </button>
      )}
    </p>
  );
}
