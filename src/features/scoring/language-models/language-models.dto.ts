import { Int, ListOf, Num, Text } from '../../../platform/http/fields.js';

export class LanguageModelMeasurement {
  @Text({ description: 'ISO 639-1.' }) language: string;
  @Text({ description: 'The version of the model.' }) model: string;
  @Int({ description: 'Comments in the language that moderators decided about; the latest 2,000 count.' })
  decisions: number;
  @Int({ description: 'How many are needed at least.' }) decisionsNeeded: number;

  @Num({
    nullable: true,
    description:
      'The toxicity below which comments would be published. Null: `publish` would be refused, because there are too few decisions or too many comments would be published by mistake.',
  })
  publishBelow: number | null;

  @Num({
    description:
      'The share of these comments below the limit, 0 to 1; without a limit, below the one that comes closest.',
  })
  share: number;
  @Num({ description: 'The share of those that moderators refused.' }) wrong: number;
  @Num({ description: 'The upper bound of its 95 % confidence interval.' }) wrongAtMost: number;
  @Num({ description: 'The largest `wrongAtMost` that is accepted.' }) wrongAllowed: number;
}

export class LanguageModelList {
  @ListOf(() => LanguageModelMeasurement, { description: 'The languages that can be set to `publish`.' })
  items: LanguageModelMeasurement[];
}
