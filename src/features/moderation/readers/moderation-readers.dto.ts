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
  @Id({ optional: true, description: 'One site. If omitted, every site that the caller moderates.' })
  site?: string;

  @Text({
    optional: true,
    max: 254,
    description: 'Beginnings of words of the name or the email address, or the complete id or token `sub`.',
  })
  q?: string;

  @OneOf(STANDINGS, { optional: true, description: 'Standing in effect now.' }) standing?: string;
}

/** A reader as shown in lists. */
export class ModerationReader {
  @Id() id: string;
  @Text({ description: "The `sub` claim of the reader's tokens." }) key: string;
  @Text() name: string;
  @Answer({ type: ['string', 'null'] }, { description: 'Null if there is none, and for viewers.' })
  email: string | null;
  @OneOf(READER_ROLES) role: string;
  @Nested(() => TierNameAnswer, { nullable: true }) tier: TierNameAnswer | null;
  @OneOf(STANDINGS) standing: string;
  @Instant({ nullable: true }) standingUntil: string | null;
  @Int({ min: 0 }) published: number;
  @Int({ min: 0 }) rejected: number;
  @Instant({ description: 'When the reader was first seen on this site.' }) since: string;
  @Instant() seenAt: string;
}

export class ReadersPage {
  @ListOf(() => ModerationReader, { description: 'Newest readers first.' }) items: ModerationReader[];
  @Text({ nullable: true }) next: string | null;
}

/** A note about a reader for other moderators, or a message sent to the reader. */
export class ReaderNoteOrMessage {
  @Id() id: string;
  @Id({ description: 'The account it is about, which may be another account of the same person.' })
  readerId: string;
  @Text({ max: 4000 }) text: string;
  @Nested(() => Person, { nullable: true, description: 'Null if a program wrote it.' })
  moderator: Person | null;
  @Instant() createdAt: string;
}

export class ReaderNotesOrMessagesAnswer {
  @ListOf(() => ReaderNoteOrMessage) items: ReaderNoteOrMessage[];
}

export class ReaderSanction extends AuthorSanction {
  @Id() readerId: string;
}

/** Why another account that was suspended or banned may belong to the same person. A hint has no automatic effect. */
export class EvasionHint {
  @Nested(() => ModerationReader) reader: ModerationReader;
  @Answer(
    { type: 'array', items: { type: 'string', enum: ['email', 'name', 'text'] } },
    { description: 'The same mailbox, a name that looks the same, or the same longer text.' },
  )
  why: ('email' | 'name' | 'text')[];
  @OneOf(['suspended', 'banned'], { description: 'The most severe sanction of that account.' })
  sanction: string;
  @Instant() sanctionedAt: string;
  @Bool({ description: 'Whether this reader was first seen after that sanction.' }) cameAfter: boolean;
}

export class ReaderRecord {
  @Nested(() => ModerationReader) reader: ModerationReader;
  @Text({ nullable: true, description: 'Reason of the sanction in effect.' }) standingReason: string | null;
  @Bool({ description: 'Whether it is the caller’s own account, which somebody else must decide about.' })
  isOwn: boolean;
  @Nested(() => AuthorHistory, {
    description: 'Counted over the latest 1,000 comments of all accounts together.',
  })
  history: AuthorHistory;
  @ListOf(() => ModerationReader, { description: 'Other accounts of the same person.' })
  accounts: ModerationReader[];
  @ListOf(() => ReaderSanction, { description: 'The latest 50, newest first.' }) sanctions: ReaderSanction[];
  @ListOf(() => ReaderNoteOrMessage, { description: 'The latest 50, newest first.' })
  notes: ReaderNoteOrMessage[];
  @ListOf(() => ReaderNoteOrMessage, { description: 'The latest 50, newest first.' })
  messages: ReaderNoteOrMessage[];
  @ListOf(() => AuthorDecision, { description: 'The latest ten decisions by people, newest first.' })
  decisions: AuthorDecision[];
  @ListOf(() => EvasionHint, { description: 'Strongest first.' }) hints: EvasionHint[];
}

export class ReaderCommentsRequest extends PageQuery {
  @OneOf(COMMENT_STATUSES, { optional: true, description: 'Only comments with this status.' })
  status?: CommentStatus;
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
  @Text({ nullable: true, description: 'Reason of the rejection or removal.' }) reason: string | null;
  @Answer({ type: ['string', 'null'] }, { description: 'Text of the rule that decided last.' })
  rule: string | null;
  @Int({ min: 0, description: 'Number of open flags.' }) flags: number;
  @Instant() createdAt: string;
}

export class ReaderCommentsPage {
  @ListOf(() => ReaderComment, { description: 'Newest first.' }) items: ReaderComment[];
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
  @Int({ min: 0, description: 'Sum of these. One removal applies to the latest 10,000.' }) total: number;
}

export class RemovalRequest {
  @Text({ max: 64, description: "Code of one of the site's reasons. The author sees the reason's text." })
  reason: string;
  @Text({ optional: true, max: 2000, description: 'Visible to moderators only.' }) note?: string;
}
