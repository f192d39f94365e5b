import {
  Answer,
  Bool,
  Int,
  Json,
  ListOf,
  Nested,
  Num,
  OneOf,
  Text,
  TextList,
} from '../../../platform/http/fields.js';
import { MAX_ITEMS, MAX_TOKEN_CHARS, SCORE_TYPES, TEXT_TYPES } from './messages.js';

/* What OpenAPI shows of the two calls, by the names of Comment Analyzer v1alpha1; bodies are read in messages.ts. */

const optional = { optional: true } as const;
const token = { ...optional, min: 0, max: MAX_TOKEN_CHARS };
const mapOf = (schema: string): Record<string, unknown> => ({
  type: 'object',
  additionalProperties: { $ref: `#/components/schemas/${schema}` },
});

export class TextEntry {
  @Text({ ...optional, min: 0, max: 100_000, description: 'At most 20,480 bytes of UTF-8.' }) text?: string;
  @OneOf(TEXT_TYPES, { ...optional, description: 'Plain text, when left out.' }) type?: string;
}

export class ArticleAndParentComment {
  @Nested(() => TextEntry, optional) article?: TextEntry;
  @Nested(() => TextEntry, optional) parentComment?: TextEntry;
}

export class CommentContext {
  @ListOf(() => TextEntry, { ...optional, maxItems: MAX_ITEMS }) entries?: TextEntry[];
  @Nested(() => ArticleAndParentComment, optional) articleAndParentComment?: ArticleAndParentComment;
}

export class AttributeParameters {
  @OneOf(SCORE_TYPES, { ...optional, description: 'Only probabilities are given.' }) scoreType?: string;
  @Num({ ...optional, description: 'A lower score is left out of the answer.' }) scoreThreshold?: number;
}

class CommentRequest {
  @Nested(() => TextEntry) comment: TextEntry;
  @Nested(() => CommentContext, { ...optional, description: 'Taken, and not looked at.' })
  context?: CommentContext;

  @TextList({
    ...optional,
    min: 0,
    max: MAX_TOKEN_CHARS,
    maxItems: MAX_ITEMS,
    description: 'BCP 47. Found out when left out.',
  })
  languages?: string[];

  @Text({ ...token, description: 'Comes back in the answer.' }) clientToken?: string;
  @Text({ ...token, description: "A site's id files a suggestion under that site." }) communityId?: string;
  @Text(token) sessionId?: string;
  @Bool({ ...optional, description: 'Texts to analyze are never stored; suggestions are, without this.' })
  doNotStore?: boolean;
}

export class AnalyzeCommentRequest extends CommentRequest {
  @Json(mapOf('AttributeParameters'), {
    description:
      'By attribute: TOXICITY, SEVERE_TOXICITY, INSULT, PROFANITY, THREAT, IDENTITY_ATTACK, SEXUALLY_EXPLICIT, SPAM.',
  })
  requestedAttributes: Record<string, AttributeParameters>;

  @Bool({ ...optional, description: 'Whether spans are what made the score so, instead of the whole text.' })
  spanAnnotations?: boolean;

  @Bool({ ...optional, description: 'Leaves out what is not scored in the language, instead of refusing.' })
  dropUnsupportedAttributes?: boolean;
}

export class AnalyzerScore {
  @Num(optional) value?: number;
  @OneOf(SCORE_TYPES, optional) type?: string;
}

export class SpanScore {
  @Int({ ...optional, description: 'In UTF-16 units.' }) begin?: number;
  @Int({ ...optional, description: 'Exclusive.' }) end?: number;
  @Nested(() => AnalyzerScore, optional) score?: AnalyzerScore;
}

export class AttributeScores {
  @Nested(() => AnalyzerScore, optional) summaryScore?: AnalyzerScore;
  @ListOf(() => SpanScore, optional) spanScores?: SpanScore[];
}

export class AnalyzeCommentResponse {
  @Answer(mapOf('AttributeScores')) attributeScores: Record<string, AttributeScores>;
  @TextList({ description: 'Those that were read.' }) languages: string[];
  @TextList({ description: 'The likeliest first.' }) detectedLanguages: string[];
  @Text(token) clientToken?: string;
}

export class SuggestCommentScoreRequest extends CommentRequest {
  @Json(mapOf('AttributeScores'), { description: 'By attribute: 1 where it applies, 0 where it does not.' })
  attributeScores: Record<string, AttributeScores>;
}

export class SuggestCommentScoreResponse {
  @TextList() detectedLanguages: string[];
  @TextList() requestedLanguages: string[];
  @Text(token) clientToken?: string;
}

class GoogleStatus {
  @Int({ description: 'The HTTP status.' }) code: number;
  @Text({ description: 'For people.' }) message: string;
  @Text({ description: 'A code of google.rpc.Code.' }) status: string;
  @Answer({ type: 'array', items: { type: 'object', additionalProperties: true } }, optional)
  details?: Record<string, unknown>[];
}

/** Errors of this API, instead of problem+json. */
export class GoogleError {
  @Nested(() => GoogleStatus) error: GoogleStatus;
}
