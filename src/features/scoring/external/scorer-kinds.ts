import { akismet } from './akismet.js';
import { chat } from './chat.js';
import type { ScorerKind, ScorerKindName } from './external-scorer.js';
import { openaiModeration } from './openai-moderation.js';
import { perspective } from './perspective.js';
import { signedHttp } from './signed-http.js';

const KINDS: Record<ScorerKindName, ScorerKind> = {
  'signed-http': signedHttp,
  'openai-moderation': openaiModeration,
  akismet,
  perspective,
  chat,
};

export const kindOf = (name: ScorerKindName): ScorerKind => KINDS[name];

/** Kinds that receive corrections. */
export const CORRECTED_KINDS: readonly ScorerKindName[] = Object.values(KINDS)
  .filter((kind) => 'correct' in kind)
  .map(({ name }) => name);
