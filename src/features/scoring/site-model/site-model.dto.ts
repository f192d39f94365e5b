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
import { TRAINING_PHASES, type TrainingPhase } from './training-progress.js';
import type { SiteModelId, SiteModelState } from './site-model.repository.js';

const byLabel = (schema: string): Record<string, unknown> => ({
  type: 'object',
  additionalProperties: { $ref: `#/components/schemas/${schema}` },
});

class TextCount {
  @Int() texts: number;
  @Int({ description: 'Texts to which the label applies.' }) positives: number;
}

class HeldOutFiguresDto {
  @Num({ nullable: true }) rocAuc: number | null;
  @Num({ nullable: true }) averagePrecision: number | null;
  @Num({ description: 'Mean log loss; lower is better.' }) logLoss: number;
  @Num({ description: 'Expected calibration error, ten bins.' }) ece: number;
}

class AutomaticSideDto {
  @Num({ description: 'Of all comments, 0 to 1.' }) share: number;
  @Num({
    nullable: true,
    description: 'The probability up to which, or from which, they would be decided; null if there are none.',
  })
  limit: number | null;

  @Num({ description: 'The share of them that a person decided otherwise.' }) wrong: number;
  @Num({ description: 'The upper bound of its 95 % confidence interval, at most 0.01.' }) wrongAtMost: number;
}

class AutomaticShareDto {
  @Int({ description: 'Comments that it was measured on, by models that were not trained on them.' })
  texts: number;
  @Nested(() => AutomaticSideDto, { description: 'The largest share that could be published.' })
  publish: AutomaticSideDto;
  @Nested(() => AutomaticSideDto, { description: 'The largest share that could be refused.' })
  refuse: AutomaticSideDto;
}

export class SiteModelLabelFigures {
  @Nested(() => TextCount) trained: TextCount;
  @Nested(() => TextCount, { description: 'Held-out texts, never used for training.' }) heldOut: TextCount;
  @Num({ description: 'The share of texts decided by people on this site to which the label applies.' })
  baseRate: number;
  @Nested(() => HeldOutFiguresDto, { description: 'Of the shipped model, on the held-out texts.' })
  shipped: HeldOutFiguresDto;
  @Nested(() => HeldOutFiguresDto, { description: 'Of this model, on the held-out texts.' })
  siteModel: HeldOutFiguresDto;
  @Bool({ description: 'Whether this model is significantly better, and so may score this label.' })
  beats: boolean;
  @Nested(() => AutomaticShareDto, {
    optional: true,
    description:
      'Of `refusal` only: what could be decided without a person, with at most one error in a hundred on either side. Comments that people decided about, and reviewed ones of random samples.',
  })
  automatic?: AutomaticShareDto;
}

class ShadowCounts {
  @Int({ description: 'New comments that it scored in shadow mode.' }) comments: number;
  @Int() wouldHold: number;
  @Int({ description: 'Of those, the number that the scores in effect did not hold.' }) onlyItHolds: number;
  @Int({ description: 'Comments held by the scores in effect but not by its own.' }) onlyItPasses: number;
}

export class SiteModelSummary {
  @Id() id: SiteModelId;
  @OneOf(['shadow', 'active', 'retired'], {
    description: '`shadow`: the latest model, which changes no score; `active`: its scores are in effect.',
  })
  state: SiteModelState;

  @Text({ description: 'The version of the shipped model that it was trained against.' })
  modelVersion: string;
  @Int({ description: 'Texts that people decided about.' }) texts: number;
  @Answer(byLabel('SiteModelLabelFigures'), {
    description: 'By label. Labels with too few texts are omitted.',
  })
  figures: Record<string, SiteModelLabelFigures>;

  @Nested(() => ShadowCounts) shadow: ShadowCounts;
  @Instant() createdAt: string;
  @Instant({ nullable: true }) activatedAt: string | null;
  @Instant({ nullable: true }) endedAt: string | null;
}

export class SiteModelWord {
  @Text({ description: "A word, two words, or the model's name for a kind of clause." }) text: string;
  @Num({
    description:
      "Its contribution to the label's logit in a text of ten words; negative values lower the score.",
  })
  change: number;
  @Int({ description: 'The number of training texts that contain it.' }) texts: number;
}

export class SiteModelDetails extends SiteModelSummary {
  @Answer(
    {
      type: 'object',
      additionalProperties: { type: 'array', items: { $ref: '#/components/schemas/SiteModelWord' } },
    },
    {
      description:
        'By label: the words whose weights differ most from the shipped model, largest change first.',
    },
  )
  words: Record<string, SiteModelWord[]>;
}

