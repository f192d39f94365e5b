import { Injectable, type OnModuleInit } from '@nestjs/common';
import { SYSTEM } from '../../platform/auth/principal.js';
import { Clock } from '../../platform/clock.js';
import { Database, type Tx } from '../../platform/database/database.js';
import type { CommentId, ReaderId, SiteId, StoryId } from '../../platform/ids.js';
import { JobHandlers, type JobToAdd } from '../../platform/jobs/jobs.js';
import { Ticker } from '../../platform/jobs/ticker.js';
import { OutboxHandlers, type OutboxEvent } from '../../platform/outbox/outbox-handlers.js';
import type { CommentEvent } from '../comments/comments.events.js';
import { FollowingRepository } from '../following/following.repository.js';
import type { SanctionEvent } from '../moderation/moderation.events.js';
import type { ReaderMessaged } from '../moderation/readers/reader-notes-and-messages.service.js';
import { emailNotificationJob } from './email-notification.job.js';
import { findMentioned } from './mentions.js';
import {
  NotificationRepository,
  type NewNotification,
  type StaffNotification,
} from './notification.repository.js';
import { ReaderEmailRepository } from './reader-email.repository.js';
import { notifyFollowersJob, NOTIFY_FOLLOWERS, type NotifyFollowersPayload } from './notify-followers.job.js';

const DECISION_EVENTS = ['comment.rejected', 'comment.removed', 'comment.restored'];
const SANCTION_EVENTS = ['reader.warned', 'reader.suspended', 'reader.banned', 'reader.reinstated'];
const HANDLED_EVENTS = [
  'comment.published',
  ...DECISION_EVENTS,
  'appeal.decided',
  'reader.erased',
  'reader.messaged',
  ...SANCTION_EVENTS,
  'story.created',
];
/** A story that was published longer than this before it was created here is not news. */
const MAX_NEW_STORY_AGE_MS = 2 * 24 * 60 * 60_000;
const RETENTION_MS = 90 * 24 * 60 * 60_000;
const PURGE_EVERY_MS = 60 * 60_000;
const PURGE_ROWS = 5_000;

const payloadOf = ({ payload }: OutboxEvent): CommentEvent => payload as unknown as CommentEvent;

/** Creates notifications for readers. Events are handled in the relay's transaction, so none is lost or repeated. */
@Injectable()
export class Notifier implements OnModuleInit {
  constructor(
    private readonly outbox: OutboxHandlers,
    private readonly notifications: NotificationRepository,
    private readonly following: FollowingRepository,
    private readonly addresses: ReaderEmailRepository,
    private readonly jobs: JobHandlers,
    private readonly database: Database,
    private readonly ticker: Ticker,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.outbox.register('notifications', HANDLED_EVENTS, (tx, events) => this.handleEvents(tx, events));
    this.jobs.handle(NOTIFY_FOLLOWERS, (payload) => this.notifyFollowers(payload));
    this.ticker.every('notification-retention', PURGE_EVERY_MS, () => this.purge());
  }

  private async handleEvents(tx: Tx, events: readonly OutboxEvent[]): Promise<readonly JobToAdd[]> {
    const { siteId } = events[0];
    const erased = events.flatMap(({ type, payload }) =>
      type === 'reader.erased' ? [payload['readerId'] as ReaderId] : [],
    );
    const created = [
      ...decisionNotifications(events),
      ...(await this.replyAndMentionNotifications(tx, siteId, events)),
    ];
    const notifications = created.length > 0 ? await this.notifications.add(tx, siteId, created) : [];
    const fromStaff = staffNotifications(events);
    if (fromStaff.length > 0)
      notifications.push(...(await this.notifications.addFromStaff(tx, siteId, fromStaff)));
    if (erased.length > 0) await this.addresses.deleteForReaders(tx, siteId, erased);
    if (erased.length > 0) await this.notifications.deleteForReaders(tx, siteId, erased);
    return [
      ...notifications.map(({ id }) => emailNotificationJob(siteId, id)),
      ...(await this.followerJobs(tx, siteId, events)),
    ];
  }

  /** There may be many followers, so a separate job notifies them and does not delay other events. */
  private async followerJobs(tx: Tx, siteId: SiteId, events: readonly OutboxEvent[]): Promise<JobToAdd[]> {
    const published = new Map(
      events.flatMap((event) =>
        event.type === 'comment.published' ? [[payloadOf(event).commentId, event.occurredAt]] : [],
      ),
    );
    const createdStories = new Map(
      events.flatMap(({ type, payload, occurredAt }) =>
        type === 'story.created' ? [[payload['storyId'] as StoryId, occurredAt]] : [],
      ),
    );
    const [comments, stories] = await Promise.all([
      published.size > 0 ? this.following.commentsWithFollowers(tx, siteId, [...published.keys()]) : [],
      createdStories.size > 0
        ? this.following.storiesWithFollowers(tx, siteId, [...createdStories.keys()])
        : [],
    ]);
    return [
      ...comments.map((commentId) =>
        notifyFollowersJob({ siteId, commentId, storyId: null, at: published.get(commentId)!.toISOString() }),
      ),
      ...stories.map((storyId) =>
        notifyFollowersJob({
          siteId,
          commentId: null,
          storyId,
          at: createdStories.get(storyId)!.toISOString(),
        }),
      ),
    ];
  }

