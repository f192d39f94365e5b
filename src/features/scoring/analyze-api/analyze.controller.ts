import { Body, Controller, HttpCode, Post, Req, UseGuards } from '@nestjs/common';
import {
  ApiBody,
  ApiExtraModels,
  ApiOkResponse,
  ApiOperation,
  ApiQuery,
  ApiResponse,
  ApiSecurity,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { AdminPrincipal, KeyPrincipal } from '../../../platform/auth/principal.js';
import { orderingLanguages } from '../../sites/language-levels.js';
import type { SiteId } from '../../../platform/ids.js';
import { QualityScorer } from '../quality/quality-scorer.service.js';
import type { QualityScores, ScoreMap } from '../scores.js';
import { TextScorer } from '../text-scorer.js';
import { isQualityAttribute } from './attributes.js';
import { analyze, type Analysis, type LanguageScorers } from './analysis.js';
import {
  AnalyzeCommentRequest,
  AnalyzeCommentResponse,
  AttributeParameters,
  AttributeScores,
  GoogleError,
  SuggestCommentScoreRequest,
  SuggestCommentScoreResponse,
} from './analyze.dto.js';
import { AnalyzeKeyGuard } from './analyze-key.guard.js';
import { RequestSiteResolver } from './request-site-resolver.js';
import { readAnalyzeRequest, readSuggestRequest, type AnalyzeRequest } from './messages.js';
import { SuggestionsService, type SuggestionAnswer } from './suggestions.service.js';

/**
 * Comment Analyzer v1alpha1 for clients of Perspective API. A double colon in the router's paths is an escaped colon.
 */
@Controller('v1alpha1')
@UseGuards(AnalyzeKeyGuard)
@ApiTags('analyzer')
@ApiExtraModels(AttributeParameters, AttributeScores)
@ApiSecurity('analyzerKey')
@ApiResponse({ status: '4XX', type: GoogleError, description: 'Error in the format of Google APIs.' })
@ApiQuery({
  name: 'key',
  required: false,
  description: 'A key with the scope `score`. You can also send it as `X-Goog-Api-Key`.',
})
export class AnalyzeController {
  constructor(
    private readonly scorer: TextScorer,
    private readonly quality: QualityScorer,
    private readonly requestSites: RequestSiteResolver,
    private readonly suggestions: SuggestionsService,
  ) {}

  @Post('comments::analyze')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Score a text',
    description:
      'Works like `comments:analyze` of the Perspective API. English is scored for all attributes, other languages as far as this installation has a model or a word list for them. The models for Arabic, French, German, Portuguese and Spanish score `TOXICITY`, to order a queue by; see docs/languages.md. `ARGUMENT_QUALITY`, `ON_TOPIC` (which requires `context.articleAndParentComment`), `QUESTION` and `NEWSROOM` rate the quality of an English comment; see docs/comment-quality.md. A text that cannot be scored is refused, or gets the score set on the key (`unread`).',
  })
  @ApiBody({ type: AnalyzeCommentRequest })
  @ApiOkResponse({ type: AnalyzeCommentResponse, description: 'The scores.' })
  async analyze(@Req() request: FastifyRequest, @Body() body: unknown): Promise<Analysis> {
    const analyzeRequest = readAnalyzeRequest(body);
    const caller = request.principal as AdminPrincipal | KeyPrincipal;
    const site = await this.requestSites.siteOf(caller, analyzeRequest.communityId);
    // A site that trains its own model is scored by that model.
    const siteWithModel = site && site.policy.moderation.learning !== 'off' ? site.id : null;
    const scorers: LanguageScorers = {
      languages: this.scorer.languages,
      orderingLanguages: orderingLanguages(site?.policy ?? null),
      scoreIn: (language, text) => this.scoreIn(language, text, siteWithModel, analyzeRequest),
    };
    return analyze(analyzeRequest, scorers, caller.kind === 'key' ? caller.unreadScore : null);
  }

  private async scoreIn(
    language: string,
    text: string,
    siteWithModel: SiteId | null,
    { attributes, article, parent }: AnalyzeRequest,
  ): Promise<(ScoreMap & QualityScores) | null> {
    const scores = await this.scorer.scoreIn(language, text, siteWithModel);
    if (scores === null || language !== 'en' || ![...attributes.keys()].some(isQualityAttribute))
      return scores;
    return { ...scores, ...(await this.quality.scoreText(text, article, parent)) };
  }

  @Post('comments::suggestscore')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Suggest scores for a text',
    description:
      'Like `comments:suggestscore` of Perspective API. The suggestion is stored for a year as training data unless `doNotStore` is set.',
  })
  @ApiBody({ type: SuggestCommentScoreRequest })
  @ApiOkResponse({ type: SuggestCommentScoreResponse, description: 'The suggestion was accepted.' })
  suggestscore(@Req() request: FastifyRequest, @Body() body: unknown): Promise<SuggestionAnswer> {
    return this.suggestions.suggest(
      request.principal as AdminPrincipal | KeyPrincipal,
      readSuggestRequest(body),
    );
  }
}
