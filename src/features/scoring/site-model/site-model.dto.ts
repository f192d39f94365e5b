import {
  Answer,
  Bool,
  Id,
  Instant,
  Int,
  ListOf,
  Nested,
  Num,
  OneOf,
  Text,
  TextList,
} from '../../../platform/http/fields.js';
import { LEARNING, LEARNING_DESCRIPTION } from '../../sites/policy.dto.js';
import type { CommentId, DecisionId } from '../../../platform/ids.js';
import type { SiteModelId, SiteModelState } from './site-model.repository.js';

const byLabel = (schema: string): Record<string, unknown> => ({
  type: 'object',
  additionalProperties: { $ref: `#/components/schemas/${schema}` },
});

class TextCount {
  @Int() texts: number;
  @Int({ description: 'Where the label applies.' }) positives: number;
}

class HeldOutFiguresDto {
  @Num({ nullable: true }) rocAuc: number | null;
  @Num({ nullable: true }) averagePrecision: number | null;
  @Num({ description: 'Mean; lower is better.' }) logLoss: number;
  @Num({ description: 'Expected calibration error, ten bins.' }) ece: number;
}

export class SiteModelLabelFigures {
  @Nested(() => TextCount) trained: TextCount;
  @Nested(() => TextCount, { description: 'Never trained on.' }) heldOut: TextCount;
  @Num({ description: 'How often the label applies among what people judged on this site.' })
  baseRate: number;
  @Nested(() => HeldOutFiguresDto, { description: 'Of the shipped model, on what was held out.' })
  shipped: HeldOutFiguresDto;
  @Nested(() => HeldOutFiguresDto, { description: 'Of this head, on the same.' }) head: HeldOutFiguresDto;
  @Bool({ description: 'Whether the head is better beyond doubt, and so may judge this label.' })
  beats: boolean;
}

class ShadowCounts {
  @Int({ description: 'New comments that it scored without a say.' }) comments: number;
  @Int() wouldHold: number;
  @Int({ description: 'Of those, not held by the scores that counted.' }) onlyItHolds: number;
  @Int({ description: 'Held by the scores that counted, not by its own.' }) onlyItPasses: number;
}

export class SiteModelSummary {
  @Id() id: SiteModelId;
  @OneOf(['shadow', 'active', 'retired'], {
    description: '`shadow`: the latest, which changes no score; `active`: its scores count.',
  })
  state: SiteModelState;

  @Text({ description: 'Of the shipped model that it differs from.' }) modelVersion: string;
  @Int({ description: 'Texts that people had judged.' }) texts: number;
  @Answer(byLabel('SiteModelLabelFigures'), { description: 'By label; one with too few texts is left out.' })
  figures: Record<string, SiteModelLabelFigures>;

  @Nested(() => ShadowCounts) shadow: ShadowCounts;
  @Instant() createdAt: string;
  @Instant({ nullable: true }) activatedAt: string | null;
  @Instant({ nullable: true }) endedAt: string | null;
}

export class SiteModelWord {
  @Text({ description: 'A word, two words, or what the model calls a kind of clause.' }) text: string;
  @Num({
    description: "What it adds to the label's logit in a text of ten words; below 0 it speaks against.",
  })
  change: number;
  @Int({ description: 'In how many texts that were trained on.' }) texts: number;
}

export class SiteModelDetails extends SiteModelSummary {
  @Answer(
    {
      type: 'object',
      additionalProperties: { type: 'array', items: { $ref: '#/components/schemas/SiteModelWord' } },
    },
    { description: 'By label, the words that moved most against the shipped model, the most moved first.' },
  )
  words: Record<string, SiteModelWord[]>;
}

export class SiteModelPage {
  @ListOf(() => SiteModelSummary) items: SiteModelSummary[];
  @Text({ nullable: true, description: 'Always null: no more than some are kept.' }) next: string | null;
}

class LastTraining {
  @Instant({ nullable: true }) at: string | null;
  @Int({ description: 'Texts that people had judged.' }) texts: number;
  @OneOf(['trained', 'too-few', 'failed'], {
    nullable: true,
    description: '`too-few`: of no label enough texts of both kinds; null: there was none yet.',
  })
  outcome: 'trained' | 'too-few' | 'failed' | null;
}

export class LabelExampleCounts {
  @Int({ description: 'Texts to which the label applies.' }) positives: number;
  @Int() negatives: number;
}

class Collected {
  @Int({ description: 'Decisions of people that say something about the text; the latest 20,000 count.' })
  decisions: number;

  @Int({ description: 'Scores that outside clients suggested.' }) suggested: number;
  @Answer(byLabel('LabelExampleCounts'), { description: 'By label, all of them.' })
  labels: Record<string, LabelExampleCounts>;

  @Int({
    description:
      'About so many positives, and as many negatives, a label needs before it is trained: 30 to train on and 8 held out, one text in five.',
  })
  needed: number;
}

export class SiteModelAnswer {
  @OneOf(LEARNING, { description: LEARNING_DESCRIPTION }) learning: 'off' | 'shadow' | 'take-over';
  @Nested(() => SiteModelSummary, {
    nullable: true,
    description: 'Whose scores count; null: the shipped model’s.',
  })
  active: SiteModelSummary | null;
  @Nested(() => SiteModelSummary, { nullable: true, description: 'The latest that has no say.' })
  shadow: SiteModelSummary | null;
  @Nested(() => LastTraining) lastTraining: LastTraining;
  @Bool({
    description: 'A person went back to the shipped model: nothing takes over until a person chooses a head.',
  })
  rolledBack: boolean;

  @Nested(() => Collected, { description: 'What there is to learn from now.' }) collected: Collected;
}

export const TRAINING_EXAMPLE_USES = ['trained', 'held-out', 'none'] as const;

export class TrainingExample {
  @Id() decisionId: DecisionId;
  @Id() commentId: CommentId;
  @Instant() decidedAt: string;
  @Text({ max: 300, description: 'How the text begins.' }) excerpt: string;
  @Bool({ description: 'Rejected or removed; otherwise it was let through.' }) refused: boolean;
  @Text({ nullable: true, description: 'The code of the reason that was given.' }) reason: string | null;
  @TextList({ description: 'The labels that it counts for. What was let through counts against all.' })
  labels: string[];

  @OneOf(TRAINING_EXAMPLE_USES, {
    description:
      '`held-out`: heads are measured on it and never trained; `none`: its reason says nothing of the text, or the model does not read its language.',
  })
  use: (typeof TRAINING_EXAMPLE_USES)[number];
}

export class TrainingExamplePage {
  @ListOf(() => TrainingExample) items: TrainingExample[];
  @Text({ nullable: true, max: 1024 }) next: string | null;
}

export class SiteModelChoice {
  @Id({ nullable: true, description: 'A head that beats the shipped model; null: the shipped model.' })
  head: SiteModelId | null;
}

export class TrainingQueued {
  @OneOf(['queued'], { description: 'What came of it is in `lastTraining`.' }) status: 'queued';
}
