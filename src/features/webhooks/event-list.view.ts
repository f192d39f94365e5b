import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { invalid } from '../../platform/http/problem.js';
import { isUuid } from '../../platform/ids.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import type { EventAnswer, EventPage } from './webhooks.dto.js';
import { sql } from '../../platform/database/sql.js';

const badCursor = (): Error =>
  invalid([
    {
      pointer: '/query/after',
      code: 'bad-cursor',
      message:
        'This event is not stored; events are stored for 30 days. Leave out "after" to start with the oldest.',
    },
  ]);

/** Lists a site's events in the order in which they were recorded, as their thin bodies. */
@Injectable()
export class EventListView {
  constructor(private readonly database: Database) {}

  /**
   * @param after a `next` of this list (a position), or the ID of an event; undefined starts at the oldest stored
   *   event
   * @returns `next` is null at the end; to poll, continue with the ID of the last event received
   */
  async list(ctx: SiteContext, after: string | undefined, limit: number): Promise<EventPage> {
    return this.database.inSite(ctx, async (tx) => {
      let position = '0';
      if (after !== undefined && isUuid(after)) {
        const [event] = await tx.query<{ position: string }>(
          sql`SELECT position FROM event WHERE site_id = $1 AND id = $2`,
          [ctx.siteId, after],
        );
        if (!event) throw badCursor();
        position = event.position;
      } else if (after !== undefined) {
        if (!/^\d{1,18}$/.test(after)) throw badCursor();
        position = after;
      }
      const rows = await tx.query<{ position: string; body: string }>(
        sql`SELECT position, body_thin AS body FROM event
         WHERE site_id = $1 AND position > $2 ORDER BY position LIMIT $3`,
        [ctx.siteId, position, limit + 1],
      );
      const pageRows = rows.slice(0, limit);
      return {
        items: pageRows.map(({ body }) => JSON.parse(body) as EventAnswer),
        next: rows.length > limit ? pageRows.at(-1)!.position : null,
      };
    });
  }
}
