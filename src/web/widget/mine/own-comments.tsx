import type { OwnComment } from '../../kit/wire.js';
import { wordsIn } from '../reading/words-in.js';
import type { StringKey } from '../strings/translate.js';
import { when } from '../strings/when.js';
import type { App } from '../thread/app.js';
import { addressOf, followHere } from './leads-to.js';
import { ListFrame } from './list-frame.js';
import { useList } from './use-list.js';

const states: Record<string, StringKey> = {
  pending: 'pending',
  published: 'statePublished',
  held: 'held',
  rejected: 'rejected',
  removed: 'removedOwn',
};

/** What the reader wrote on all stories, with what became of it and what can be done. */
export function OwnComments({ app }: { app: App }) {
  const list = useList<OwnComment>(app, '/api/v1/me/comments');
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

function Entry({ app, comment }: { app: App; comment: OwnComment }) {
  const { t } = app;
  const { appeal, createdAt, id, reason, status, story } = comment;
  const refused = status === 'rejected' || status === 'removed';
  return (
    <li class="entry">
      <div>
        <p class={`state ${status}`}>{t(states[status] ?? 'statePublished')}</p>
        <p class="excerpt" dir="auto" dangerouslySetInnerHTML={wordsIn(comment.html)} />
        {(refused || (status === 'held' && reason)) && (
          <p class="why" dir="auto">
            {reason ?? t('rejectedMore')}
          </p>
        )}
        {appeal && refused && (
          <p class="why">
            {t(appeal.state === 'open' ? 'appealOpen' : 'appealUpheld', {
              when: when(appeal.createdAt, Date.now(), app.lang),
            })}
          </p>
        )}
        <p class="where">
          <a href={addressOf(story, id)} onClick={(event) => followHere(app, event, story, id)}>
            {t('onStory', { title: story.title })}
          </a>{' '}
          ·{' '}
          <time dateTime={createdAt} title={new Date(createdAt).toLocaleString(app.lang)}>
            {when(createdAt, Date.now(), app.lang)}
          </time>
        </p>
        {refused && !appeal && (
          <button
            class="link"
            onClick={() => {
              app.desk = null;
              if (!app.state.byId.has(id)) app.state.byId.set(id, comment);
              void app.after?.write(app, id, (acting) => acting.ask(app, 'appeal', comment));
            }}
          >
            {t('appeal')}
          </button>
        )}
      </div>
    </li>
  );
}
