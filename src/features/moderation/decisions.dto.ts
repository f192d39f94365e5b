import { ApiExtraModels } from '@nestjs/swagger';
import { Answer, Id, Int, ListOf, OneOf, Text } from '../../platform/http/fields.js';
import { COMMENT_STATUSES } from '../comments/comment-status.js';
import { MODERATOR_ACTIONS, type ModeratorAction } from './moderator-actions.js';

/** What stands in a decision: what rules and people did, and the taking back of it. */
export const RECORDED_ACTIONS = ['publish', 'hold', ...MODERATOR_ACTIONS, 'undo'] as const;

export class DecisionItem {
  @Id() commentId: string;
  @Int({ min: 1, description: 'The text that was read.' }) revision: number;
  @OneOf(MODERATOR_ACTIONS) action: ModeratorAction;
  @Text({ optional: true, max: 64, description: "A code of the site's reasons; the author reads its text." })
  reason?: string;

  @Text({ optional: true, max: 2000, description: 'For moderators only.' }) note?: string;
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
    { description: 'In the order of the request.' },
  )
  results: DecisionResult[];
}

export class UndoAnswer {
  @Id() commentId: string;
  @OneOf(COMMENT_STATUSES) status: string;
  @Id({ description: 'The reversing decision.' }) decisionId: string;
}
