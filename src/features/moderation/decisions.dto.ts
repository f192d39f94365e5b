import { ApiExtraModels } from '@nestjs/swagger';
import { Answer, Id, Int, ListOf, OneOf, Text } from '../../platform/http/fields.js';
import { COMMENT_STATUSES } from '../comments/comment-status.js';
import { MODERATOR_ACTIONS, type ModeratorAction } from './moderator-actions.js';

/** Actions that a decision can record: those of rules and people, and undo. */
export const RECORDED_ACTIONS = ['publish', 'hold', ...MODERATOR_ACTIONS, 'undo'] as const;

export class DecisionItem {
  @Id() commentId: string;
  @Int({ min: 1, description: 'The revision that was read.' }) revision: number;
  @OneOf(MODERATOR_ACTIONS) action: ModeratorAction;
  @Text({
    optional: true,
    max: 64,
    description: "Code of one of the site's reasons. The author sees the reason's text.",
  })
  reason?: string;

  @Text({ optional: true, max: 2000, description: 'Visible to moderators only.' }) note?: string;
}

export class DecisionsRequest {
  @ListOf(() => DecisionItem, { minItems: 1, maxItems: 100 }) decisions: DecisionItem[];
}

export class DecisionSuccess {
  @Id() commentId: string;
  @OneOf(COMMENT_STATUSES) status: string;
  @Id() decisionId: string;
}

export class DecisionFailure {
  @Id() commentId: string;
  @Answer({ $ref: '#/components/schemas/Problem' }) error: Record<string, unknown>;
}

export type DecisionResult = DecisionSuccess | DecisionFailure;

@ApiExtraModels(DecisionSuccess, DecisionFailure)
export class DecisionsAnswer {
  @Answer(
    {
      type: 'array',
      items: {
        oneOf: [DecisionSuccess, DecisionFailure].map(({ name }) => ({
          $ref: `#/components/schemas/${name}`,
        })),
      },
    },
    { description: 'Results in the order of the request.' },
  )
  results: DecisionResult[];
}

export class UndoAnswer {
  @Id() commentId: string;
  @OneOf(COMMENT_STATUSES) status: string;
  @Id({ description: 'The new decision that undoes the earlier one.' }) decisionId: string;
}
