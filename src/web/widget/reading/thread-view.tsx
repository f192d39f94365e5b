import type { Sort } from '../../kit/api-types.js';
import type { App } from '../thread/app.js';
import { CommentThread } from './comment.js';
import { GatePrompt } from './gate-prompt.js';
import { LoadMoreButton } from './load-more-button.js';

const sorts: Sort[] = ['best', 'newest', 'oldest', 'top', 'replies'];

/** The whole widget, from the count to "End of comments." */
export function ThreadView({ app }: { app: App }) {
  const { t, phase, state, composer } = app;
  const { gate } = state;
  // Never remove a composer while the reader is typing. It shows why sending is not possible.
  const mayWrite = gate?.comment.allowed || app.isWriting;
  return (
    // The empty title prevents the element's own title from showing as a tooltip.
    <section
      class="pb"
      data-scheme={app.scheme}
      data-density={app.element.getAttribute('density')}
      lang={app.lang}
      title=""
      aria-label={t('comments')}
    >
      <ThreadHeader app={app} />
      <slot name="guidelines" />
      {app.offline && app.interactive && (
        <p class="bar" role="status">
          {t('offline')}
        </p>
      )}
      {phase === 'loading' && <Skeleton t={t} />}
      {phase === 'refused' && app.refusal && <GatePrompt app={app} refusal={app.refusal} action="read" />}
      {(phase === 'failed' || app.codeFailed) && (
        <div class="invite" role="alert">
          <p>{t(phase === 'failed' ? 'failed' : 'partFailed')}</p>
          <button
            class="main"
            disabled={app.isReloading}
            onClick={() => (app.codeFailed ? app.retry() : void app.load())}
          >
            {t('again')}
          </button>
        </div>
      )}
      {phase === 'ready' && (
        <>
          {gate && !gate.comment.allowed && !mayWrite && <GatePrompt app={app} refusal={gate.comment} />}
          {mayWrite &&
            (composer ? (
              <composer.Composer app={app} key="composer" />
            ) : (
              <button class="quiet" onClick={() => void app.interactive?.openComposer(app)}>
                {t('placeholder')}
              </button>
            ))}
          {app.interactive && <app.interactive.Notices app={app} />}
          <CommentList app={app} />
        </>
      )}
      <slot name="footer" />
      {app.dialog && <app.dialog.CommentDialog app={app} key={app.dialog.kind} />}
      <div class="sr" role="status">
        {app.announcement}
      </div>
    </section>
  );
}

function ThreadHeader({ app }: { app: App }) {
  const { t, state } = app;
  return (
    <header class="head" part="head">
      <h2 part="count">{state.story ? t('total', { n: state.total }) : t('comments')}</h2>
      {app.interactive && <app.interactive.NewComments app={app} />}
      {state.order.length > 0 && !app.onlyId && (
        <label class="sort">
          <span>{t('sort')}</span>
          <select onChange={(event) => void app.load(event.currentTarget.value as Sort)}>
            {sorts.map((sort) => (
              <option value={sort} selected={sort === state.sort}>
                {t(sort)}
              </option>
            ))}
          </select>
        </label>
      )}
      {app.interactive ? (
        <app.interactive.AccountToolbar app={app} />
      ) : (
        app.session.token && <span class="account-toolbar" />
      )}
    </header>
  );
}

/** Switches between all comments and the editors' picks. Not rendered if there are no picks. */
function PicksTabs({ app }: { app: App }) {
  const { t, state, picks } = app;
  if (!state.picks || app.onlyId) return null;
  return (
    <div class="views" role="group" aria-label={t('view')}>
      {[false, true].map((picksOnly) => (
        <button
          aria-pressed={picksOnly === Boolean(picks)}
          onClick={() =>
            void app.loadInteractive().then((interactive) => interactive.showPicks(app, picksOnly))
          }
        >
          {t(picksOnly ? 'picks' : 'all')}
        </button>
      ))}
    </div>
  );
}

function CommentList({ app }: { app: App }) {
  const { t, state, picks } = app;
  const { pinned } = state;
  const ids = picks
    ? picks.ids
    : pinned
      ? [pinned, ...state.order.filter((id) => id !== pinned)]
      : state.order;
  const next = picks ? picks.next !== null : state.next;
  if (state.order.length === 0)
    return (
      <div class="empty">
        <p class="lead">{t('empty')}</p>
        <p>{t(state.story?.state === 'closed' ? 'emptyClosed' : 'emptyOpen')}</p>
      </div>
    );
  return (
    <>
      <PicksTabs app={app} />
      <ol class="list" role="list" aria-busy={app.busy.has('all')}>
        {(app.onlyId ? [app.onlyId] : ids).map((id) => (
          <CommentThread app={app} id={id} key={id} />
        ))}
      </ol>
      {app.onlyId ? null : next ? (
        <LoadMoreButton
          app={app}
          id=""
          label={t('more')}
          onClick={() => void app.loadInteractive().then((interactive) => interactive.loadMore(app))}
        />
      ) : (
        <p class="end" part="end">
          {t('end')}
        </p>
      )}
    </>
  );
}

function Skeleton({ t }: Pick<App, 't'>) {
  return (
    <div class="skeleton" role="status" aria-label={t('loading')}>
      {/* The markup rendered by the publisher's server stays until the comments are loaded. */}
      <slot name="first">
        {[0, 1, 2].map((i) => (
          <div key={i}>
            <i />
            <i />
            <i />
          </div>
        ))}
      </slot>
      <p class="slow">{t('slow')}</p>
    </div>
  );
}
