import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '../../../platform/database/database.js';
import { Cursors, type Page } from '../../../platform/http/cursor.js';
import type { PageQuery } from '../../../platform/http/fields.js';
import type { DecisionId } from '../../../platform/ids.js';
import type { SiteContext } from '../../../platform/tenancy/site-context.js';
import { SITE_LABELS } from './site-labels.js';
import { labelsOf, type Labelled } from './decision-labels.js';
import { isHeldOut } from './site-corpus.js';
import { HumanDecisions, type DecidedComment } from './human-decisions.js';
import { isSupportedByModel, MAX_LISTED_DECISIONS, MAX_SUGGESTED } from './training-limits.js';
import type { TrainingExample, SiteModelAnswer } from './site-model.dto.js';
import { SiteModelRepository } from './site-model.repository.js';
import { MIN_HELD_OUT, MIN_TO_TRAIN } from './train-site-model.js';

const CURSOR_SCOPE = 'training-examples';
const EXCERPT_CHARS = 280;

/** The training examples of a site model, for display. */
@Injectable()
export class TrainingExamplesView {
  constructor(
    private readonly database: Database,
    private readonly decisions: HumanDecisions,
    private readonly models: SiteModelRepository,
    private readonly cursors: Cursors,
  ) {}

  /**
   * Newest first.
   * @throws Problem 400 for a cursor that does not belong to this list
   */
  async list(ctx: SiteContext, { cursor, limit }: PageQuery): Promise<Page<TrainingExample>> {
    const before = (this.cursors.read(CURSOR_SCOPE, cursor)?.[0] ?? null) as DecisionId | null;
    const rows = await this.database.inSite(ctx, (tx) =>
      this.decisions.page(tx, ctx, MAX_LISTED_DECISIONS, before, limit + 1),
    );
    return this.cursors.page(rows, limit, CURSOR_SCOPE, ({ decisionId }) => [decisionId], toTrainingExample);
  }

  /** By label, regardless of the language of the texts. */
  async collected(tx: Tx, ctx: SiteContext): Promise<SiteModelAnswer['collected']> {
    const labels = Object.fromEntries(SITE_LABELS.map((label) => [label, { positives: 0, negatives: 0 }]));
    const count = (labelled: Labelled, texts: number): void => {
      for (const label of SITE_LABELS) {
        const degree = labelled[label];
        if (degree !== undefined) labels[label][degree >= 0.5 ? 'positives' : 'negatives'] += texts;
      }
    };
    let decisions = 0;
    for (const verdict of await this.decisions.counts(tx, ctx, MAX_LISTED_DECISIONS)) {
      const verdictLabels = labelsOf(verdict);
      if (Object.keys(verdictLabels).length > 0) decisions += verdict.texts;
      count(verdictLabels, verdict.texts);
    }
    const suggested = await this.models.countSuggested(tx, ctx, MAX_SUGGESTED);
    for (const { label, positives, negatives } of suggested.labels) {
      if (!Object.hasOwn(labels, label)) continue;
      labels[label].positives += positives;
      labels[label].negatives += negatives;
    }
    return { decisions, suggested: suggested.texts, labels, needed: MIN_TO_TRAIN + MIN_HELD_OUT };
  }
}

function toTrainingExample(comment: DecidedComment): TrainingExample {
  const { decisionId, commentId, decidedAt, text, refused, reason } = comment;
  const labels = labelsOf(comment);
  const isUsed = Object.keys(labels).length > 0 && isSupportedByModel(text);
  return {
    decisionId,
    commentId,
    decidedAt: decidedAt.toISOString(),
    excerpt: excerptOf(text),
    refused,
    reason,
    labels: SITE_LABELS.filter((label) => (labels[label] ?? 0) >= 0.5),
    use: isUsed ? (isHeldOut(text) ? 'held-out' : 'trained') : 'none',
  };
}

/** Never cuts a character in two. */
function excerptOf(text: string): string {
  const line = text
    .slice(0, 2 * EXCERPT_CHARS)
    .replace(/\s+/g, ' ')
    .trim();
  return line.length <= EXCERPT_CHARS
    ? line.toWellFormed()
    : `${line.slice(0, EXCERPT_CHARS - 1).toWellFormed()}…`;
}
