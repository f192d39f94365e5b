import { Bell, UserRound } from 'lucide';
import type { App } from '../thread/app.js';
import { openDesk } from './doing.js';
import { Follow } from './follow.js';
import { Tool } from './tool.js';

/** For readers who are signed in, at the end of the head: the bell and what is theirs. */
export function Own({ app }: { app: App }) {
  const { t, unread } = app;
  if (!app.session.token) return null;
  return (
    <>
      <span class="own">
        <Follow app={app} />
        <Tool
          name={t('bell')}
          node={Bell}
          aria-haspopup="dialog"
          {...(unread > 0 && { 'aria-label': t('bellNew', { n: unread }) })}
          onClick={() => void openDesk(app, 'notifications')}
        >
          {unread > 0 && <b aria-hidden="true">{unread > 99 ? '99+' : unread.toLocaleString(app.lang)}</b>}
        </Tool>
        <Tool
          name={t('desk')}
          node={UserRound}
          aria-haspopup="dialog"
          onClick={() => void openDesk(app, 'comments')}
        />
      </span>
      {app.desk && app.mine && <app.mine.Desk app={app} />}
    </>
  );
}
