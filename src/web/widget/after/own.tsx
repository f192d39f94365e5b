import { Bell, UserRound } from 'lucide';
import { Icon } from '../reading/icon.js';
import { openDesk } from './doing.js';
import { Follow } from './follow.js';
import type { App } from '../thread/app.js';

/** Beside the count: "3 new", and for readers who are signed in the bell and what is theirs. */
export function Tools({ app }: { app: App }) {
  const { t, unread } = app;
  const fresh = app.state.fresh.length;
  return (
    <>
      {fresh > 0 && (
        <button
          class="fresh"
          aria-label={t('freshName', { n: fresh })}
          onClick={() => {
            app.only = null;
            app.live?.reveal();
          }}
        >
          {t('fresh', { n: fresh })}
        </button>
      )}
      {app.session.token && (
        <span class="own">
          <Follow app={app} />
          <button
            class="tool"
            aria-haspopup="dialog"
            aria-label={unread ? t('bellNew', { n: unread }) : t('bell')}
            title={t('bell')}
            onClick={() => void openDesk(app, 'notifications')}
          >
            <Icon node={Bell} />
            {unread > 0 && <b aria-hidden="true">{unread > 99 ? '99+' : unread.toLocaleString(app.lang)}</b>}
          </button>
          <button
            class="tool"
            aria-haspopup="dialog"
            aria-label={t('desk')}
            title={t('desk')}
            onClick={() => void openDesk(app, 'comments')}
          >
            <Icon node={UserRound} />
          </button>
        </span>
      )}
      {app.desk && app.mine && <app.mine.Desk app={app} />}
    </>
  );
}