export class SiteModelPage {
  @ListOf(() => SiteModelSummary) items: SiteModelSummary[];
  @Text({ nullable: true, description: 'Always null because only a limited number is stored.' }) next:
    string | null;
}

class LastTraining {
  @Instant({ nullable: true }) at: string | null;
  @Int({ description: 'Texts that people decided about.' }) texts: number;
  @OneOf(['trained', 'too-few', 'failed'], {
    nullable: true,
    description: '`too-few`: no label had enough texts of both kinds; null: no training has run yet.',
  })
  outcome: 'trained' | 'too-few' | 'failed' | null;
  @OneOf(TRAINING_PHASES, { nullable: true, description: 'The phase in which it failed, if it did.' })
  failedIn: TrainingPhase | null;
}

class CurrentTraining {
  @OneOf(TRAINING_PHASES, {
    description:
      '`queued`: waits for a worker; `reading`: reads the decisions; `encoding`: computes embeddings, for four minutes at most; `scoring`: computes the shipped models’ scores; `fitting`: trains and measures the model.',
  })
  phase: TrainingPhase;
  @Num({ description: 'The approximate share of the training that is done, 0 to 1.' }) progress: number;
  @Instant() startedAt: string;
  @Instant({ description: 'When the phase or the progress last changed.' }) updatedAt: string;
  @Bool({ description: 'Whether nothing has changed for three minutes, for example because no worker runs.' })
  isStalled: boolean;
}

export class LabelExampleCounts {
  @Int({ description: 'Texts to which the label applies.' }) positives: number;
  @Int() negatives: number;
}

class Collected {
  @Int({
    description: 'Human decisions that say something about the text; only the latest 20,000 are counted.',
  })
  decisions: number;

  @Int({ description: 'Scores suggested by external clients.' }) suggested: number;
  @Answer(byLabel('LabelExampleCounts'), { description: 'By label, including all labels.' })
  labels: Record<string, LabelExampleCounts>;

  @Int({
    description:
      'Approximate number of positives, and of negatives, that a label needs before it is trained: 30 for training and 8 held out, as one text in five is.',
  })
  needed: number;
}

export class SiteModelAnswer {
  @OneOf(LEARNING, { description: LEARNING_DESCRIPTION }) learning: 'off' | 'shadow' | 'take-over';
  @Nested(() => SiteModelSummary, {
    nullable: true,
    description: 'The model in effect; null for the shipped model.',
  })
  active: SiteModelSummary | null;
  @Nested(() => SiteModelSummary, { nullable: true, description: 'The latest model in shadow mode.' })
  shadow: SiteModelSummary | null;
  @Nested(() => CurrentTraining, { nullable: true, description: 'Null: no training is queued or running.' })
  training: CurrentTraining | null;
  @Nested(() => LastTraining) lastTraining: LastTraining;
  @Bool({
    description:
      'A person rolled back to the shipped model. No model is activated automatically until a person chooses one.',
  })
  rolledBack: boolean;

  @Num({
    nullable: true,
    description:
      'The share of comments that the rules published or rejected without a person in the last 28 days; null if there were none.',
  })
  automaticNow: number | null;

  @Nested(() => Collected, { description: 'Training data available now.' }) collected: Collected;
}

export const TRAINING_EXAMPLE_USES = ['trained', 'held-out', 'none'] as const;

export class TrainingExample {
  @Id() decisionId: DecisionId;
  @Id() commentId: CommentId;
  @Instant() decidedAt: string;
  @Text({ max: 300, description: 'Beginning of the text.' }) excerpt: string;
  @Bool({ description: 'True if rejected or removed, false if approved.' }) refused: boolean;
  @Text({ nullable: true, description: 'The code of the given reason.' }) reason: string | null;
  @TextList({
    description:
      'The labels for which it is a positive example. An approved text is a negative example for all labels.',
  })
  labels: string[];

  @OneOf(TRAINING_EXAMPLE_USES, {
    description:
      '`held-out`: used for evaluation only and never for training; `none`: not used, because its reason says nothing about the text or the model does not support its language.',
  })
  use: (typeof TRAINING_EXAMPLE_USES)[number];
}

export class TrainingExamplePage {
  @ListOf(() => TrainingExample) items: TrainingExample[];
  @Text({ nullable: true, max: 1024 }) next: string | null;
}

export class SiteModelChoice {
  @Id({ nullable: true, description: 'A model that beats the shipped model; null for the shipped model.' })
  siteModelId: SiteModelId | null;
}

export class TrainingQueued {
  @OneOf(['queued'], { description: 'The progress is in `training`, and then the result in `lastTraining`.' })
  status: 'queued';
}