  private async notifyFollowers({
    siteId,
    commentId,
    storyId,
    at,
  }: NotifyFollowersPayload): Promise<readonly JobToAdd[]> {
    const occurredAt = new Date(at);
    const notifications = await this.database.inSite({ siteId, principal: SYSTEM }, (tx) =>
      commentId !== null
        ? this.notifications.notifyFollowers(tx, siteId, commentId, occurredAt)
        : this.notifications.notifyFollowersOfNewStory(
            tx,
            siteId,
            storyId!,
            occurredAt,
            new Date(occurredAt.getTime() - MAX_NEW_STORY_AGE_MS),
          ),
    );
    return notifications.map(({ id }) => emailNotificationJob(siteId, id));
  }

  /** Notifications of replies and mentions. A reader who gets a reply is not also notified of a mention in it. */
  private async replyAndMentionNotifications(
    tx: Tx,
    siteId: SiteId,
    events: readonly OutboxEvent[],
  ): Promise<readonly NewNotification[]> {
    const publishedAt = new Map<CommentId, Date>();
    const replies: CommentId[] = [];
    for (const event of events) {
      if (event.type !== 'comment.published') continue;
      const { commentId, parentId } = payloadOf(event);
      publishedAt.set(commentId, event.occurredAt);
      if (parentId !== null) replies.push(commentId);
    }
    if (publishedAt.size === 0) return [];
    const repliedComments =
      replies.length > 0 ? await this.notifications.findRepliedAuthors(tx, siteId, replies) : [];
    const mentions = await this.notifications.findCommentsWithMentions(tx, siteId, [...publishedAt.keys()]);
    const newNotification = (
      kind: 'reply' | 'mention',
      commentId: CommentId,
      readerId: ReaderId,
    ): NewNotification => ({
      kind,
      commentId,
      readerId,
      outcome: null,
      at: publishedAt.get(commentId)!,
    });
    // If a reader would get two notifications about one comment, only the first is stored.
    return [
      ...repliedComments.map(({ commentId, parentAuthorId }) =>
        newNotification('reply', commentId, parentAuthorId),
      ),
      ...mentions.flatMap(({ commentId, body, people }) =>
        findMentioned(body, people).map(({ id }) => newNotification('mention', commentId, id as ReaderId)),
      ),
    ];
  }

  private async purge(): Promise<void> {
    const before = new Date(this.clock.nowMs() - RETENTION_MS);
    for (;;) {
      const purgedCount = await this.database.inSystem((tx) =>
        this.notifications.purge(tx, before, PURGE_ROWS),
      );
      if (purgedCount < PURGE_ROWS) return;
    }
  }
}

/** Messages from moderators to readers, and sanctions. */
function staffNotifications(events: readonly OutboxEvent[]): StaffNotification[] {
  return events.flatMap(({ type, payload, occurredAt: at }): StaffNotification[] => {
    const readerId = payload['readerId'] as ReaderId;
    if (type === 'reader.messaged') {
      const { text } = payload as unknown as ReaderMessaged;
      return [{ readerId, kind: 'message', outcome: null, text, at }];
    }
    if (!SANCTION_EVENTS.includes(type)) return [];
    const { standing, reason } = payload as unknown as SanctionEvent;
    const outcome = type === 'reader.reinstated' ? 'reinstated' : standing;
    return [{ readerId, kind: 'standing', outcome, text: reason, at }];
  });
}

/** Decisions on readers' own comments by moderators or rules. For an appeal, only its outcome is sent. */
function decisionNotifications(events: readonly OutboxEvent[]): NewNotification[] {
  const appealed = new Set(
    events.flatMap((event) => (event.type === 'appeal.decided' ? [payloadOf(event).commentId] : [])),
  );
  return events.flatMap((event): NewNotification[] => {
    const payload = payloadOf(event);
    const { commentId, authorId: readerId, status, from } = payload;
    const base = { readerId, commentId, at: event.occurredAt };
    if (event.type === 'appeal.decided') {
      const { state } = (event.payload as { appeal: { state: string } }).appeal;
      return [{ ...base, kind: 'appeal', outcome: state }];
    }
    const isDecision =
      DECISION_EVENTS.includes(event.type) || (event.type === 'comment.published' && from === 'held');
    return isDecision && !appealed.has(commentId) ? [{ ...base, kind: 'decision', outcome: status }] : [];
  });
}
