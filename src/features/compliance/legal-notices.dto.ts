import {
  Bool,
  Id,
  Instant,
  Int,
  ListOf,
  Nested,
  OneOf,
  PageQuery,
  Text,
} from '../../platform/http/fields.js';
import { COMMENT_STATUSES } from '../comments/comment-status.js';
import { LEGAL_NOTICE_STATES } from './legal-notice.entity.js';

const OUTCOMES = ['removed', 'no-action'] as const;
const NOTICE_STATUSES = ['received', 'decided'] as const;

export class LegalNoticeRequest {
  @Text({
    max: 100,
    pattern: /\S/,
    patternMessage: 'reason must not be blank',
    description:
      'The kind of illegal content, for example `hate-speech`, `defamation`, `threat`, `privacy`, `copyright`, `fraud`, `child-sexual-abuse`, or a reason in your own words.',
  })
  reason: string;

  @Text({
    max: 10_000,
    pattern: /\S/,
    patternMessage: 'explanation must not be blank',
    description: 'Why the comment is illegal. Only moderators see it.',
  })
  explanation: string;

  @Text({
    optional: true,
    max: 200,
    description:
      'Your name. Optional here; Article 16 of the Digital Services Act expects it except for child sexual abuse.',
  })
  name?: string;

  @Text({
    optional: true,
    max: 254,
    description: 'The receipt and the decision are sent to this address. Without it, use `reference`.',
  })
  email?: string;

  @Bool({ description: 'Must be true: you believe in good faith that the notice is accurate and complete.' })
  goodFaith: boolean;
}

export class LegalNoticeReceipt {
  @Id() id: string;
  @Text({
    description: 'Secret, and never changes. Anyone who knows it can read the status and the decision.',
  })
  reference: string;
  @OneOf(NOTICE_STATUSES) status: (typeof NOTICE_STATUSES)[number];
}

export class LegalNoticeDecision {
  @OneOf(OUTCOMES) outcome: (typeof OUTCOMES)[number];
  @Instant() decidedAt: string;
  @Bool({ description: 'Always false: people decide about notices.' }) automated: boolean;
}

export class LegalNoticeAnswer extends LegalNoticeReceipt {
  @Instant() createdAt: string;
  @Nested(() => LegalNoticeDecision, { nullable: true }) decision: LegalNoticeDecision | null;
  @Text({ nullable: true, max: 2000, description: 'How to contest the decision; null before it.' })
  redress: string | null;
}

export class LegalNoticesQuery extends PageQuery {
  @Id({ optional: true, description: 'The site. May be omitted by a caller who moderates only one site.' })
  site?: string;
  @OneOf(LEGAL_NOTICE_STATES, { optional: true, description: 'Default `open`.' })
  state?: (typeof LEGAL_NOTICE_STATES)[number];
}

export class NoticedComment {
  @Id() id: string;
  @Text({ nullable: true, max: 100_000 }) body: string | null;
  @OneOf(COMMENT_STATUSES) status: string;
  @Int() revision: number;
  @Text({ nullable: true, description: 'Name of the author.' }) author: string | null;
}

export class NoticedStory {
  @Id() id: string;
  @Text() key: string;
  @Text() title: string;
  @Text({ max: 2048 }) url: string;
}

export class ModerationNotice {
  @Id() id: string;
  @Id() site: string;
  @OneOf(LEGAL_NOTICE_STATES) state: string;
  @Text({ max: 100 }) reason: string;
  @Text({ nullable: true, max: 10_000, description: 'Null six months after the decision.' })
  explanation: string | null;
  @Text({ nullable: true, description: 'Null for viewers too.' }) name: string | null;
  @Text({ nullable: true, description: 'Null for viewers too.' }) email: string | null;
  @Instant() createdAt: string;
  @Instant({ nullable: true }) decidedAt: string | null;
  @Text({ nullable: true, max: 2000 }) note: string | null;
  @Nested(() => NoticedComment) comment: NoticedComment;
  @Nested(() => NoticedStory) story: NoticedStory;
}

export class ModerationNoticePage {
  @ListOf(() => ModerationNotice) items: ModerationNotice[];
  @Text({ nullable: true, max: 500 }) next: string | null;
}

export class LegalNoticeDecisionRequest {
  @OneOf(['remove', 'no-action']) action: 'remove' | 'no-action';
  @Int({ min: 1, description: 'The revision of the comment that was read.' }) revision: number;
  @Text({
    optional: true,
    max: 64,
    description: "Code of one of the site's reasons. The comment's author sees the reason's text.",
  })
  reason?: string;
  @Text({ optional: true, max: 2000, description: 'Visible to moderators only.' }) note?: string;
}
