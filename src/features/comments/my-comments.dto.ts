import { Answer, Id, Instant, ListOf, Nested, Text } from '../../platform/http/fields.js';
import { MAX_BODY_BYTES } from './body.js';
import { CommentDto } from './comments.dto.js';

class CommentedStory {
  @Id() id: string;
  @Text() key: string;
  @Text() title: string;
  @Answer({ type: 'string', format: 'uri' }) url: string;
}

export class MyComment extends CommentDto {
  @Nested(() => CommentedStory) story: CommentedStory;
}

export class MyCommentList {
  @ListOf(() => MyComment) items: MyComment[];
  @Answer({ type: ['string', 'null'] }, { description: 'Cursor of the next page; null on the last page.' })
  next: string | null;
}

export class PreviewBody {
  @Text({ max: MAX_BODY_BYTES, description: 'The text as it would be posted.' }) body: string;
}

export class PreviewAnswer {
  @Text({ min: 0, description: 'The HTML that the comment would have in `html`.' }) html: string;
}

export class ParticipantQuery {
  @Text({ optional: true, min: 0, max: 60, description: 'The beginning of a name.' }) start?: string;
}

class ParticipantAnswer {
  @Id() id: string;
  @Text() name: string;
}

export class ParticipantList {
  @ListOf(() => ParticipantAnswer, { maxItems: 8, description: 'Participants, most recent commenter first.' })
  items: ParticipantAnswer[];
}

const rows = { type: 'array', items: { type: 'object' } };

export class ReaderExportAnswer {
  @Instant() madeAt: string;
  @Id() site: string;
  @Answer({ type: ['object', 'null'] }, { description: 'Null for a reader who has only read comments.' })
  reader: Record<string, unknown> | null;
  @Answer(rows, { description: "The reader's comments with every revision of their text." }) comments: Record<
    string,
    unknown
  >[];
  @Answer(rows) appeals: Record<string, unknown>[];
  @Answer(rows) reactions: Record<string, unknown>[];
  @Answer(rows) flags: Record<string, unknown>[];
  @Answer(rows) ignored: Record<string, unknown>[];
  @Answer(rows) notifications: Record<string, unknown>[];
  @Answer(rows, { description: 'Stories that the reader follows.' }) following: Record<string, unknown>[];
  @Answer(rows) portfolios: Record<string, unknown>[];
  @Answer(
    { type: ['object', 'null'] },
    { description: 'Address for email notifications; null if there is none.' },
  )
  email: Record<string, unknown> | null;
}
