import type { MyComment } from '../../kit/api-types.js';
import { stripTags } from '../reading/strip-tags.js';
import type { StringKey } from '../strings/translate.js';
import { formatTimeAgo } from '../strings/time-ago.js';
import type { App } from '../thread/app.js';
import { commentUrl, openOnThisPage } from './comment-links.js';
import { ListFrame } from './list-frame.js';
import { usePagedList } from './use-paged-list.js';

const states: Record<string, StringKey> = {
  pending: 'pending',
  published: 'statePublished',
  held: 'held',
  rejected: 'rejected',
  removed: 'removedOwn',
};

/** The reader's comments on all stories, with their status and available actions. */
export function OwnComments({ app }: { app: App }) {
  const list = usePagedList<MyComment>(app, '/api/v1/me/comments');
  return (
    <ListFrame app={app} list={list} empty="noOwn" emptyMore="noOwnMore">
      <ol role="list" class="entries">
        {list.items?.map((comment) => (
          <Entry app={app} comment={comment} key={comment.id} />
        ))}
      </ol>
    </ListFrame>
  );
}

function Entry({ app, comment }: { app: App; comment: MyComment }) {
  const { t } = app;
  const { appeal, createdAt, id, reason, status, story } = comment;
  const refused = status === 'rejected' || status === 'removed';
  return (
    <li class="entry">
      <div>
        <p class={`state ${status}`}>{t(states[status] ?? 'statePublished')}</p>
        <p class="excerpt" dir="auto" dangerouslySetInnerHTML={stripTags(comment.html)} />
        {(refused || (status === 'held' && reason)) && (
          <p class="why" dir="auto">
            {reason ?? t('rejectedMore')}
          </p>
        )}
        {appeal && refused && (
          <p class="why">
            {t(appeal.state === 'open' ? 'appealOpen' : 'appealUpheld', {
              when: formatTimeAgo(appeal.createdAt, Date.now(), app.lang),
            })}
          </p>
        )}
        <p class="where">
          <a href={commentUrl(story, id)} onClick={(event) => openOnThisPage(app, event, story, id)}>
            {t('onStory', { title: story.title })}
          </a>{' '}
          ·{' '}
          <time dateTime={createdAt} title={new Date(createdAt).toLocaleString(app.lang)}>
            {formatTimeAgo(createdAt, Date.now(), app.lang)}
          </time>
        </p>
        {refused && !appeal && (
          <button
            class="link"
            onClick={() => {
              app.accountTab = null;
              if (!app.state.byId.has(id)) app.state.byId.set(id, comment);
              void app.interactive?.withComposer(app, id, (composer) =>
                composer.openDialog(app, 'appeal', comment),
              );
            }}
          >
            {t('appeal')}
          </button>
        )}
      </div>
    </li>
  );
}
