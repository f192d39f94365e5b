import { Injectable } from '@nestjs/common';
import type { SiteId } from '../../platform/ids.js';
import { scoreByModel } from './model/shipped-model.js';
import { OwnModel } from './own-model/own-model.js';
import type { ScoreMap } from './scores.js';
import { SiteHeads } from './site-head/site-heads.js';

/** The one door to whatever judges a text by itself: the phases and the analyzer for outside clients use the same. */
@Injectable()
export class TextScorer {
  constructor(
    private readonly heads: SiteHeads,
    private readonly ownModel: OwnModel,
  ) {}

  /**
   * @param text any text; spans are UTF-16 units into it
   * @param siteId whose line it is judged by, as far as it has learned one; null: nobody's
   * @returns every label that a text model judges (see `sites/labels.ts`)
   * @throws when the shipped model cannot be asked
   */
  async score(text: string, siteId: SiteId | null): Promise<ScoreMap> {
    const shipped = scoreByModel(text);
    const judged = siteId === null ? shipped : await this.heads.judge(siteId, text, shipped);
    return this.ownModel.add(text, judged);
  }
}
