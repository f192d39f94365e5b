import { Injectable } from '@nestjs/common';
import { scoreByModel } from './model/shipped-model.js';
import type { ScoreMap } from './scores.js';

/** The one door to whatever judges a text by itself: the phases and the analyzer for outside clients use the same. */
@Injectable()
export class TextScorer {
  /**
   * @param text any text; spans are UTF-16 units into it
   * @returns every label that a text model judges (see `sites/labels.ts`)
   */
  score(text: string): ScoreMap {
    return scoreByModel(text);
  }
}
