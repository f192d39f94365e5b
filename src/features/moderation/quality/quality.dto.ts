import { Instant, Int, ListOf, Nested, Num, OneOf, QueryInt, Text } from '../../../platform/http/fields.js';
import { LABELS } from '../../scoring/scores.js';

const ZONE = /^[A-Za-z][A-Za-z0-9_+/-]{0,63}$/;

export class QualityQuery {
  @QueryInt({ min: 1, max: 90, fallback: 30, description: 'Number of days up to now.' })
  days: number = 30;

  @Text({
    optional: true,
    max: 64,
    pattern: ZONE,
    example: 'Europe/London',
    description: 'Time zone for days and hours. UTC if omitted.',
  })
  zone?: string;
}

export class CalibrationQuery {
  @QueryInt({ min: 1, max: 90, fallback: 90, description: 'Number of days up to now.' })
  days: number = 90;

  @QueryInt({
    min: 1,
    max: 500,
    fallback: 50,
    description: 'The acceptable error for the suggested thresholds, per thousand.',
  })
  errorPerMille: number = 50;
}

export class ExportQuery extends QualityQuery {
  @OneOf(['csv', 'json'], { optional: true, description: 'CSV if omitted.' }) format?: 'csv' | 'json';
}

/** A share, its sample size, and its 95 % Wilson interval. */
export class EstimateAnswer {
  @Int({ min: 0 }) count: number;
  @Int({ min: 0, description: 'Sample size.' }) of: number;
  @Num({ min: 0, max: 1, nullable: true, description: 'Null if the sample is empty.' }) value: number | null;
  @Num({ min: 0, max: 1, nullable: true }) low: number | null;
  @Num({ min: 0, max: 1, nullable: true }) high: number | null;
}

export class RuleQuality {
  @Text({ description: 'Key of the rule.' }) rule: string;
  @Text({
    nullable: true,
    description: 'The label that the rule is based on; null: it is based on something else.',
  })
  label: string | null;
  @Int({ min: 0 }) published: number;
  @Int({ min: 0 }) held: number;
  @Int({ min: 0 }) rejected: number;
  @Nested(() => EstimateAnswer, {
    description: 'Share published by people among comments that the rule held and people decided.',
  })
  falseHolds: EstimateAnswer;
  @Nested(() => EstimateAnswer, {
    description: 'Share refused by people among sampled comments that the rule published.',
  })
  falsePasses: EstimateAnswer;
  @Nested(() => EstimateAnswer, {
    description: 'Share published by people among sampled comments that the rule rejected.',
  })
  falseRejections: EstimateAnswer;
  @Nested(() => EstimateAnswer, {
    description: 'Share overturned among decided appeals against the rule.',
  })
  overturned: EstimateAnswer;
}

export class DayQuality {
  @Text({ pattern: /^\d{4}-\d\d-\d\d$/, example: '2026-11-28' }) day: string;
  @Int({ min: 0 }) published: number;
  @Int({ min: 0 }) held: number;
  @Int({ min: 0 }) rejected: number;
}

export class HourQuality {
  @Int({ min: 0, max: 23 }) hour: number;
  @Int({ min: 0, description: 'Decisions by people in this hour of the day.' }) decisions: number;
  @Num({ min: 0, nullable: true, description: 'Median waiting time in seconds.' }) p50: number | null;
  @Num({ min: 0, nullable: true, description: '95th percentile of the waiting time in seconds.' }) p95:
    number | null;
}

export class WaitingQuality {
  @Int({ min: 0 }) decisions: number;
  @Num({ min: 0, nullable: true, description: 'Median waiting time in seconds.' }) p50: number | null;
  @Num({ min: 0, nullable: true, description: '95th percentile of the waiting time in seconds.' }) p95:
    number | null;
}

export class SampleSide {
  @Int({ min: 0, description: 'Decisions eligible for the sample.' }) population: number;
  @Int({ min: 0 }) drawn: number;
  @Nested(() => EstimateAnswer, {
    description: 'Share of the reviewed samples that people would decide differently.',
  })
  wrong: EstimateAnswer;
}

export class SampleQuality {
  @Nested(() => SampleSide, { description: 'Automatically published comments.' }) published: SampleSide;
  @Nested(() => SampleSide, { description: 'Automatically rejected comments.' }) rejected: SampleSide;
  @Int({ min: 0, description: 'Samples not reviewed yet.' }) waiting: number;
}

