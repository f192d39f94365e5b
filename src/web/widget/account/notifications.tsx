import { AtSign, BellRing, Gavel, Mail, MessageSquare, Newspaper } from 'lucide';
import type { Notification, NotificationList } from '../../kit/api-types.js';
import { Icon } from '../reading/icon.js';
import type { StringKey } from '../strings/translate.js';
import { formatTimeAgo } from '../strings/time-ago.js';
import type { App } from '../thread/app.js';
import { commentUrl, openOnThisPage } from './comment-links.js';
import { ListFrame } from './list-frame.js';
import { usePagedList } from './use-paged-list.js';

const textKeys: Record<string, StringKey> = {
  reply: 'notifiedReply',
  mention: 'notifiedMention',
  published: 'notifiedPublished',
  rejected: 'notifiedRejected',
  removed: 'notifiedRemoved',
  story: 'notifiedStory',
  topic: 'notifiedTopic',
  'new-story': 'notifiedNewStory',
  upheld: 'notifiedUpheld',
  overturned: 'notifiedOverturned',
  message: 'notifiedMessage',
  warned: 'notifiedWarned',
  suspended: 'notifiedSuspended',
  banned: 'notifiedBanned',
  reinstated: 'notifiedReinstated',
};
const icons = {
  reply: MessageSquare,
  mention: AtSign,
  decision: Gavel,
  appeal: Gavel,
  story: BellRing,
  topic: BellRing,
  'new-story': Newspaper,
  message: Mail,
  standing: Gavel,
};

/** Replies, mentions and decisions, newest first. Showing them marks them as read. */
export function Notifications({ app }: { app: App }) {
  const list = usePagedList<Notification, NotificationList>(
    app,
    '/api/v1/me/notifications',
    ({ items, unread }) => {
      const newest = items[0];
      if (!newest || unread === 0) return;
      // The unread marks stay during this visit, but the bell's count is cleared.
      app.session.api
        .request<{ unread: number }>('POST', '/api/v1/me/notifications/read', { body: { upTo: newest.id } })
        .then((answer) => {
          app.unreadCount = answer.unread;
          app.render();
        })
        .catch(() => undefined);
    },
  );
  return (
    <ListFrame app={app} list={list} empty="noNotifications" emptyMore="noNotificationsMore">
      <ol role="list" class="entries">
        {list.items?.map((item) => (
          <Entry app={app} item={item} key={item.id} />
        ))}
      </ol>
    </ListFrame>
  );
}

function Entry({ app, item }: { app: App; item: Notification }) {
  const { t } = app;
  const { comment, count, kind, outcome, story, text, topic } = item;
  const message = t(textKeys[outcome ?? kind] ?? 'notifiedPublished', {
    name: comment?.author.name ?? '',
    n: count,
    topic: topic?.name ?? '',
  });
  return (
    <li class={item.readAt ? 'entry' : 'entry unseen'}>
      <Icon node={icons[kind]} />
      <div>
        {story ? (
          <a
            href={commentUrl(story, comment?.id)}
            onClick={(event) => openOnThisPage(app, event, story, comment?.id)}
          >
            {message}
          </a>
        ) : (
          <b>{message}</b>
        )}{' '}
        {!item.readAt && <span class="mark">{t('newMark')}</span>}
        {comment && (
          <p class="excerpt" dir="auto">
            {comment.excerpt}
          </p>
        )}
        {text && (
          <p class="why" dir="auto">
            {text}
          </p>
        )}
        {comment?.reason && (
          <p class="why" dir="auto">
            {comment.reason}
          </p>
        )}
        <p class="where">
          {story && `${t('onStory', { title: story.title })} · `}
          <time dateTime={item.createdAt} title={new Date(item.createdAt).toLocaleString(app.lang)}>
            {formatTimeAgo(item.createdAt, Date.now(), app.lang)}
          </time>
        </p>
      </div>
    </li>
  );
}
