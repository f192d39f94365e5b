import { Injectable } from '@nestjs/common';
import type { AdminPrincipal, KeyPrincipal } from '../../../platform/auth/principal.js';
import { languagesOf } from './analysis.js';
import { labelOf } from './attributes.js';
import { RequestSiteResolver } from './request-site-resolver.js';
import type { SuggestRequest } from './messages.js';
import { SuggestionRepository } from './suggestion.repository.js';

export interface SuggestionAnswer {
  detectedLanguages: readonly string[];
  requestedLanguages: readonly string[];
  clientToken?: string;
}

@Injectable()
export class SuggestionsService {
  constructor(
    private readonly requestSites: RequestSiteResolver,
    private readonly suggestions: SuggestionRepository,
  ) {}

  /**
   * Builds the response to `comments:suggestscore`. The suggestion has been stored by then, unless the client forbids
   * it.
   */
  async suggest(caller: AdminPrincipal | KeyPrincipal, request: SuggestRequest): Promise<SuggestionAnswer> {
    const detectedLanguages = languagesOf(request.text);
    const { languages, clientToken } = request;
    if (request.mayStore) {
      await this.suggestions.insert({
        siteId: (await this.requestSites.siteOf(caller, request.communityId))?.id ?? null,
        keyId: caller.kind === 'key' ? caller.keyId : null,
        text: request.text,
        scores: Object.fromEntries([...request.scores].map(([name, score]) => [labelOf(name), score])),
        communityId: request.communityId,
        clientToken: clientToken ?? null,
      });
    }
    return {
      detectedLanguages,
      requestedLanguages: languages,
      ...(clientToken === undefined ? {} : { clientToken }),
    };
  }
}