export class AgreementAnswer {
  @Int({ min: 0 }) pairs: number;
  @Nested(() => EstimateAnswer) agreementRate: EstimateAnswer;
  @Num({
    min: -1,
    max: 1,
    nullable: true,
    description: 'Cohen’s kappa; null: fewer than 20 pairs, or all answers are the same.',
  })
  kappa: number | null;
}

export class AgreementQuality {
  @Nested(() => AgreementAnswer, { description: 'Agreement of two reviews of the same sample.' })
  samples: AgreementAnswer;
  @Nested(() => AgreementAnswer, {
    description: 'Agreement of a second opinion with the colleague’s later decision.',
  })
  opinions: AgreementAnswer;
}

export class AppealQuality {
  @Nested(() => EstimateAnswer, { description: 'Share overturned among decided appeals against rules.' })
  ofRules: EstimateAnswer;
  @Nested(() => EstimateAnswer, { description: 'Share overturned among decided appeals against moderators.' })
  ofPeople: EstimateAnswer;
}

export class QualityAnswer {
  @Instant({ description: 'Start of the period, rounded down to the hour.' }) since: string;
  @Instant() until: string;
  @Instant({ nullable: true, description: 'Decisions before this time are included; null: none yet.' })
  countedUntil: string | null;
  @Text() zone: string;
  @Nested(() => EstimateAnswer, {
    description: 'Share of the texts decided by rules that did not wait for a person.',
  })
  automatic: EstimateAnswer;
  @Nested(() => EstimateAnswer, {
    description: 'Share published by people among comments that were held and decided by people.',
  })
  falseHolds: EstimateAnswer;
  @ListOf(() => RuleQuality, { description: 'Most decisions first.' }) rules: RuleQuality[];
  @ListOf(() => DayQuality, { description: 'Oldest first. Days without comments are included.' })
  perDay: DayQuality[];
  @ListOf(() => HourQuality, { description: 'The 24 hours of the day.' }) hours: HourQuality[];
  @Nested(() => WaitingQuality, { description: 'How long comments waited for a decision by people.' })
  waited: WaitingQuality;
  @Nested(() => SampleQuality) sample: SampleQuality;
  @Nested(() => AgreementQuality) agreement: AgreementQuality;
  @Nested(() => AppealQuality) appeals: AppealQuality;
}

export class CalibrationBinAnswer {
  @Num({ min: 0, max: 1 }) from: number;
  @Num({ min: 0, max: 1 }) to: number;
  @Nested(() => EstimateAnswer, { description: 'Share refused by people among texts with such a score.' })
  refused: EstimateAnswer;
}

export class SuggestionAnswer {
  @OneOf(['hold', 'reject']) kind: string;
  @Num({ min: 0, max: 1 }) wantedError: number;
  @OneOf(['enough', 'not-enough', 'none'], {
    description:
      '`enough`: the whole interval is within the acceptable error; `not-enough`: too few texts were reviewed; `none`: no threshold has an acceptable error.',
  })
  state: string;
  @Num({ min: 0, max: 1, nullable: true }) threshold: number | null;
  @Num({ min: 0, max: 1, nullable: true, description: 'The effective threshold; null: none.' })
  current: number | null;
  @Nested(() => EstimateAnswer, {
    description:
      'For `hold`: share refused by people below the threshold. For `reject`: share published by people at or above it.',
  })
  error: EstimateAnswer;
}

/** The effect that a hold threshold would have had on the latest comments. */
export class ThresholdEffectAnswer {
  @Num({ min: 0, max: 1 }) hold: number;
  @Num({ min: 0, max: 1, description: 'Share of the comments at or above it.' }) held: number;
  @Num({
    min: 0,
    max: 1,
    description:
      'Expected share below it among the comments that the label applies to, if the scores are accurate probabilities.',
  })
  missed: number;
}

export class CalibrationAnswer {
  @OneOf(LABELS) label: string;
  @Instant() since: string;
  @Int({ min: 0, description: 'Texts that a rule held and people decided.' }) held: number;
  @Int({ min: 0, description: 'Sampled texts that people reviewed.' }) sampled: number;
  @ListOf(() => CalibrationBinAnswer, {
    description: 'Ranges of scores, ascending. They are narrow at low scores, where most comments are.',
  })
  bins: CalibrationBinAnswer[];
  @ListOf(() => SuggestionAnswer) suggestions: SuggestionAnswer[];
  @Int({ min: 0, max: 5000, description: 'Number of the latest comments that have a score for the label.' })
  latestComments: number;
  @ListOf(() => ThresholdEffectAnswer, {
    description: 'The effects of thresholds on these comments; empty if there are none.',
  })
  effects: ThresholdEffectAnswer[];
}
