import { Ellipsis, Flag, Link, Pencil, ThumbsUp, Trash2 } from 'lucide';
import type { Comment } from '../../kit/wire.js';
import { when } from '../strings/when.js';
import type { App } from './app.js';
import { Icon } from './icon.js';
import { Invite } from './invite.js';
import { hiddenReplies, repliesOf } from './thread-state.js';
import { More } from './view.js';

/** A top-level comment with its replies below it, indented once. */
export function CommentThread({ app, id }: { app: App; id: string }) {
  const { state, t } = app;
  const replies = repliesOf(state, id);
  const hidden = hiddenReplies(state, id);
  return (
    <li class="thread">
      <CommentView app={app} id={id} top={id} />
      {(replies.ids.length > 0 || replies.next !== null || replies.fresh.length > 0) && (
        <ol class="replies" role="list">
          {replies.ids.map((reply) => (
            <li key={reply}>
              <CommentView app={app} id={reply} top={id} />
            </li>
          ))}
          {replies.next !== null && (
            <li key="more">
              <More
                app={app}
                what={id}
                label={hidden ? t('moreReplies', { n: hidden }) : t('moreRepliesSome')}
                onClick={() => void app.moreReplies(id)}
              />
            </li>
          )}
          {replies.fresh.length > 0 && (
            <li key="fresh" class="more slim">
              <button onClick={() => app.live?.revealReplies(id)}>
                {t('freshReplies', { n: replies.fresh.length })}
              </button>
            </li>
          )}
        </ol>
      )}
    </li>
  );
}

function CommentView({ app, id, top }: { app: App; id: string; top: string }) {
  const { state, t, acting } = app;
  const comment = state.byId.get(id);
  if (!comment) return null;
  const { author } = comment;
  const anchor = `postbag-${id}`;
  if (!author)
    return (
      <article class="gone" id={anchor} tabIndex={-1} aria-label={t('gone')}>
        {t(comment.status === 'deleted' ? 'deleted' : 'removed')}
      </article>
    );
  const time = when(comment.createdAt, Date.now(), app.lang);
  const parent = comment.parentId !== top && comment.parentId ? state.byId.get(comment.parentId) : undefined;
  return (
    <article
      class={comment.status}
      id={anchor}
      tabIndex={-1}
      aria-label={t(id === top ? 'commentBy' : 'replyBy', { name: author.name, when: time })}
    >
      <header class="by">
        <b>{author.name}</b>
        {author.role !== 'reader' && <span class="role">{t(author.role)}</span>}
        {author.tier && <span class="tier">{author.tier.name}</span>}
        <a href={`#${anchor}`} title={new Date(comment.createdAt).toLocaleString(app.lang)}>
          <time dateTime={comment.createdAt}>{time}</time>
        </a>
        {comment.editedAt && <span>{t('edited')}</span>}
        {parent?.author && <span class="to">{t('inReplyTo', { name: parent.author.name })}</span>}
      </header>
      {app.opened.get(id) === 'edit' && acting ? (
        <acting.Composer app={app} editing={comment} />
      ) : (
        <div class="text" dir="auto" dangerouslySetInnerHTML={{ __html: comment.html ?? '' }} />
      )}
      {comment.status !== 'published' && comment.status !== 'pending' && (
        <Standing app={app} comment={comment} />
      )}
      {(comment.status === 'published' || comment.viewer?.mine) && app.opened.get(id) !== 'edit' && (
        <Actions app={app} comment={comment} />
      )}
      {app.note?.id === id &&
        (app.note.refusal ? (
          <Invite app={app} refusal={app.note.refusal} small />
        ) : (
          <p class={app.note.calm ? 'calm' : 'wrong'} role="alert">
            {app.note.text}
          </p>
        ))}
      {app.opened.get(id) === 'reply' && acting && <acting.Composer app={app} parent={comment} />}
    </article>
  );
}

/** The reader's own comment, before and beside publication: a word, a shape and a colour. */
function Standing({ app, comment }: { app: App; comment: Comment }) {
  const { t } = app;
  const { status, reason } = comment;
  if (status === 'deleted' || status === 'published') return null;
  const more = status === 'held' ? t('heldMore') : status === 'pending' ? '' : (reason ?? t('rejectedMore'));
  return (
    <p class="standing">
      <b>{t(status === 'removed' ? 'removedOwn' : status)}</b>
      {more && <span>{more}</span>}
      {status === 'rejected' && (
        <button onClick={() => void app.act('comment', comment.id, (acting) => acting.reuse(app, comment))}>
          {t('reuse')}
        </button>
      )}
    </p>
  );
}

function Actions({ app, comment }: { app: App; comment: Comment }) {
  const { t } = app;
  const { id, viewer } = comment;
  const likes = comment.reactions['like'] ?? 0;
  const liked = viewer?.reactions.includes('like') ?? false;
  const isOpen = app.menu === id;
  const published = comment.status === 'published';
  return (
    <div class="acts">
      {comment.status === 'pending' && <Standing app={app} comment={comment} />}
      {published && (
        <>
          <button
            class={liked ? 'on' : ''}
            aria-pressed={liked}
            aria-label={likes ? t('likes', { n: likes }) : t('like')}
            onClick={() => void app.act('react', id, (acting) => acting.like(app, comment))}
          >
            <Icon node={ThumbsUp} />
            {likes ? likes.toLocaleString(app.lang) : t('like')}
          </button>
          <button
            aria-label={t('replyTo', { name: comment.author?.name ?? '' })}
            aria-expanded={app.opened.get(id) === 'reply'}
            onClick={() => void app.act('reply', id, (acting) => acting.open(app, id, 'reply'))}
          >
            {t('reply')}
          </button>
        </>
      )}
      <div
        class={isOpen ? 'rest open' : 'rest'}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || !isOpen) return;
          app.menu = null;
          app.draw();
          event.currentTarget.querySelector('button')?.focus();
        }}
      >
        <button
          class="dots"
          aria-label={t('actions')}
          aria-expanded={isOpen}
          onClick={() => {
            app.menu = isOpen ? null : id;
            app.draw();
          }}
        >
          <Icon node={Ellipsis} />
        </button>
        <div class="menu">
          {viewer?.canEdit && (
            <button onClick={() => void app.write((acting) => acting.open(app, id, 'edit'))}>
              <Icon node={Pencil} />
              {t('edit')}
            </button>
          )}
          {viewer?.canDelete && (
            <button onClick={() => void app.write((acting) => acting.ask(app, 'delete', comment))}>
              <Icon node={Trash2} />
              {t('delete')}
            </button>
          )}
          {published && !viewer?.mine && (
            <button
              disabled={viewer?.flagged}
              onClick={() => void app.act('flag', id, (acting) => acting.ask(app, 'flag', comment))}
            >
              <Icon node={Flag} />
              {t(viewer?.flagged ? 'flagged' : 'flag')}
            </button>
          )}
          {published && (
            <button onClick={() => void app.write((acting) => acting.copyLink(app, comment))}>
              <Icon node={Link} />
              {t('copyLink')}
            </button>
          )}
        </div>
      </div>
    </div>
  );
}
