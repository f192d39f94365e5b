import { ApiExtraModels } from '@nestjs/swagger';
import { ValidateBy } from 'class-validator';
import {
  Answer,
  Bool,
  Id,
  Instant,
  Int,
  Json,
  ListOf,
  Nested,
  Num,
  OneOf,
  PageQuery,
  Text,
  TextList,
} from '../../../platform/http/fields.js';
import { OptionalBody } from '../../../platform/http/validation.pipe.js';
import { HiddenWordsField } from '../hidden-words.field.js';
import type { HiddenWords } from '../hidden-words.js';
import { COMPARED_LABELS, type ComparedLabel } from './scorer-ref.js';

export const MAX_COMMENTS = 20_000;
const REF = {
  max: 41,
  pattern: /^(local|shipped|site-model|custom-model|external:[a-z][a-z0-9-]{0,31})$/,
  patternMessage:
    '$property must be local, shipped, site-model or custom-model, or external: followed by the key of a scorer',
};
const THRESHOLDS = {
  type: 'object',
  properties: Object.fromEntries(
    COMPARED_LABELS.map((label) => [label, { type: 'number', minimum: 0, maximum: 1 }]),
  ),
  additionalProperties: false,
  minProperties: 1,
};

const isThresholds = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  Object.keys(value).length > 0 &&
  Object.entries(value).every(
    ([label, from]) =>
      (COMPARED_LABELS as readonly string[]).includes(label) &&
      typeof from === 'number' &&
      from >= 0 &&
      from <= 1,
  );

export class NewCalibration {
  @Text({ ...REF, description: 'The scorer whose thresholds are known.' }) from: string;
  @Text({ ...REF, description: 'The scorer to find thresholds for.' }) to: string;

  @Json(THRESHOLDS, {
    optional: true,
    description:
      'By label: the score from which the first scorer holds a comment. Defaults to the hold thresholds of the policy for the labels that both score.',
  })
  @ValidateBy({
    name: 'thresholds',
    validator: {
      validate: isThresholds,
      defaultMessage: () =>
        `$property must map at least one of ${COMPARED_LABELS.join(', ')} to a score from 0 to 1`,
    },
  })
  thresholds?: Partial<Record<ComparedLabel, number>>;

  @Int({
    optional: true,
    min: 10,
    max: MAX_COMMENTS,
    description: 'Ends after this many comments were compared. Default: 2000.',
  })
  comments?: number;

  @Int({ optional: true, min: 1, max: 31, description: 'Ends after this many days. Default: 14.' })
  days?: number;
}

export class CalibrationScorer {
  @Text({ description: 'The same format as in `from` and `to`.' }) id: string;
  @Text({ description: 'Display name.' }) name: string;
  @TextList({ description: 'Labels that it scores or may score.' }) labels: string[];
}

export class CalibrationLabel {
  @OneOf(COMPARED_LABELS) label: string;
  @Num({ description: 'The score from which the first scorer holds a comment.' }) heldFrom: number;
  @Int({ description: 'Comments that both scored.' }) comments: number;
  @Int({ description: 'Of these, the number that the first scorer holds.' }) held: number;
  @Num({
    nullable: true,
    description:
      'The threshold at which the second scorer holds the same share; null if the first held none.',
  })
  threshold: number | null;
  @Answer(
    { type: ['array', 'null'], items: { type: 'number' }, minItems: 2, maxItems: 2 },
    { description: '95 % confidence interval of that threshold, from the sample size.' },
  )
  range: readonly [number, number] | null;
  @Int() bothHold: number;
  @Int() onlyFromHolds: number;
  @Int() onlyToHolds: number;
  @Int() neitherHolds: number;
  @Bool({
    description:
      'True if there are too few comments to rely on the result: fewer than 300 in total, fewer than 30 that either scorer holds, or fewer than 30 that the first scorer does not hold.',
  })
  isUncertain: boolean;
}

export class CalibrationAbsence {
  @OneOf(['from', 'to']) side: string;
  @Text({
    description:
      'An outcome of external scorers, or `language` (not supported), `no-score` (the response lacks a score for one of the compared labels), `not-called`, `unavailable` (a model that is missing or did not respond), `gone` (the scorer was removed).',
  })
  why: string;
  @Int() comments: number;
}

export class ScorerCalibrationSummary {
  @Id() id: string;
  @Nested(() => CalibrationScorer) from: CalibrationScorer;
  @Nested(() => CalibrationScorer) to: CalibrationScorer;
  @OneOf(['running', 'ended']) state: string;
  @Int({ description: 'Comments compared so far, for which both scorers returned a score for every label.' })
  comments: number;
  @Int() maxComments: number;
  @Int({ description: 'Comments for which the first scorer returned no result.' }) fromAbsent: number;
  @Int() toAbsent: number;
  @Instant() startedAt: string;
  @Instant({ description: 'Ends at this time at the latest.' }) endsAt: string;
  @Instant({ nullable: true }) endedAt: string | null;
  @Int({ nullable: true, description: 'The version of the policy that adopted its thresholds.' })
  adoptedVersion: number | null;
  @Instant({ nullable: true }) adoptedAt: string | null;
}

export class ScorerCalibration extends ScorerCalibrationSummary {
  @ListOf(() => CalibrationLabel) labels: CalibrationLabel[];
  @ListOf(() => CalibrationAbsence, { description: 'Why scores are missing, most frequent first.' })
  absences: CalibrationAbsence[];
}

export class ScorerCalibrationPage {
  @ListOf(() => ScorerCalibrationSummary) items: ScorerCalibrationSummary[];
  @Text({ nullable: true }) next: string | null;
  @ListOf(() => CalibrationScorer, { description: 'Scorers that can be compared now.' })
  scorers: CalibrationScorer[];
}

export class DifferencesQuery extends PageQuery {
  @OneOf(COMPARED_LABELS, { description: 'One of the compared labels.' }) label: ComparedLabel;
}

export class CalibrationDifference {
  @Id() commentId: string;
  @Text({ max: 20_000 }) body: string;
  @HiddenWordsField() hidden: HiddenWords;
  @Text() status: string;
  @Instant() createdAt: string;
  @Num() from: number;
  @Num() to: number;
  @Bool() fromHolds: boolean;
  @Bool() toHolds: boolean;
  @OneOf(['publish', 'refuse'], { nullable: true, description: 'What moderators decided.' }) people:
    string | null;
}

@ApiExtraModels(CalibrationDifference)
export class CalibrationDifferencePage {
  @ListOf(() => CalibrationDifference) items: CalibrationDifference[];
  @Text({ nullable: true }) next: string | null;
}

@OptionalBody()
export class CalibrationAdoption {
  @TextList({
    optional: true,
    values: COMPARED_LABELS,
    minItems: 1,
    description:
      'Labels whose thresholds to adopt. Defaults to all thresholds that were found and are not uncertain.',
  })
  labels?: ComparedLabel[];
}
