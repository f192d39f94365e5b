import { Bell, UserRound } from 'lucide';
import type { App } from '../thread/app.js';
import { openAccount } from './gated-actions.js';
import { FollowStoryButton } from './follow-story-button.js';
import { IconButton } from './icon-button.js';

/** For signed-in readers, at the end of the header: the notification bell and the account menu. */
export function AccountToolbar({ app }: { app: App }) {
  const { t, unreadCount } = app;
  if (!app.session.token) return null;
  return (
    <>
      <span class="account-toolbar">
        <FollowStoryButton app={app} />
        <IconButton
          name={t('bell')}
          node={Bell}
          aria-haspopup="dialog"
          {...(unreadCount > 0 && { 'aria-label': t('bellNew', { n: unreadCount }) })}
          onClick={() => void openAccount(app, 'notifications')}
        >
          {unreadCount > 0 && (
            <b aria-hidden="true">{unreadCount > 99 ? '99+' : unreadCount.toLocaleString(app.lang)}</b>
          )}
        </IconButton>
        <IconButton
          name={t('accountLabel')}
          node={UserRound}
          aria-haspopup="dialog"
          onClick={() => void openAccount(app, 'comments')}
        />
      </span>
      {app.accountTab && app.account && <app.account.AccountDialog app={app} />}
    </>
  );
}
