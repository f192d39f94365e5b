import {
  Answer,
  Bool,
  Id,
  Instant,
  Int,
  ListOf,
  Nested,
  OneOf,
  PageQuery,
  Text,
} from '../../../platform/http/fields.js';
import { COMMENT_STATUSES, type CommentStatus } from '../../comments/comment-status.js';
import { TierNameAnswer } from '../../entitlements/gate.dto.js';
import { READER_ROLES } from '../../readers/signed-in-reader.js';
import { AuthorDecision, AuthorSanction } from '../comment-detail.dto.js';
import { Person } from '../moderation.dto.js';
import { AuthorHistory } from '../queue.dto.js';
import { STANDINGS } from '../sanctions.dto.js';
import type { HiddenWords } from '../../scoring/hidden-words.js';
import { HiddenWordsField } from '../../scoring/hidden-words.field.js';

export class ReadersRequest extends PageQuery {
  @Id({ optional: true, description: 'One site; left out: every site that the caller moderates.' })
  site?: string;

  @Text({
    optional: true,
    max: 254,
    description:
      'The beginnings of words of the name or of the address; or the id, or the `sub` of the tokens, in full.',
  })
  q?: string;

  @OneOf(STANDINGS, { optional: true, description: 'In force now.' }) standing?: string;
}

/** A reader as a list has them. */
export class ModerationReader {
  @Id() id: string;
  @Text({ description: 'The `sub` of the tokens.' }) key: string;
  @Text() name: string;
  @Answer({ type: ['string', 'null'] }, { description: 'Null where there is none, and for viewers.' })
  email: string | null;
  @OneOf(READER_ROLES) role: string;
  @Nested(() => TierNameAnswer, { nullable: true }) tier: TierNameAnswer | null;
  @OneOf(STANDINGS) standing: string;
  @Instant({ nullable: true }) standingUntil: string | null;
  @Int({ min: 0 }) published: number;
  @Int({ min: 0 }) rejected: number;
  @Instant({ description: 'When the reader was first seen here.' }) since: string;
  @Instant() seenAt: string;
}

export class ReadersPage {
  @ListOf(() => ModerationReader, { description: 'The newest readers first.' }) items: ModerationReader[];
  @Text({ nullable: true }) next: string | null;
}

/** A word about a reader: a note for colleagues, or a message that the reader got. */
export class ReaderNoteOrMessage {
  @Id() id: string;
  @Id({ description: 'The account it is about; another of the same person, it may be.' }) readerId: string;
  @Text({ max: 4000 }) text: string;
  @Nested(() => Person, { nullable: true, description: 'Null: a program.' }) moderator: Person | null;
  @Instant() createdAt: string;
}

export class ReaderNotesOrMessagesAnswer {
  @ListOf(() => ReaderNoteOrMessage) items: ReaderNoteOrMessage[];
}

export class ReaderSanction extends AuthorSanction {
  @Id() readerId: string;
}

/** Why another account, once suspended or banned, may be the same person's. Nothing follows from it by itself. */
export class EvasionHint {
  @Nested(() => ModerationReader) reader: ModerationReader;
  @Answer(
    { type: 'array', items: { type: 'string', enum: ['email', 'name', 'text'] } },
    { description: 'The same mailbox, a name that looks the same, the same longer text.' },
  )
  why: ('email' | 'name' | 'text')[];
  @OneOf(['suspended', 'banned'], { description: 'The gravest measure it had.' }) measure: string;
  @Instant() measuredAt: string;
  @Bool({ description: 'Whether this reader came after that measure.' }) cameAfter: boolean;
}

export class ReaderRecord {
  @Nested(() => ModerationReader) reader: ModerationReader;
  @Text({ nullable: true, description: 'Of the measure in force.' }) standingReason: string | null;
  @Bool({ description: 'The caller’s own account: somebody else decides about it.' }) isOwn: boolean;
  @Nested(() => AuthorHistory, { description: 'Over the latest 1,000 comments of every account.' })
  history: AuthorHistory;
  @ListOf(() => ModerationReader, { description: 'Other accounts of the same person.' })
  accounts: ModerationReader[];
  @ListOf(() => ReaderSanction, { description: 'The latest 50, newest first.' }) measures: ReaderSanction[];
  @ListOf(() => ReaderNoteOrMessage, { description: 'The latest 50, newest first.' })
  notes: ReaderNoteOrMessage[];
  @ListOf(() => ReaderNoteOrMessage, { description: 'The latest 50, newest first.' })
  messages: ReaderNoteOrMessage[];
  @ListOf(() => AuthorDecision, { description: 'The latest ten of people, newest first.' })
  decisions: AuthorDecision[];
  @ListOf(() => EvasionHint, { description: 'The gravest first.' }) hints: EvasionHint[];
}

export class ReaderCommentsRequest extends PageQuery {
  @OneOf(COMMENT_STATUSES, { optional: true, description: 'Only these.' }) status?: CommentStatus;
}

class ReaderCommentStory {
  @Id() id: string;
  @Text() key: string;
  @Text() title: string;
  @Text() url: string;
}

export class ReaderComment {
  @Id() id: string;
  @Id({ description: 'The account that wrote it.' }) readerId: string;
  @OneOf(COMMENT_STATUSES) status: string;
  @Text({ min: 0, max: 20000 }) body: string;
  @HiddenWordsField() hidden: HiddenWords;
  @Nested(() => ReaderCommentStory) story: ReaderCommentStory;
  @Id({ nullable: true }) parentId: string | null;
  @Text({ nullable: true, description: 'Of a rejection or removal.' }) reason: string | null;
  @Answer({ type: ['string', 'null'] }, { description: 'The latest rule that decided, in words.' })
  rule: string | null;
  @Int({ min: 0, description: 'Open flags.' }) flags: number;
  @Instant() createdAt: string;
}

export class ReaderCommentsPage {
  @ListOf(() => ReaderComment, { description: 'The newest first.' }) items: ReaderComment[];
  @Text({ nullable: true }) next: string | null;
}

export class ReaderNoteOrMessageRequest {
  @Text({ max: 2000, pattern: /\S/, patternMessage: 'text must not be blank' }) text: string;
}

export class SamePersonRequest {
  @Id({ description: 'Another account of the same person.' }) readerId: string;
}

export class RemovalPreview {
  @Int({ min: 0 }) published: number;
  @Int({ min: 0 }) held: number;
  @Int({ min: 0 }) pending: number;
  @Int({ min: 0, description: 'All of these; one removal takes the latest 10,000.' }) total: number;
}

export class RemovalRequest {
  @Text({ max: 64, description: "A code of the site's reasons; the author reads its text." }) reason: string;
  @Text({ optional: true, max: 2000, description: 'For moderators only.' }) note?: string;
}
