import type { Score } from '../scores.js';
import {
  BadAnswerError,
  listedLabels,
  MAX_EXTERNAL_LABELS,
  objectOf,
  parseJson,
  EXTERNAL_LABEL,
  valueOf,
  type ScorerKind,
} from './external-scorer.js';

const DEFAULT_MODEL = 'omni-moderation-latest';

/**
 * OpenAI's moderation endpoint (`POST /v1/moderations`) and compatible servers. Only the text is sent. The response's
 * `flagged` is an additional label, 0 or 1, which holds by default; the categories count as our labels with the same
 * meaning. Categories about topics (violence, self-harm) are only displayed, because news is full of them.
 */
export const openaiModeration: ScorerKind = {
  name: 'openai-moderation',
  url: 'https://api.openai.com/v1/moderations',
  labels: {
    flagged: { hold: 0.5 },
    harassment: { as: ['insult'] },
    'harassment/threatening': { as: ['threat'] },
    hate: { as: ['identityAttack'] },
    'hate/threatening': { as: ['identityAttack', 'threat'] },
    sexual: { as: ['sexual'] },
    'sexual/minors': { as: ['sexual'] },
  },
  options: ['model'],

  request({ scorer: { secrets, options }, input }) {
    return {
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        authorization: `Bearer ${secrets[0]}`,
      },
      body: JSON.stringify({ model: options.model ?? DEFAULT_MODEL, input: input.body }),
    };
  },

  read({ answer }) {
    const { results } = objectOf(parseJson(answer), 'The answer');
    if (!Array.isArray(results) || results.length === 0)
      throw new BadAnswerError('results is not a list with at least one entry.');
    const result = objectOf(results[0], 'The first of results');
    if (typeof result['flagged'] !== 'boolean')
      throw new BadAnswerError('flagged is neither true nor false.');
    const scores: Record<string, Score> = { flagged: { value: result['flagged'] ? 1 : 0, spans: [] } };
    const categories = Object.entries(objectOf(result['category_scores'], 'category_scores'));
    for (const [category, value] of categories.slice(0, MAX_EXTERNAL_LABELS)) {
      // Some servers return null for categories that the model does not know.
      if (value === null || !EXTERNAL_LABEL.test(category)) continue;
      scores[category] = { value: valueOf(value, category), spans: [] };
    }
    if (Object.keys(scores).length === 1) throw new BadAnswerError('category_scores contains no scores.');
    return scores;
  },

  // The categories depend on the model; `flagged` summarises them.
  required: (labels) => ['flagged', ...listedLabels(labels, openaiModeration.labels)],
};
