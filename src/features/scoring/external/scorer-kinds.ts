import { akismet } from './akismet.js';
import type { ScorerKind, ScorerKindName } from './external-scorer.js';
import { openaiModeration } from './openai-moderation.js';
import { signedHttp } from './signed-http.js';

const KINDS: Record<ScorerKindName, ScorerKind> = {
  'signed-http': signedHttp,
  'openai-moderation': openaiModeration,
  akismet,
};

export const kindOf = (name: ScorerKindName): ScorerKind => KINDS[name];
