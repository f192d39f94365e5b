import { Injectable } from '@nestjs/common';
import { Database, SCOPE } from '../../platform/database/database.js';
import type { ReaderId, StoryId } from '../../platform/ids.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import type { ReaderEntity } from '../readers/reader.entity.js';
import { composeSql } from '../../platform/database/sql.js';

/** A person who commented under a story. */
export type Participant = Pick<ReaderEntity, 'id' | 'name'>;

const MAX_PARTICIPANTS = 8;
/**
 * Only this many of a story's newest comments are searched. Earlier commenters are probably no longer in the
 * conversation.
 */
const MAX_COMMENTS_SEARCHED = 2_000;

export const PARTICIPANTS = composeSql`
  WITH ${SCOPE}
  SELECT p.id, p.name FROM scope CROSS JOIN LATERAL (
    SELECT r.id, r.name, max(recent.id::text) AS last FROM (
      SELECT c.id, c.author_id FROM comment c
      WHERE c.site_id = scope.id AND c.story_id = $2 AND c.visible
      ORDER BY c.id DESC LIMIT ${MAX_COMMENTS_SEARCHED}
    ) recent JOIN reader r ON r.site_id = scope.id AND r.id = recent.author_id
    WHERE r.id <> $3 AND starts_with(lower(r.name), lower($4))
    GROUP BY r.id, r.name ORDER BY last DESC LIMIT ${MAX_PARTICIPANTS}
  ) p`;

/** Finds the participants of a conversation, who can be mentioned in it. */
@Injectable()
export class StoryParticipantsView {
  constructor(private readonly database: Database) {}

  /**
   * @param start the beginning of a name, case-insensitive; '' matches everyone
   * @returns the most recent commenters first, without `except`
   */
  findByNamePrefix(
    ctx: SiteContext,
    storyId: StoryId,
    start: string,
    except: ReaderId,
  ): Promise<Participant[]> {
    return this.database.statement<Participant>(ctx, 'story-participants', PARTICIPANTS, [
      storyId,
      except,
      start,
    ]);
  }
}
