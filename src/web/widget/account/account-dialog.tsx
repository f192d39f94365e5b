import { X } from 'lucide';
import { useEffect, useRef } from 'preact/hooks';
import { IconButton } from '../interactive/icon-button.js';
import type { App, AccountTab } from '../thread/app.js';
import { FollowedStories } from './followed-stories.js';
import { Notifications } from './notifications.js';
import { OwnComments } from './own-comments.js';
import { OwnReactions } from './own-reactions.js';
import { Settings } from './settings.js';

const tabs = [
  ['notifications', 'tabNotifications', Notifications],
  ['comments', 'tabComments', OwnComments],
  ['reactions', 'tabReactions', OwnReactions],
  ['following', 'tabFollowing', FollowedStories],
  ['settings', 'tabSettings', Settings],
] as const;

/** The reader's account in a dialog over the page, one tab for each of its lists and one for settings. */
export function AccountDialog({ app }: { app: App }) {
  const { t, accountTab } = app;
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);

  const selectTab = (tab: AccountTab) => {
    app.accountTab = tab;
    app.render();
  };
  const onTabKey = (event: KeyboardEvent) => {
    const nextKey =
      getComputedStyle(event.currentTarget as Element).direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
    const currentIndex = tabs.findIndex(([tab]) => tab === accountTab);
    const nextIndex =
      event.key === 'Home'
        ? 0
        : event.key === 'End'
          ? tabs.length - 1
          : event.key === 'ArrowLeft' || event.key === 'ArrowRight'
            ? (currentIndex + (event.key === nextKey ? 1 : -1) + tabs.length) % tabs.length
            : -1;
    const next = tabs[nextIndex];
    if (!next) return;
    event.preventDefault();
    selectTab(next[0]);
    (event.currentTarget as Element).querySelectorAll<HTMLElement>('[role=tab]')[nextIndex]?.focus();
  };
  const CurrentTab = tabs.find(([tab]) => tab === accountTab)?.[2] ?? Notifications;

  return (
    <dialog
      ref={dialog}
      class="account"
      aria-labelledby="postbag-account"
      onClose={() => {
        app.accountTab = null;
        app.render();
      }}
      onClick={(event) => {
        if (event.target === event.currentTarget) event.currentTarget.close();
      }}
    >
      <div class="inside">
        <header>
          <h3 id="postbag-account">{t('accountTitle')}</h3>
          <IconButton name={t('close')} node={X} onClick={() => dialog.current?.close()} />
        </header>
        <div class="tabs" role="tablist" aria-labelledby="postbag-account" onKeyDown={onTabKey}>
          {tabs.map(([tab, label]) => (
            <button
              key={tab}
              role="tab"
              id={`postbag-tab-${tab}`}
              aria-selected={tab === accountTab}
              aria-controls="postbag-panel"
              tabIndex={tab === accountTab ? 0 : -1}
              onClick={() => selectTab(tab)}
            >
              {t(label)}
            </button>
          ))}
        </div>
        <div
          class="panel"
          role="tabpanel"
          id="postbag-panel"
          aria-labelledby={`postbag-tab-${accountTab}`}
          key={accountTab}
          tabIndex={0}
        >
          <CurrentTab app={app} />
        </div>
      </div>
    </dialog>
  );
}
