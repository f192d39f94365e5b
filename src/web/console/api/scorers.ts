import { call, get, id } from './call.js';
import type { Scorer, ScorerSettings, ScorerTrial } from '../wire.js';

/** Outside scorers. */
export const scorersApi = {
  scorers: (site: string, signal?: AbortSignal) =>
    get<{ items: Scorer[] }>(`/sites/${id(site)}/scorers`, signal),
  putScorer: (site: string, key: string, settings: ScorerSettings) =>
    call<Scorer & { secret?: string }>('PUT', `/sites/${id(site)}/scorers/${id(key)}`, settings),
  removeScorer: (site: string, key: string) => call<void>('DELETE', `/sites/${id(site)}/scorers/${id(key)}`),
  rotateScorer: (site: string, key: string) =>
    call<{ secret: string; previousUntil: string }>('POST', `/sites/${id(site)}/scorers/${id(key)}/rotate`),
  tryScorer: (site: string, key: string, text: string) =>
    call<ScorerTrial>('POST', `/sites/${id(site)}/scorers/${id(key)}/test`, { text }),
};
