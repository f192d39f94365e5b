import {
  Answer,
  Id,
  Instant,
  Int,
  ListOf,
  Nested,
  OneOf,
  Text,
  TextList,
} from '../../../platform/http/fields.js';
import { PolicyActor } from '../../sites/policy-versions.dto.js';
import { PolicyPatch } from '../../sites/policy.dto.js';

const ACTIONS = ['publish', 'hold', 'reject'] as const;
const STATES = ['waiting', 'running', 'done', 'cancelled', 'failed'] as const;
const MAX_ENTRIES = 500;
export const MAX_REPLAYED = 1_000_000;

export class DraftRequest {
  @Nested(() => PolicyPatch, { description: "The draft's changes to the effective policy." })
  policy: PolicyPatch;
}

export class PolicyReplayRequest extends DraftRequest {
  @Int({ min: 1, max: MAX_REPLAYED, description: 'Number of latest comments to replay.' }) comments: number;
}

export class VerdictCell {
  @OneOf(ACTIONS, { description: 'Decision of the effective policy.' }) live: string;
  @OneOf(ACTIONS, { description: 'Decision of the draft.' }) draft: string;
  @OneOf(['publish', 'refuse'], { nullable: true, description: 'Decision of people; null: nobody decided.' })
  people: string | null;
  @Int({ min: 0 }) comments: number;
}

/** Numbers of decisions that people disagreed with, and of held comments. */
export class ErrorCount {
  @Int({ min: 0, description: 'Comments held or rejected although people published them.' })
  falseHolds: number;
  @Int({ min: 0, description: 'Comments published although people refused them.' }) falsePasses: number;
  @Int({ min: 0, description: 'Comments held, which wait for a person.' }) held: number;
}

export class DraftScore {
  @ListOf(() => VerdictCell, { description: 'Only combinations that occurred.' }) cells: VerdictCell[];
  @Int({ min: 0, description: 'Comments that the draft decides differently.' }) different: number;
  @Int({ min: 0, description: 'Comments skipped because their scoring had failed.' }) unscored: number;
  @Nested(() => ErrorCount) live: ErrorCount;
  @Nested(() => ErrorCount) draft: ErrorCount;
}

export class PolicyReplayAnswer {
  @Id() id: string;
  @OneOf(STATES) state: string;
  @Answer({ type: 'object', additionalProperties: true }, { description: "The draft's changes." })
  policy: Record<string, unknown>;
  @Int({ min: 1, description: 'Version of the policy that was effective when the replay began.' })
  policyVersion: number;
  @Int({ min: 1 }) comments: number;
  @Int({ min: 0 }) seen: number;
  @Nested(() => DraftScore) score: DraftScore;
  @Nested(() => PolicyActor, { nullable: true }) actor: PolicyActor | null;
  @Instant() createdAt: string;
  @Instant({ nullable: true }) endedAt: string | null;
}

export class PolicyReplayList {
  @ListOf(() => PolicyReplayAnswer, { description: 'The latest 50, newest first.' })
  items: PolicyReplayAnswer[];
}

export class DifferenceAnswer {
  @Id() commentId: string;
  @Int({ min: 1 }) revision: number;
  @OneOf(ACTIONS) live: string;
  @OneOf(ACTIONS) draft: string;
  @Text({ optional: true, max: 4096, description: "The rule's text." }) liveRule?: string;
  @Text({ max: 4096, description: "The rule's text." }) draftRule: string;
  @OneOf(['publish', 'refuse'], { nullable: true }) people: string | null;
  @Text({ min: 0, max: 300 }) excerpt: string;
}

export class DifferencePage {
  @ListOf(() => DifferenceAnswer, {
    description: 'Newest comment first. A replay stores about 1,000 of them.',
  })
  items: DifferenceAnswer[];
  @Text({ nullable: true }) next: string | null;
}

export class ShadowAnswer {
  @Id() id: string;
  @Answer({ type: 'object', additionalProperties: true }, { description: "The draft's changes." })
  policy: Record<string, unknown>;
  @Nested(() => PolicyActor, { nullable: true }) actor: PolicyActor | null;
  @Instant() since: string;
  @Nested(() => DraftScore) score: DraftScore;
  @ListOf(() => DifferenceAnswer, {
    description: 'The latest 50 comments that the draft decides differently.',
  })
  differences: DifferenceAnswer[];
}

export class WordTestRequest {
  @Text({ max: 20_000 }) text: string;
  @TextList({ maxItems: MAX_ENTRIES, max: 100, description: 'Words or phrases, with `*` for any letters.' })
  entries: string[];
}

export class WordFind {
  @Text({ max: 100 }) entry: string;
  @Answer(
    { type: 'array', items: { type: 'array', prefixItems: [{ type: 'integer' }, { type: 'integer' }] } },
    { description: '[start, end), UTF-16 offsets into the text.' },
  )
  spans: (readonly [number, number])[];
}

export class WordTestAnswer {
  @ListOf(() => WordFind, { description: 'Entries that occur in the text.' }) found: WordFind[];
}

export class WordListPreviewRequest {
  @TextList({ minItems: 1, maxItems: MAX_ENTRIES, max: 100 }) entries: string[];
}

export class MatchExample {
  @Id() commentId: string;
  @Text({ min: 0, max: 200 }) excerpt: string;
}

export class EntryMatchesAnswer {
  @Text({ max: 100 }) entry: string;
  @Int({ min: 0 }) comments: number;
  @Int({ min: 0, description: 'How many of these are published now.' }) published: number;
  @ListOf(() => MatchExample) examples: MatchExample[];
}

export class WordListPreviewAnswer {
  @Int({ min: 0, description: 'Number of comments searched, at most 10,000.' }) tried: number;
  @Instant({ description: 'Comments since this time were searched.' }) since: string;
  @ListOf(() => EntryMatchesAnswer) entries: EntryMatchesAnswer[];
}
