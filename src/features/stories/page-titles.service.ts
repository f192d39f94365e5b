import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import { Database } from '../../platform/database/database.js';
import { isUuid, type SiteId, type StoryId } from '../../platform/ids.js';
import { defineJob, JobHandlers, PermanentJobError } from '../../platform/jobs/jobs.js';
import { JobsService } from '../../platform/jobs/jobs.service.js';
import { Ticker } from '../../platform/jobs/ticker.js';
import { Outbound, OutboundError, type OutboundAnswer } from '../../platform/outbound/outbound.js';
import { systemContext } from '../../platform/tenancy/site-context.js';
import { SiteSettings } from '../sites/site-settings.js';
import { titleOfPage } from './page-title.js';
import { isOnSite } from './story-address.js';
import { StoryRepository } from './story.repository.js';
import { sql } from '../../platform/database/sql.js';

interface ReadPagePayload {
  readonly siteId: SiteId;
  readonly storyId: StoryId;
}

const POLL_INTERVAL_MS = 2_000;
/** Limit per poll interval: at most 60 pages of one site are fetched per minute. */
const MAX_PER_SITE = 2;
const MAX_DUE = 50;
const MAX_REDIRECTS = 3;
const FETCH_TIMEOUT_MS = 5_000;
/** More than enough for the `<head>` of a page. */
const MAX_PAGE_BYTES = 256 * 1024;

const READ_STORY_PAGE = defineJob<ReadPagePayload>({
  name: 'read-story-page',
  parse(raw) {
    const { siteId, storyId } = (raw ?? {}) as Record<string, unknown>;
    if (!isUuid(siteId) || !isUuid(storyId))
      throw new PermanentJobError('the payload has no valid site and story id');
    return { siteId: siteId as SiteId, storyId: storyId as StoryId };
  },
  attempts: 4,
  backoffMs: 30_000,
  timeoutMs: FETCH_TIMEOUT_MS * (MAX_REDIRECTS + 2),
  concurrency: 4,
});

/**
 * Finds titles for stories that a visitor's request registered. A visitor can send any title, so the title is read from
 * the page itself, which must be on one of the site's origins. Until then the story shows its URL path.
 */
@Injectable()
export class PageTitlesService implements OnModuleInit {
  private readonly logger = new Logger('page-titles');

  constructor(
    private readonly database: Database,
    private readonly stories: StoryRepository,
    private readonly settings: SiteSettings,
    private readonly outbound: Outbound,
    private readonly handlers: JobHandlers,
    private readonly jobs: JobsService,
    private readonly ticker: Ticker,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.handlers.handle(
      READ_STORY_PAGE,
      (payload) => this.readPage(payload),
      (payload) => this.saveTitle(payload, null),
    );
    this.ticker.every('page-titles', POLL_INTERVAL_MS, () => this.enqueueDue());
  }

  /** Enqueues pages that have not been read yet. Pages that are already being read are not enqueued again. */
  private async enqueueDue(): Promise<void> {
    const due = await this.database.inSystem((tx) =>
      tx.query<ReadPagePayload>(
        sql`SELECT site_id AS "siteId", story_id AS "storyId" FROM due_story_titles($1, $2)`,
        [MAX_PER_SITE, MAX_DUE],
      ),
    );
    await this.jobs.add(
      due.map(({ siteId, storyId }) =>
        READ_STORY_PAGE.create(`read-story-page-${storyId}`, { siteId, storyId }),
      ),
    );
  }

  private async readPage(payload: ReadPagePayload): Promise<void> {
    const { siteId, storyId } = payload;
    const site = await this.settings.find(siteId);
    const ctx = systemContext(siteId, `read-story-page-${storyId}`);
    const url = await this.database.inSite(ctx, (tx) => this.stories.findUntitledStoryUrl(tx, ctx, storyId));
    if (!site || url === null) return;
    await this.saveTitle(payload, { url, title: await this.fetchTitle(url, site.origins) });
  }

  private async saveTitle(
    { siteId, storyId }: ReadPagePayload,
    page: { url: string; title: string | null } | null,
  ): Promise<void> {
    const ctx = systemContext(siteId, `read-story-page-${storyId}`);
    await this.database.inSite(ctx, (tx) =>
      this.stories.savePageTitle(tx, ctx, storyId, page, this.clock.now()),
    );
  }

  /**
   * @returns null if the page has no usable title or redirects away from the site
   * @throws PermanentJobError for an address that must not be called, any other Error for a fault that may be temporary
   */
  private async fetchTitle(url: string, origins: readonly string[]): Promise<string | null> {
    let currentUrl = url;
    for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
      if (!isOnSite(currentUrl, origins)) return this.logFailure(currentUrl, 'not on the site');
      const answer = await this.fetchPage(currentUrl);
      if (answer.status >= 300 && answer.status < 400 && answer.headers['location'] !== undefined) {
        const location = answer.headers['location'];
        if (!URL.canParse(location, currentUrl)) return this.logFailure(currentUrl, 'bad redirect');
        currentUrl = new URL(location, currentUrl).href;
        continue;
      }
      if (answer.status === 429 || answer.status >= 500) throw new Error(`status ${answer.status}`);
      if (answer.status !== 200) return this.logFailure(currentUrl, `status ${answer.status}`);
      if (!/^(text\/html|application\/xhtml\+xml)\b/i.test(answer.headers['content-type'] ?? ''))
        return this.logFailure(currentUrl, 'not HTML');
      return titleOfPage(answer.answer, currentUrl) ?? this.logFailure(currentUrl, 'no title');
    }
    return this.logFailure(url, 'too many redirects');
  }

  private async fetchPage(url: string): Promise<OutboundAnswer> {
    try {
      return await this.outbound.send({
        method: 'GET',
        url,
        headers: { accept: 'text/html' },
        bulkhead: `page ${new URL(url).origin}`,
        timeoutMs: FETCH_TIMEOUT_MS,
        maxAnswerBytes: MAX_PAGE_BYTES,
      });
    } catch (error) {
      if (
        error instanceof OutboundError &&
        (error.code === 'url-refused' || error.code === 'address-refused')
      )
        throw new PermanentJobError(error.message, { cause: error });
      throw error;
    }
  }

  private logFailure(url: string, reason: string): null {
    this.logger.log({ event: 'page-title.not-found', url, reason });
    return null;
  }
}
