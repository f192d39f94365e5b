import type { OwnReaction } from '../../kit/api-types.js';
import type { StringKey } from '../strings/translate.js';
import { formatTimeAgo } from '../strings/time-ago.js';
import type { App } from '../thread/app.js';
import { commentUrl, openOnThisPage } from './comment-links.js';
import { ListFrame } from './list-frame.js';
import { usePagedList } from './use-paged-list.js';

/** Comments that the reader reacted to, latest reaction first. */
export function OwnReactions({ app }: { app: App }) {
  const { t } = app;
  const list = usePagedList<OwnReaction>(app, '/api/v1/me/reactions');
  return (
    <ListFrame app={app} list={list} empty="noReactions">
      <ol role="list" class="entries">
        {list.items?.map(({ comment, createdAt, kind, story }) => (
          <li class="entry" key={`${comment.id} ${kind}`}>
            <div>
              <a
                href={commentUrl(story, comment.id)}
                onClick={(event) => openOnThisPage(app, event, story, comment.id)}
              >
                {t('reactedTo', { kind: t(kind as StringKey) || kind, name: comment.author.name })}
              </a>
              <p class="excerpt" dir="auto">
                {comment.excerpt}
              </p>
              <p class="where">
                {t('onStory', { title: story.title })} ·{' '}
                <time dateTime={createdAt}>{formatTimeAgo(createdAt, Date.now(), app.lang)}</time>
              </p>
            </div>
          </li>
        ))}
      </ol>
    </ListFrame>
  );
}
