import { Instant, Int, ListOf, Nested, Num, OneOf, QueryInt, Text } from '../../../platform/http/fields.js';
import { LABELS } from '../../scoring/scores.js';

const ZONE = /^[A-Za-z][A-Za-z0-9_+/-]{0,63}$/;

export class QualityQuery {
  @QueryInt({ min: 1, max: 90, fallback: 30, description: 'So many days up to now.' })
  days: number = 30;

  @Text({
    optional: true,
    max: 64,
    pattern: ZONE,
    example: 'Europe/London',
    description: 'Days and hours of this time zone; UTC when left out.',
  })
  zone?: string;
}

export class CalibrationQuery {
  @QueryInt({ min: 1, max: 90, fallback: 90, description: 'So many days up to now.' })
  days: number = 90;

  @QueryInt({
    min: 1,
    max: 500,
    fallback: 50,
    description: 'The error that is wanted, per thousand, for the suggested thresholds.',
  })
  errorPerMille: number = 50;
}

export class ExportQuery extends QualityQuery {
  @OneOf(['csv', 'json'], { optional: true, description: 'CSV when left out.' }) format?: 'csv' | 'json';
}

/** A share, on how many it stands, and the Wilson interval of 95 % confidence. */
export class EstimateAnswer {
  @Int({ min: 0 }) count: number;
  @Int({ min: 0, description: 'On so many it stands.' }) of: number;
  @Num({ min: 0, max: 1, nullable: true, description: 'Null: on none.' }) value: number | null;
  @Num({ min: 0, max: 1, nullable: true }) low: number | null;
  @Num({ min: 0, max: 1, nullable: true }) high: number | null;
}

export class RuleQuality {
  @Text({ description: 'Its key.' }) rule: string;
  @Text({ nullable: true, description: 'The label that it looks at; null: another thing.' }) label:
    string | null;
  @Int({ min: 0 }) published: number;
  @Int({ min: 0 }) held: number;
  @Int({ min: 0 }) rejected: number;
  @Nested(() => EstimateAnswer, { description: 'Of what it held and people decided, what they published.' })
  falseHolds: EstimateAnswer;
  @Nested(() => EstimateAnswer, {
    description: 'Of what it published, judged in the sample: what people refuse.',
  })
  falsePasses: EstimateAnswer;
  @Nested(() => EstimateAnswer, {
    description: 'Of what it rejected, judged in the sample: what people publish.',
  })
  falseRejections: EstimateAnswer;
  @Nested(() => EstimateAnswer, {
    description: 'Of appeals against it that were answered, those overturned.',
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
  @Int({ min: 0, description: 'Decisions of people in this hour of the day.' }) decisions: number;
  @Num({ min: 0, nullable: true, description: 'Seconds.' }) p50: number | null;
  @Num({ min: 0, nullable: true, description: 'Seconds.' }) p95: number | null;
}

export class WaitingQuality {
  @Int({ min: 0 }) decisions: number;
  @Num({ min: 0, nullable: true, description: 'Seconds.' }) p50: number | null;
  @Num({ min: 0, nullable: true, description: 'Seconds.' }) p95: number | null;
}

export class SampleSide {
  @Int({ min: 0, description: 'Decisions that could have been drawn.' }) population: number;
  @Int({ min: 0 }) drawn: number;
  @Nested(() => EstimateAnswer, { description: 'Of what was judged, what people would decide otherwise.' })
  wrong: EstimateAnswer;
}

export class SampleQuality {
  @Nested(() => SampleSide, { description: 'Published by themselves.' }) published: SampleSide;
  @Nested(() => SampleSide, { description: 'Rejected by themselves.' }) rejected: SampleSide;
  @Int({ min: 0, description: 'Drawn and not judged.' }) waiting: number;
}

export class AgreementAnswer {
  @Int({ min: 0 }) pairs: number;
  @Nested(() => EstimateAnswer) agreed: EstimateAnswer;
  @Num({
    min: -1,
    max: 1,
    nullable: true,
    description: 'Cohen’s kappa; null: fewer than 20 pairs, or all answers are the same.',
  })
  kappa: number | null;
}

export class AgreementQuality {
  @Nested(() => AgreementAnswer, { description: 'Two judgements of one sample.' }) samples: AgreementAnswer;
  @Nested(() => AgreementAnswer, { description: 'A second opinion, and what a colleague then decided.' })
  opinions: AgreementAnswer;
}

export class AppealQuality {
  @Nested(() => EstimateAnswer, { description: 'Of appeals against rules, those overturned.' })
  ofRules: EstimateAnswer;
  @Nested(() => EstimateAnswer, { description: 'Of appeals against moderators, those overturned.' })
  ofPeople: EstimateAnswer;
}

export class QualityAnswer {
  @Instant({ description: 'From the beginning of that hour.' }) since: string;
  @Instant() until: string;
  @Instant({ nullable: true, description: 'Decisions before then are counted; null: none yet.' })
  countedUntil: string | null;
  @Text() zone: string;
  @Nested(() => EstimateAnswer, {
    description: 'Of the texts that rules decided about, those that waited for nobody.',
  })
  automatic: EstimateAnswer;
  @Nested(() => EstimateAnswer, { description: 'Of what was held and people decided, what they published.' })
  falseHolds: EstimateAnswer;
  @ListOf(() => RuleQuality, { description: 'Most decisions first.' }) rules: RuleQuality[];
  @ListOf(() => DayQuality, { description: 'Oldest first; days without a comment are there too.' })
  perDay: DayQuality[];
  @ListOf(() => HourQuality, { description: 'The 24 hours of the day.' }) hours: HourQuality[];
  @Nested(() => WaitingQuality, { description: 'How long comments waited until people decided.' })
  waited: WaitingQuality;
  @Nested(() => SampleQuality) sample: SampleQuality;
  @Nested(() => AgreementQuality) agreement: AgreementQuality;
  @Nested(() => AppealQuality) appeals: AppealQuality;
}

export class CalibrationBinAnswer {
  @Num({ min: 0, max: 1 }) from: number;
  @Num({ min: 0, max: 1 }) to: number;
  @Nested(() => EstimateAnswer, { description: 'What people refuse of texts with such a score.' })
  refused: EstimateAnswer;
}

export class SuggestionAnswer {
  @OneOf(['hold', 'reject']) kind: string;
  @Num({ min: 0, max: 1 }) wantedError: number;
  @OneOf(['enough', 'not-enough', 'none'], {
    description:
      '`enough`: the whole interval is within the wanted error; `not-enough`: too few are judged to say; `none`: no threshold gives it.',
  })
  state: string;
  @Num({ min: 0, max: 1, nullable: true }) threshold: number | null;
  @Num({ min: 0, max: 1, nullable: true, description: 'The threshold that counts; null: none.' })
  current: number | null;
  @Nested(() => EstimateAnswer, {
    description: 'Below a `hold`: what people refuse. From a `reject` on: what people publish.',
  })
  error: EstimateAnswer;
}

export class CalibrationAnswer {
  @OneOf(LABELS) label: string;
  @Instant() since: string;
  @Int({ min: 0, description: 'Texts that a rule held, and people decided.' }) held: number;
  @Int({ min: 0, description: 'Texts of the sample that people judged.' }) sampled: number;
  @ListOf(() => CalibrationBinAnswer, { description: 'Tenths of the scale.' }) bins: CalibrationBinAnswer[];
  @ListOf(() => SuggestionAnswer) suggestions: SuggestionAnswer[];
}
