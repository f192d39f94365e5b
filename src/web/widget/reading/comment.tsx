import { ThumbsUp } from 'lucide';
import type { Comment } from '../../kit/api-types.js';
import type { StringKey } from '../strings/translate.js';
import { formatTimeAgo } from '../strings/time-ago.js';
import type { App } from '../thread/app.js';
import { hiddenReplies, repliesOf } from '../thread/thread-state.js';
import { Avatar } from './avatar.js';
import { Icon } from './icon.js';
import { LoadMoreButton } from './load-more-button.js';
import { stripTags } from './strip-tags.js';

/** A top-level comment with its replies, which are indented one level. */
export function CommentThread({ app, id }: { app: App; id: string }) {
  const { state, t } = app;
  const replies = repliesOf(state, id);
  const hiddenCount = hiddenReplies(state, id);
  const folded = app.folded.has(id);
  return (
    <li class={folded ? 'thread folded' : 'thread'}>
      <CommentView app={app} id={id} top={id} />
      {!folded && (replies.ids.length > 0 || replies.next !== null || replies.unseen.length > 0) && (
        <ol class="replies" role="list">
          {replies.ids.map((reply) => (
            <li key={reply}>
              <CommentView app={app} id={reply} top={id} />
            </li>
          ))}
          {replies.next !== null && (
            <li key="more">
              <LoadMoreButton
                app={app}
                id={id}
                label={t(hiddenCount ? 'moreReplies' : 'more', { n: hiddenCount })}
                onClick={() =>
                  void app.loadInteractive().then((interactive) => interactive.loadReplies(app, id))
                }
              />
            </li>
          )}
          {app.interactive && <app.interactive.NewReplies app={app} top={id} />}
        </ol>
      )}
    </li>
  );
}

function CommentView({ app, id, top }: { app: App; id: string; top: string }) {
  const { state, t, composer } = app;
  const comment = state.byId.get(id);
  if (!comment) return null;
  const { author } = comment;
  const anchor = `postbag-${id}`;
  if (!author)
    return (
      <article class="gone" id={anchor} tabIndex={-1}>
        {t(comment.status === 'deleted' ? 'deleted' : 'removed')}
        {/* The comment was removed while a reply was being written. Keep the draft. */}
        {app.composers.get(id) === 'reply' && composer && <composer.Composer app={app} parent={comment} />}
      </article>
    );
  if (comment.viewer?.ignored && !app.unfolded.has(id))
    return (
      <article class="gone" id={anchor} tabIndex={-1}>
        {app.interactive && <app.interactive.Ignored app={app} comment={comment} />}
      </article>
    );
  const { body } = comment;
  const long = isLong(body ?? '') && !app.unfolded.has(id);
  const time = formatTimeAgo(comment.createdAt, Date.now(), app.lang);
  const badge = author.tier && (state.badges[author.tier.key] ?? author.tier.name);
  const parent = comment.parentId !== top && comment.parentId ? state.byId.get(comment.parentId) : undefined;
  return (
    <article
      class={comment.status}
      part="comment"
      id={anchor}
      tabIndex={-1}
      aria-label={t(id === top ? 'commentBy' : 'replyBy', { name: author.name, when: time })}
    >
      <header class="byline">
        <Avatar author={author} />
        <b part="author">{author.name}</b>
        {author.role !== 'reader' && <span class="role">{t(author.role)}</span>}
        {badge && (
          <span class="tier" part="tier">
            {badge}
          </span>
        )}
        <a href={`#${anchor}`} title={new Date(comment.createdAt).toLocaleString(app.lang)}>
          <time dateTime={comment.createdAt}>{time}</time>
        </a>
        {comment.editedAt && <span>{t('edited')}</span>}
        {(comment.pinned || comment.picked) && (
          <span class="mark">{t(comment.pinned ? 'pinned' : 'picked')}</span>
        )}
        {id === top && app.interactive && <app.interactive.Collapse app={app} id={id} />}
        {parent?.author && (
          <a class="to" href={`#postbag-${parent.id}`}>
            {t('inReplyTo', { name: parent.author.name })}
            <q dir="auto" dangerouslySetInnerHTML={stripTags(parent.html, 140)} />
          </a>
        )}
      </header>
      {app.composers.get(id) === 'edit' && composer ? (
        <composer.Composer app={app} editing={comment} />
      ) : (
        <div
          class={long ? 'text long' : 'text'}
          part="text"
          dir="auto"
          dangerouslySetInnerHTML={{ __html: comment.html ?? '' }}
        />
      )}
      {long && (
        <button class="link" onClick={() => app.toggle(app.unfolded, id)}>
          {t('readAll')}
        </button>
      )}
      {comment.status !== 'pending' && app.interactive && (
        <app.interactive.OwnStatus app={app} comment={comment} />
      )}
      {(comment.status === 'published' || comment.viewer?.mine) && app.composers.get(id) !== 'edit' && (
        <CommentActions app={app} comment={comment} />
      )}
      {app.message?.id === id && app.interactive && <app.interactive.Message app={app} note={app.message} />}
      {app.composers.get(id) === 'reply' && composer && <composer.Composer app={app} parent={comment} />}
    </article>
  );
}

function CommentActions({ app, comment }: { app: App; comment: Comment }) {
  const { t } = app;
  const { id } = comment;
  const published = comment.status === 'published';
  return (
    <div class="actions" part="actions">
      {comment.status === 'pending' && app.interactive && (
        <app.interactive.OwnStatus app={app} comment={comment} />
      )}
      {published && (
        <>
          {app.state.reactions.map((kind) => (
            <ReactionButton app={app} comment={comment} kind={kind} />
          ))}
          <button
            aria-label={t('replyTo', { name: comment.author?.name ?? '' })}
            aria-expanded={app.composers.get(id) === 'reply'}
            onClick={() =>
              void app.interactive?.perform(app, 'reply', id, (composer) =>
                composer.toggleComposer(app, id, 'reply'),
              )
            }
          >
            {t('reply')}
          </button>
        </>
      )}
      {app.interactive && <app.interactive.OverflowMenu app={app} comment={comment} />}
    </div>
  );
}

/** A reaction button with its count, pressed if the reader has used it. */
function ReactionButton({ app, comment, kind }: { app: App; comment: Comment; kind: string }) {
  const n = comment.reactions[kind] ?? 0;
  const isPressed = comment.viewer?.reactions.includes(kind) ?? false;
  const name = app.t(kind as StringKey) || kind;
  const count = n.toLocaleString(app.lang);
  return (
    <button
      class={isPressed ? 'on' : ''}
      aria-pressed={isPressed}
      aria-label={n ? `${name} ${count}` : name}
      onClick={() =>
        void app.interactive?.perform(app, 'react', comment.id, (composer) =>
          composer.react(app, comment, kind),
        )
      }
    >
      {kind === 'like' && <Icon node={ThumbsUp} />}
      {n && kind === 'like' ? '' : name} {n ? count : ''}
    </button>
  );
}

/** Longer than a phone screen, so shown collapsed. Each line counts as 60 characters. */
const isLong = (body: string): boolean => body.length + 60 * body.split('\n').length > 1500;
