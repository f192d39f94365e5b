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
import type { StandingEvent } from '../moderation/moderation.events.js';
import type { ReaderMessaged } from '../moderation/readers/reader-words.service.js';
import { letterJobFor } from './mail-notification.job.js';
import { mentioned } from './mentions.js';
import {
  NotificationRepository,
  type NewNotification,
  type OfficialWord,
} from './notification.repository.js';
import { ReaderMailRepository } from './reader-mail.repository.js';
import { followersJobFor, TELL_FOLLOWERS, type TellFollowersPayload } from './tell-followers.job.js';

const DECIDED = ['comment.rejected', 'comment.removed', 'comment.restored'];
const MEASURES = ['reader.warned', 'reader.suspended', 'reader.banned', 'reader.reinstated'];
const HEARD = [
  'comment.published',
  ...DECIDED,
  'appeal.decided',
  'reader.erased',
  'reader.messaged',
  ...MEASURES,
  'story.created',
];
/** A story that was published longer ago when it was registered is no news. */
const NEWS_MS = 2 * 24 * 60 * 60_000;
const KEPT_MS = 90 * 24 * 60 * 60_000;
const PURGE_EVERY_MS = 60 * 60_000;
const PURGE_ROWS = 5_000;

const payloadOf = ({ payload }: OutboxEvent): CommentEvent => payload as unknown as CommentEvent;

/** Tells readers what concerns them: in the relay's transaction, so that nothing is told twice and nothing is lost. */
@Injectable()
export class Notifier implements OnModuleInit {
  constructor(
    private readonly outbox: OutboxHandlers,
    private readonly notifications: NotificationRepository,
    private readonly following: FollowingRepository,
    private readonly addresses: ReaderMailRepository,
    private readonly jobs: JobHandlers,
    private readonly database: Database,
    private readonly ticker: Ticker,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.outbox.register('notifications', HEARD, (tx, events) => this.tell(tx, events));
    this.jobs.handle(TELL_FOLLOWERS, (payload) => this.tellFollowers(payload));
    this.ticker.every('notification-retention', PURGE_EVERY_MS, () => this.purge());
  }

  private async tell(tx: Tx, events: readonly OutboxEvent[]): Promise<readonly JobToAdd[]> {
    const { siteId } = events[0];
    const erased = events.flatMap(({ type, payload }) =>
      type === 'reader.erased' ? [payload['readerId'] as ReaderId] : [],
    );
    const told = [...decisions(events), ...(await this.answers(tx, siteId, events))];
    const letters = told.length > 0 ? await this.notifications.add(tx, siteId, told) : [];
    const official = officialWords(events);
    if (official.length > 0) letters.push(...(await this.notifications.addOfficial(tx, siteId, official)));
    if (erased.length > 0) await this.addresses.forget(tx, siteId, erased);
    if (erased.length > 0) await this.notifications.forget(tx, siteId, erased);
    return [...letters.map(({ id }) => letterJobFor(siteId, id)), ...(await this.news(tx, siteId, events))];
  }

  /** There may be many followers, and nobody else's events wait while they are told. */
  private async news(tx: Tx, siteId: SiteId, events: readonly OutboxEvent[]): Promise<JobToAdd[]> {
    const published = new Map(
      events.flatMap((event) =>
        event.type === 'comment.published' ? [[payloadOf(event).commentId, event.occurredAt]] : [],
      ),
    );
    const made = new Map(
      events.flatMap(({ type, payload, occurredAt }) =>
        type === 'story.created' ? [[payload['storyId'] as StoryId, occurredAt]] : [],
      ),
    );
    const [comments, stories] = await Promise.all([
      published.size > 0 ? this.following.commentsWithFollowers(tx, siteId, [...published.keys()]) : [],
      made.size > 0 ? this.following.storiesWithFollowers(tx, siteId, [...made.keys()]) : [],
    ]);
    return [
      ...comments.map((commentId) =>
        followersJobFor({ siteId, commentId, storyId: null, at: published.get(commentId)!.toISOString() }),
      ),
      ...stories.map((storyId) =>
        followersJobFor({ siteId, commentId: null, storyId, at: made.get(storyId)!.toISOString() }),
      ),
    ];
  }

  private async tellFollowers({
    siteId,
    commentId,
    storyId,
    at,
  }: TellFollowersPayload): Promise<readonly JobToAdd[]> {
    const when = new Date(at);
    const letters = await this.database.inSite({ siteId, principal: SYSTEM }, (tx) =>
      commentId !== null
        ? this.notifications.tellFollowers(tx, siteId, commentId, when)
        : this.notifications.tellNewStory(tx, siteId, storyId!, when, new Date(when.getTime() - NEWS_MS)),
    );
    return letters.map(({ id }) => letterJobFor(siteId, id));
  }

  /** Replies to readers and words about them; who is answered is not told of being mentioned besides. */
  private async answers(
    tx: Tx,
    siteId: SiteId,
    events: readonly OutboxEvent[],
  ): Promise<readonly NewNotification[]> {
    const at = new Map<CommentId, Date>();
    const replies: CommentId[] = [];
    for (const event of events) {
      if (event.type !== 'comment.published') continue;
      const { commentId, parentId } = payloadOf(event);
      at.set(commentId, event.occurredAt);
      if (parentId !== null) replies.push(commentId);
    }
    if (at.size === 0) return [];
    const answered = replies.length > 0 ? await this.notifications.answered(tx, siteId, replies) : [];
    const speeches = await this.notifications.speeches(tx, siteId, [...at.keys()]);
    const one = (kind: 'reply' | 'mention', commentId: CommentId, readerId: ReaderId): NewNotification => ({
      kind,
      commentId,
      readerId,
      outcome: null,
      at: at.get(commentId)!,
    });
    // The first of one comment for one reader is kept.
    return [
      ...answered.map(({ commentId, parentAuthorId }) => one('reply', commentId, parentAuthorId)),
      ...speeches.flatMap(({ commentId, body, people }) =>
        mentioned(body, people).map(({ id }) => one('mention', commentId, id as ReaderId)),
      ),
    ];
  }

  private async purge(): Promise<void> {
    const before = new Date(this.clock.nowMs() - KEPT_MS);
    for (;;) {
      const gone = await this.database.inSystem((tx) => this.notifications.purge(tx, before, PURGE_ROWS));
      if (gone < PURGE_ROWS) return;
    }
  }
}

/** What moderators wrote to readers, and what they decided about them. */
function officialWords(events: readonly OutboxEvent[]): OfficialWord[] {
  return events.flatMap(({ type, payload, occurredAt: at }): OfficialWord[] => {
    const readerId = payload['readerId'] as ReaderId;
    if (type === 'reader.messaged') {
      const { text } = payload as unknown as ReaderMessaged;
      return [{ readerId, kind: 'message', outcome: null, text, at }];
    }
    if (!MEASURES.includes(type)) return [];
    const { standing, reason } = payload as unknown as StandingEvent;
    const outcome = type === 'reader.reinstated' ? 'reinstated' : standing;
    return [{ readerId, kind: 'standing', outcome, text: reason, at }];
  });
}

/** What moderators and rules decided about readers' own comments; an appeal's answer says it all by itself. */
function decisions(events: readonly OutboxEvent[]): NewNotification[] {
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
      DECIDED.includes(event.type) || (event.type === 'comment.published' && from === 'held');
    return isDecision && !appealed.has(commentId) ? [{ ...base, kind: 'decision', outcome: status }] : [];
  });
}
