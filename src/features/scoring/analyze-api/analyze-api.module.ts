import { Module } from '@nestjs/common';
import { SitesModule } from '../../sites/sites.module.js';
import { ScoringModule } from '../scoring.module.js';
import { DiscoveryController } from './discovery.controller.js';
import { AnalyzeController } from './analyze.controller.js';
import { RequestSiteResolver } from './request-site-resolver.js';
import { SuggestionRepository } from './suggestion.repository.js';
import { SuggestionsService } from './suggestions.service.js';

/** The scorer for external programs, with the interface of Perspective API. */
@Module({
  imports: [ScoringModule, SitesModule],
  controllers: [AnalyzeController, DiscoveryController],
  providers: [RequestSiteResolver, SuggestionRepository, SuggestionsService],
})
export class AnalyzeApiModule {}
