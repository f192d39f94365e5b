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
import { StoryAuthors } from '../../stories/story-authors.repository.js';
import { letterText } from '../letter-text.js';
import { speechIn } from '../letter-words/languages.js';
import { MailLinks } from '../mail-links.js';
import { authorLetterAt } from './author-letter-times.js';
import { StoryNewsRepository } from './story-news.repository.js';

const HEARD = ['comment.published', 'comment.restored'];
const LOOK_EVERY_MS = 30_000;
const MAX_ROWS = 200;
/** The rest is a number, and under the story. */
const SHOWN = 20;
const KEPT_MS = 90 * 24 * 60 * 60_000;
const PURGE_EVERY_MS = 60 * 60_000;
const PURGE_ROWS = 5_000;

/**
 * Tells who wrote a story of the comments under it. What is new is noted in the relay's transaction, and a letter, that
 * it was told, and its job are one transaction too: so a stop at any moment loses nothing and tells nothing twice.
 */
@Injectable()
export class AuthorLetters implements OnModuleInit {
  constructor(
    private readonly outbox: OutboxHandlers,
    private readonly news: StoryNewsRepository,
    private readonly authors: StoryAuthors,
    private readonly database: Database,
    private readonly links: MailLinks,
    private readonly mail: Mail,
    private readonly sites: SiteSettings,
    private readonly ticker: Ticker,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.outbox.register('author-letters', HEARD, (tx, events) => this.note(tx, events));
    this.ticker.every('author-letters', LOOK_EVERY_MS, () => this.sweep());
    this.ticker.every('story-news-retention', PURGE_EVERY_MS, () => this.purge());
  }

  /** Writes the letters that are due. */
  async sweep(): Promise<void> {
    const now = this.clock.now();
    for (;;) {
      const due = await this.database.inSystem((tx) => this.news.due(tx, now, MAX_ROWS));
      let taken = 0;
      for (const { siteId, storyId } of due) {
        const mine = await this.database.inSite({ siteId, principal: SYSTEM }, (tx) =>
          this.write(tx, siteId, storyId, now),
        );
        if (mine) taken++;
      }
      // Where all were another worker's, that one goes on.
      if (due.length < MAX_ROWS || taken === 0) return;
    }
  }

  private async note(tx: Tx, events: readonly OutboxEvent[]): Promise<readonly JobToAdd[]> {
    const { siteId } = events[0];
    const published = new Map<CommentId, StoryId>();
    for (const { payload } of events) {
      const { commentId, storyId } = payload as unknown as CommentEvent;
      published.set(commentId, storyId);
    }
    const stories = await this.news.storiesWithAuthors(tx, siteId, [...new Set(published.values())]);
    if (stories.length === 0 || !(await this.sites.find(siteId))?.policy.authors.tell) return [];
    const told = new Set(stories.map(({ storyId }) => storyId));
    await this.news.add(
      tx,
      siteId,
      [...published].flatMap(([commentId, storyId]) => (told.has(storyId) ? [{ commentId, storyId }] : [])),
    );
    const now = this.clock.now();
    for (const story of stories)
      await this.news.setDue(tx, siteId, story.storyId, authorLetterAt(story, now));
    return [];
  }

  /** @returns whether it was this call's to write, also where there was nothing to tell */
  private async write(tx: Tx, siteId: SiteId, storyId: StoryId, now: Date): Promise<boolean> {
    const story = await this.news.take(tx, siteId, storyId, now);
    if (!story) return false;
    const { name: siteName, policy } = await this.sites.get(siteId);
    const wanting = (await this.authors.of(tx, siteId, storyId)).filter(({ stopped }) => !stopped);
    const { count, newest } = await this.news.untold(tx, siteId, storyId, SHOWN);
    await this.news.setTold(tx, siteId, storyId, now);
    if (count === 0 || wanting.length === 0 || !policy.authors.tell) return true;
    const speech = speechIn(policy.authors.language);
    const { lang, say, words } = speech;
    const title = story.title.replaceAll(/\s+/g, ' ').trim();
    const items = [
      ...newest.map(({ id, author, answers, excerpt }) => ({
        what: answers === null ? author : say(words.answers, { name: author, other: answers }),
        excerpt,
        storyTitle: null,
        url: at(story.url, id),
      })),
      ...(count > newest.length
        ? [{ what: words.authorAll, excerpt: null, storyTitle: null, url: story.url }]
        : []),
    ];
    for (const { email } of wanting) {
      const link = { siteId, readerId: null, address: email };
      const unsubscribeUrl = this.links.url('author-stop', link, lang);
      await this.mail.post(tx, {
        key: `author-${storyId}-${story.dueAt.toISOString()}-${email}`,
        siteId,
        to: email,
        fromName: siteName,
        subject: say(words.authorSubject, { n: count, title }).slice(0, 200),
        ...letterText(say(words.authorLead, { n: count, title }), items, {
          siteName,
          unsubscribeUrl,
          speech,
          why: words.authorWhy,
        }),
        unsubscribeUrl,
      });
    }
    await this.news.setWritten(tx, siteId, storyId, now);
    return true;
  }

  private async purge(): Promise<void> {
    const before = new Date(this.clock.nowMs() - KEPT_MS);
    for (;;) {
      const gone = await this.database.inSystem((tx) => this.news.purge(tx, before, PURGE_ROWS));
      if (gone < PURGE_ROWS) return;
    }
  }
}

/** Where the element shows one comment. */
function at(storyUrl: string, commentId: CommentId): string {
  const url = new URL(storyUrl);
  url.hash = `postbag-${commentId}`;
  return url.href;
}
