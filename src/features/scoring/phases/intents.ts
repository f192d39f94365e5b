import { intentMargins, type Intent } from '../encoder/intent-head.js';
import { MIN_REASON_SCORE } from '../refusal.js';
import { logit, NO_SCORE, sigmoid, toValue, type Label, type Score, type ScoreMap } from '../scores.js';
import type { PhaseInput } from './phase.js';

/* Abuse whose words are harmless one by one, and which the phrases of the other phases do not include. */

/** As high as for phrases: the default policy holds from it on and rejects nothing. */
const MAX_SCORE = 0.75;

const LABELS_BY_INTENT = {
  putDown: 'insult',
  sexualRemark: 'sexual',
  groupHate: 'identityAttack',
  threat: 'threat',
  selfHarmBaiting: 'threat',
} as const satisfies Partial<Record<Intent, Label>>;
type AbusiveIntent = keyof typeof LABELS_BY_INTENT;
type IntentLabel = (typeof LABELS_BY_INTENT)[AbusiveIntent];

/** Scores what the text means, however it is worded. The encoder cannot tell which words matter, so there are no spans. */
export async function intents({
  body,
  embedding,
}: Pick<PhaseInput, 'body' | 'embedding'>): Promise<ScoreMap> {
  const scores: Record<IntentLabel, Score> = {
    insult: NO_SCORE,
    sexual: NO_SCORE,
    identityAttack: NO_SCORE,
    threat: NO_SCORE,
  };
  const margins = intentMargins(body, await embedding());
  if (!margins) return scores;
  for (const [intent, label] of Object.entries(LABELS_BY_INTENT) as [AbusiveIntent, IntentLabel][]) {
    if (margins[intent] < 0) continue;
    const value = toValue(Math.min(MAX_SCORE, sigmoid(margins[intent] + logit(MIN_REASON_SCORE))));
    if (value > scores[label].value) scores[label] = { value, spans: [] };
  }
  return scores;
}
