import { Injectable, type OnModuleInit } from '@nestjs/common';
import { SYSTEM } from '../../../platform/auth/principal.js';
import { Clock } from '../../../platform/clock.js';
import { Database, type Tx } from '../../../platform/database/database.js';
import type { CommentId, SiteId, StoryId } from '../../../platform/ids.js';
import type { JobToAdd } from '../../../platform/jobs/jobs.js';
import { Ticker } from '../../../platform/jobs/ticker.js';
import { Mail } from '../../../platform/mail/mail.js';
import { OutboxHandlers, type OutboxEvent } from '../../../platform/outbox/outbox-handlers.js';
import type { CommentEvent } from '../../comments/comments.events.js';
import { SiteSettings } from '../../sites/site-settings.js';
import { StoryAuthorsRepository } from '../../stories/story-authors.repository.js';
import { renderEmail } from '../email-content.js';
import { emailLocaleFor } from '../email-locales/email-locale.js';
import { EmailLinks } from '../email-links.js';
import { nextAuthorEmailAt } from './author-email-schedule.js';
import { AuthorEmailRepository } from './author-email.repository.js';

const HANDLED_EVENTS = ['comment.published', 'comment.restored'];
const POLL_INTERVAL_MS = 30_000;
const MAX_ROWS = 200;
/** The email states the total number of comments and links to the story for the rest. */
const MAX_COMMENTS_SHOWN = 20;
const RETENTION_MS = 90 * 24 * 60 * 60_000;
const PURGE_EVERY_MS = 60 * 60_000;
const PURGE_ROWS = 5_000;

/**
 * Emails the authors of a story about new comments. New comments are recorded in the relay's transaction. One
 * transaction also stores an email, marks its comments as sent and adds the job that sends it, so a crash at any point
 * neither loses nor repeats anything.
 */
@Injectable()
export class AuthorEmails implements OnModuleInit {
  constructor(
    private readonly outbox: OutboxHandlers,
    private readonly repository: AuthorEmailRepository,
    private readonly authors: StoryAuthorsRepository,
    private readonly database: Database,
    private readonly links: EmailLinks,
    private readonly mail: Mail,
    private readonly sites: SiteSettings,
    private readonly ticker: Ticker,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.outbox.register('author-emails', HANDLED_EVENTS, (tx, events) => this.recordComments(tx, events));
    this.ticker.every('author-emails', POLL_INTERVAL_MS, () => this.sweep());
    this.ticker.every('author-email-retention', PURGE_EVERY_MS, () => this.purge());
  }

  /** Enqueues the emails that are due. */
  async sweep(): Promise<void> {
    const now = this.clock.now();
    for (;;) {
      const due = await this.database.inSystem((tx) => this.repository.listDue(tx, now, MAX_ROWS));
      let claimed = 0;
      for (const { siteId, storyId } of due) {
        const wasClaimed = await this.database.inSite({ siteId, principal: SYSTEM }, (tx) =>
          this.sendEmail(tx, siteId, storyId, now),
        );
        if (wasClaimed) claimed++;
      }
      // If other workers claimed all of them, those workers continue.
      if (due.length < MAX_ROWS || claimed === 0) return;
    }
  }

  private async recordComments(tx: Tx, events: readonly OutboxEvent[]): Promise<readonly JobToAdd[]> {
    const { siteId } = events[0];
    const published = new Map<CommentId, StoryId>();
    for (const { payload } of events) {
      const { commentId, storyId } = payload as unknown as CommentEvent;
      published.set(commentId, storyId);
    }
    const stories = await this.repository.storiesWithAuthors(tx, siteId, [...new Set(published.values())]);
    if (stories.length === 0 || !(await this.sites.find(siteId))?.policy.authors.tell) return [];
    const storyIds = new Set(stories.map(({ storyId }) => storyId));
    await this.repository.add(
      tx,
      siteId,
      [...published].flatMap(([commentId, storyId]) =>
        storyIds.has(storyId) ? [{ commentId, storyId }] : [],
      ),
    );
    const now = this.clock.now();
    for (const story of stories)
      await this.repository.setDue(tx, siteId, story.storyId, nextAuthorEmailAt(story, now));
    return [];
  }

  /** @returns whether this call claimed the email, even if there was nothing to send */
  private async sendEmail(tx: Tx, siteId: SiteId, storyId: StoryId, now: Date): Promise<boolean> {
    const story = await this.repository.claim(tx, siteId, storyId, now);
    if (!story) return false;
    const { name: siteName, policy } = await this.sites.get(siteId);
    const recipients = (await this.authors.list(tx, siteId, storyId)).filter(({ stopped }) => !stopped);
    const { count, newest } = await this.repository.listUnsent(tx, siteId, storyId, MAX_COMMENTS_SHOWN);
    await this.repository.markEmailed(tx, siteId, storyId, now);
    if (count === 0 || recipients.length === 0 || !policy.authors.tell) return true;
    const locale = emailLocaleFor(policy.authors.language);
    const { lang, format, texts } = locale;
    const title = story.title.replaceAll(/\s+/g, ' ').trim();
    const items = [
      ...newest.map(({ id, author, repliesTo, excerpt }) => ({
        heading: repliesTo === null ? author : format(texts.replyTo, { name: author, other: repliesTo }),
        excerpt,
        storyTitle: null,
        url: commentUrl(story.url, id),
      })),
      ...(count > newest.length
        ? [{ heading: texts.authorReadAll, excerpt: null, storyTitle: null, url: story.url }]
        : []),
    ];
    for (const { email } of recipients) {
      const link = { siteId, readerId: null, address: email };
      const unsubscribeUrl = this.links.url('author-stop', link, lang);
      await this.mail.enqueue(tx, {
        key: `author-${storyId}-${story.dueAt.toISOString()}-${email}`,
        siteId,
        to: email,
        fromName: siteName,
        subject: format(texts.authorSubject, { n: count, title }).slice(0, 200),
        ...renderEmail(format(texts.authorLead, { n: count, title }), items, {
          siteName,
          unsubscribeUrl,
          locale,
          reasonForEmail: texts.authorReasonForEmail,
        }),
        unsubscribeUrl,
      });
    }
    await this.repository.recordEmailSent(tx, siteId, storyId, now);
    return true;
  }

  private async purge(): Promise<void> {
    const before = new Date(this.clock.nowMs() - RETENTION_MS);
    for (;;) {
      const purgedCount = await this.database.inSystem((tx) => this.repository.purge(tx, before, PURGE_ROWS));
      if (purgedCount < PURGE_ROWS) return;
    }
  }
}

/** The address at which the element shows the comment. */
function commentUrl(storyUrl: string, commentId: CommentId): string {
  const url = new URL(storyUrl);
  url.hash = `postbag-${commentId}`;
  return url.href;
}
