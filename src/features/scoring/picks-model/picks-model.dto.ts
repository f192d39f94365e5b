import { Bool, Id, Instant, Int, ListOf, Nested, Num, OneOf } from '../../../platform/http/fields.js';
import type { PicksModelId } from './picks-model.repository.js';

class RankingFiguresDto {
  @Num({
    description:
      'How often the shipped ranking put a pick above another comment of about the same length: 0.5 if it knows nothing, 1 if always (ROC-AUC).',
  })
  shipped: number;

  @Num({ description: 'The same for this model, on stories that it was not trained on.' })
  learned: number;
  @Num({
    description:
      'The lower bound of the difference, one-sided at 95 %. A shipped figure below 0.5 counts as 0.5. The model is used only if this is above 0.',
  })
  gainAtLeast: number;
}

export class PicksModelSummary {
  @Id() id: PicksModelId;
  @OneOf(['active', 'retired'], { description: '`active`: it ranks comments now.' }) state:
    'active' | 'retired';
  @Int({ description: 'Picks that it was trained on.' }) picks: number;
  @Int({ description: 'Comments that it was trained on, with the picks.' }) comments: number;
  @Nested(() => RankingFiguresDto) figures: RankingFiguresDto;
  @Instant() createdAt: string;
}

class LastPicksTraining {
  @Instant({ nullable: true }) at: string | null;
  @OneOf(['trained', 'too-few', 'failed'], {
    nullable: true,
    description:
      '`too-few`: fewer than 50 picks with five other comments of their length each, or fewer than 10 stories; null: no training has run yet.',
  })
  outcome: 'trained' | 'too-few' | 'failed' | null;
}

export class PicksModelAnswer {
  @Bool({ description: 'False after a person switched it off: nothing is trained and no model is used.' })
  enabled: boolean;
  @Int({ description: 'Published comments of the site that are picked.' }) picks: number;
  @Int({ description: 'Picks that a training needs.' }) needed: number;
  @Nested(() => LastPicksTraining) lastTraining: LastPicksTraining;
  @ListOf(() => PicksModelSummary, { description: 'Newest first; only the latest ones are stored.' })
  models: PicksModelSummary[];
}

export class PicksModelChange {
  @Bool({ description: 'Whether models are trained, and used if they rank better than the shipped head.' })
  enabled: boolean;
}
