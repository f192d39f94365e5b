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
  @Nested(() => PolicyPatch, { description: 'What the draft changes of the policy that counts.' })
  policy: PolicyPatch;
}

export class PolicyReplayRequest extends DraftRequest {
  @Int({ min: 1, max: MAX_REPLAYED, description: 'So many of the latest comments.' }) comments: number;
}

export class VerdictCell {
  @OneOf(ACTIONS, { description: 'What the policy that counts decides.' }) live: string;
  @OneOf(ACTIONS, { description: 'What the draft decides.' }) draft: string;
  @OneOf(['publish', 'refuse'], { nullable: true, description: 'What people decided; null: nobody did.' })
  people: string | null;
  @Int({ min: 0 }) comments: number;
}

/** Held or rejected, and people published it; or published, and people refused it. */
export class ErrorCount {
  @Int({ min: 0, description: 'Held or rejected, although people published it.' }) falseHolds: number;
  @Int({ min: 0, description: 'Published, although people refused it.' }) falsePasses: number;
  @Int({ min: 0, description: 'Held: so many wait for a person.' }) held: number;
}

export class DraftScore {
  @ListOf(() => VerdictCell, { description: 'Only what occurred.' }) cells: VerdictCell[];
  @Int({ min: 0, description: 'Comments that the draft decides otherwise.' }) different: number;
  @Int({ min: 0, description: 'Left out: their scoring had failed.' }) unscored: number;
  @Nested(() => ErrorCount) live: ErrorCount;
  @Nested(() => ErrorCount) draft: ErrorCount;
}

export class PolicyReplayAnswer {
  @Id() id: string;
  @OneOf(STATES) state: string;
  @Answer({ type: 'object', additionalProperties: true }, { description: 'What the draft changes.' })
  policy: Record<string, unknown>;
  @Int({ min: 1, description: 'That counted when it was begun.' }) policyVersion: number;
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
  @Text({ optional: true, max: 4096, description: 'In words.' }) liveRule?: string;
  @Text({ max: 4096, description: 'In words.' }) draftRule: string;
  @OneOf(['publish', 'refuse'], { nullable: true }) people: string | null;
  @Text({ min: 0, max: 300 }) excerpt: string;
}

export class DifferencePage {
  @ListOf(() => DifferenceAnswer, { description: 'The newest comment first; of a replay 1,000 are kept.' })
  items: DifferenceAnswer[];
  @Text({ nullable: true }) next: string | null;
}

export class ShadowAnswer {
  @Id() id: string;
  @Answer({ type: 'object', additionalProperties: true }, { description: 'What the draft changes.' })
  policy: Record<string, unknown>;
  @Nested(() => PolicyActor, { nullable: true }) actor: PolicyActor | null;
  @Instant() since: string;
  @Nested(() => DraftScore) score: DraftScore;
  @ListOf(() => DifferenceAnswer, { description: 'The latest 50 that it decides otherwise.' })
  differences: DifferenceAnswer[];
}

export class WordTestRequest {
  @Text({ max: 20_000 }) text: string;
  @TextList({ maxItems: MAX_ENTRIES, max: 100, description: 'Words or phrases, with * for any letters.' })
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
  @ListOf(() => WordFind, { description: 'Entries that stand in the text.' }) found: WordFind[];
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
  @Int({ min: 0, description: 'Of these, readers see now.' }) published: number;
  @ListOf(() => MatchExample) examples: MatchExample[];
}

export class WordListPreviewAnswer {
  @Int({ min: 0, description: 'Comments that were looked at, at most 10,000.' }) tried: number;
  @Instant({ description: 'Those since then.' }) since: string;
  @ListOf(() => EntryMatchesAnswer) entries: EntryMatchesAnswer[];
}
