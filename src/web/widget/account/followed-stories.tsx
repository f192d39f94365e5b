import type { FollowedStory } from '../../kit/api-types.js';
import { formatTimeAgo } from '../strings/time-ago.js';
import type { App } from '../thread/app.js';
import { ListFrame } from './list-frame.js';
import { usePagedList } from './use-paged-list.js';
import { announce } from '../interactive/announce.js';

/** The stories that the reader follows, with a button to stop following each. */
export function FollowedStories({ app }: { app: App }) {
  const { t } = app;
  const list = usePagedList<FollowedStory>(app, '/api/v1/me/following');
  const stop = (story: FollowedStory['story']): void => {
    const site = encodeURIComponent(app.session.host.site);
    app.session.api
      .request('DELETE', `/api/v1/sites/${site}/stories/${encodeURIComponent(story.key)}/follow`)
      .then(
        () => list.change((items) => items.filter((item) => item.story.id !== story.id)),
        () => announce(app, 'errorAct'),
      );
  };
  return (
    <ListFrame app={app} list={list} empty="noFollowing" emptyMore="noFollowingMore">
      <ol role="list" class="entries">
        {list.items?.map(({ story, since }) => (
          <li class="entry" key={story.id}>
            <div>
              <a href={story.url} id={`postbag-follows-${story.id}`}>
                {story.title}
              </a>
              <p class="where">
                <time dateTime={since}>{formatTimeAgo(since, Date.now(), app.lang)}</time>
              </p>
            </div>
            <button class="link" aria-describedby={`postbag-follows-${story.id}`} onClick={() => stop(story)}>
              {t('unfollow')}
            </button>
          </li>
        ))}
      </ol>
    </ListFrame>
  );
}
