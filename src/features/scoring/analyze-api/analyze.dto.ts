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

/*
 * The OpenAPI description of the two calls, with the names of Comment Analyzer v1alpha1. messages.ts parses the
 * bodies.
 */

const optional = { optional: true } as const;
const token = { ...optional, min: 0, max: MAX_TOKEN_CHARS };
const mapOf = (schema: string): Record<string, unknown> => ({
  type: 'object',
  additionalProperties: { $ref: `#/components/schemas/${schema}` },
});

export class TextEntry {
  @Text({ ...optional, min: 0, max: 100_000, description: 'At most 20,480 bytes of UTF-8.' }) text?: string;
  @OneOf(TEXT_TYPES, { ...optional, description: 'Defaults to plain text.' }) type?: string;
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
  @OneOf(SCORE_TYPES, { ...optional, description: 'Only probabilities are available.' }) scoreType?: string;
  @Num({ ...optional, description: 'Lower scores are omitted from the response.' }) scoreThreshold?: number;
}

class CommentRequest {
  @Nested(() => TextEntry) comment: TextEntry;
  @Nested(() => CommentContext, {
    ...optional,
    description: 'Only `ON_TOPIC` reads it: the article and the parent comment.',
  })
  context?: CommentContext;

  @TextList({
    ...optional,
    min: 0,
    max: MAX_TOKEN_CHARS,
    maxItems: MAX_ITEMS,
    description: 'BCP 47. Detected if omitted.',
  })
  languages?: string[];

  @Text({ ...token, description: 'Returned in the response.' }) clientToken?: string;
  @Text({ ...token, description: "A site's id assigns a suggestion to that site." }) communityId?: string;
  @Text(token) sessionId?: string;
  @Bool({
    ...optional,
    description: 'Analyzed texts are never stored. Suggestions are stored unless this is true.',
  })
  doNotStore?: boolean;
}

export class AnalyzeCommentRequest extends CommentRequest {
  @Json(mapOf('AttributeParameters'), {
    description:
      'By attribute: TOXICITY, SEVERE_TOXICITY, INSULT, PROFANITY, THREAT, IDENTITY_ATTACK, SEXUALLY_EXPLICIT, SPAM; for English also ARGUMENT_QUALITY, ON_TOPIC, QUESTION, NEWSROOM.',
  })
  requestedAttributes: Record<string, AttributeParameters>;

  @Bool({
    ...optional,
    description: 'If true, spans mark the parts that caused the score instead of the whole text.',
  })
  spanAnnotations?: boolean;

  @Bool({
    ...optional,
    description:
      'If true, attributes that are not scored in the language are omitted instead of causing an error.',
  })
  dropUnsupportedAttributes?: boolean;
}

export class AnalyzerScore {
  @Num(optional) value?: number;
  @OneOf(SCORE_TYPES, optional) type?: string;
}

export class SpanScore {
  @Int({ ...optional, description: 'In UTF-16 code units.' }) begin?: number;
  @Int({ ...optional, description: 'Exclusive.' }) end?: number;
  @Nested(() => AnalyzerScore, optional) score?: AnalyzerScore;
}

export class AttributeScores {
  @Nested(() => AnalyzerScore, optional) summaryScore?: AnalyzerScore;
  @ListOf(() => SpanScore, optional) spanScores?: SpanScore[];
}

export class AnalyzeCommentResponse {
  @Answer(mapOf('AttributeScores')) attributeScores: Record<string, AttributeScores>;
  @TextList({ description: 'Languages that were used for scoring.' }) languages: string[];
  @TextList({ description: 'Most likely first.' }) detectedLanguages: string[];
  @Text(token) clientToken?: string;
}

export class SuggestCommentScoreRequest extends CommentRequest {
  @Json(mapOf('AttributeScores'), { description: 'By attribute: 1 if it applies, 0 if it does not.' })
  attributeScores: Record<string, AttributeScores>;
}

export class SuggestCommentScoreResponse {
  @TextList() detectedLanguages: string[];
  @TextList() requestedLanguages: string[];
  @Text(token) clientToken?: string;
}

class GoogleStatus {
  @Int({ description: 'The HTTP status.' }) code: number;
  @Text({ description: 'Human-readable message.' }) message: string;
  @Text({ description: 'A code of google.rpc.Code.' }) status: string;
  @Answer({ type: 'array', items: { type: 'object', additionalProperties: true } }, optional)
  details?: Record<string, unknown>[];
}

/** Errors of this API use this format instead of problem+json. */
export class GoogleError {
  @Nested(() => GoogleStatus) error: GoogleStatus;
}
