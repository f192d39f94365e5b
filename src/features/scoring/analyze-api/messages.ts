import { refused } from './analyze-error.js';
import { isAttribute, labelOf, type Attribute } from './attributes.js';
import { choice, flag, float, int32, list, map, message, readMessage, text } from './proto-json.js';
import { inDisplayOrder } from '../../../platform/visible-text.js';
import { plainText } from './plain-text.js';

/*
 * The two requests of Comment Analyzer v1alpha1, field by field, and how they are validated.
 * https://commentanalyzer.googleapis.com/$discovery/rest?version=v1alpha1
 */

export const TEXT_TYPES = ['TEXT_TYPE_UNSPECIFIED', 'PLAIN_TEXT', 'HTML'] as const;
export const SCORE_TYPES = [
  'SCORE_TYPE_UNSPECIFIED',
  'PROBABILITY',
  'STD_DEV_SCORE',
  'PERCENTILE',
  'RAW',
] as const;
/** Limit for a comment's text, in bytes of UTF-8. */
export const MAX_TEXT_BYTES = 20_480;
/** Limit for identifiers that the client chooses. */
export const MAX_TOKEN_CHARS = 2_048;
export const MAX_ITEMS = 100;

const textEntry = message({ text: text(), type: choice('TextEntry.TextType', TEXT_TYPES) });
const scoreType = choice('ScoreType', SCORE_TYPES);
const score = message({ value: float, type: scoreType });
const token = text(MAX_TOKEN_CHARS);
const common = {
  comment: textEntry,
  context: message({
    entries: list(textEntry, MAX_ITEMS),
    articleAndParentComment: message({ article: textEntry, parentComment: textEntry }),
  }),
  languages: list(text(MAX_TOKEN_CHARS), MAX_ITEMS),
  clientToken: token,
  communityId: token,
  sessionId: token,
  doNotStore: flag,
};

const analyzeRequest = message({
  ...common,
  requestedAttributes: map(message({ scoreType, scoreThreshold: float }), MAX_ITEMS),
  spanAnnotations: flag,
  dropUnsupportedAttributes: flag,
});

const suggestRequest = message({
  ...common,
  attributeScores: map(
    message({
      summaryScore: score,
      spanScores: list(message({ begin: int32, end: int32, score }), MAX_ITEMS),
    }),
    MAX_ITEMS,
  ),
});

type Common = Pick<ReturnType<typeof commonOf>, 'text' | 'languages' | 'communityId'> & {
  readonly clientToken?: string;
};

export interface AnalyzeRequest extends Common {
  /** In the order of the request. Scores below the threshold are omitted. */
  readonly attributes: ReadonlyMap<Attribute, { readonly threshold: number }>;
  /** What the comment is about, as plain text; null if not given. Only `ON_TOPIC` reads it. */
  readonly article: string | null;
  readonly parent: string | null;
  readonly withSpans: boolean;
  readonly dropUnsupported: boolean;
}

/**
 * A score that a client suggests for a text. Each of the `spans` has its own score; offsets are UTF-16 code units.
 */
export interface SuggestedScore {
  readonly value: number | null;
  readonly spans: readonly (readonly [begin: number, end: number, value: number])[];
}

export interface SuggestRequest extends Common {
  readonly scores: ReadonlyMap<Attribute, SuggestedScore>;
  readonly mayStore: boolean;
}

function commonOf(body: {
  comment?: { text?: string; type?: (typeof TEXT_TYPES)[number] };
  context?: { entries?: unknown[]; articleAndParentComment?: object };
  languages?: string[];
  clientToken?: string;
  communityId?: string;
}): { text: string; languages: readonly string[]; communityId: string | null; clientToken?: string } {
  const { comment, context, languages = [], clientToken, communityId = null } = body;
  const given = comment?.text ?? '';
  const bytes = Buffer.byteLength(given);
  if (bytes > MAX_TEXT_BYTES) {
    throw refused(
      'COMMENT_TOO_LONG',
      `Comment text was too many bytes. Value (${bytes}) exceeded limit (${MAX_TEXT_BYTES}).`,
    );
  }
  const displayed = inDisplayOrder(comment?.type === 'HTML' ? plainText(given) : given);
  // Removed markup leaves zero-width characters behind.
  if (/^[\s\u200b]*$/.test(displayed)) throw refused('COMMENT_EMPTY', 'Comment must be non-empty.');
  if (context?.entries?.length && context.articleAndParentComment) {
    throw refused(
      'INVALID_REQUEST',
      'Context can have either entries or article_and_parent_comment, but both fields were populated.',
    );
  }
  return { text: displayed, languages, communityId, ...(clientToken === undefined ? {} : { clientToken }) };
}

function attributeOf(name: string): Attribute {
  if (!isAttribute(name))
    throw refused('INVALID_REQUEST', `Unknown requested attribute: ${name.slice(0, 100)}`);
  return name;
}

/** @returns null for a text without words */
function contextText(
  given: { text?: string; type?: (typeof TEXT_TYPES)[number] } | undefined,
): string | null {
  const text = given?.text ?? '';
  const read = given?.type === 'HTML' ? plainText(text) : text;
  return /\p{L}/u.test(read) ? read : null;
}

/** @throws AnalyzeError if the body is not a valid request or the request cannot be fulfilled */
export function readAnalyzeRequest(body: unknown): AnalyzeRequest {
  const request = readMessage(analyzeRequest, body);
  const common = commonOf(request);
  const requested = [...(request.requestedAttributes ?? [])];
  if (requested.length === 0) throw refused('NO_REQUESTED_ATTRIBUTES', 'Missing requested_attributes');
  const attributes = requested.map(([name, { scoreType: type, scoreThreshold = 0 }]) => {
    const attribute = attributeOf(name);
    if (type !== undefined && type !== 'PROBABILITY' && type !== 'SCORE_TYPE_UNSPECIFIED') {
      throw refused('INVALID_REQUEST', `Requested score type ${type} is not supported by attribute ${name}`);
    }
    return [attribute, { threshold: scoreThreshold }] as const;
  });
  const context = request.context?.articleAndParentComment;
  const [article, parent] = [contextText(context?.article), contextText(context?.parentComment)];
  const dropUnsupported = request.dropUnsupportedAttributes ?? false;
  const hasContext = ([attribute]: (typeof attributes)[number]): boolean =>
    labelOf(attribute) !== 'onTopic' || article !== null || parent !== null;
  const withoutContext = attributes.find((each) => !hasContext(each));
  if (withoutContext && !dropUnsupported) {
    throw refused(
      'INVALID_REQUEST',
      `Attribute ${withoutContext[0]} requires context.articleAndParentComment with the text of an article or a parent comment`,
    );
  }
  return {
    ...common,
    attributes: new Map(attributes.filter(hasContext)),
    article,
    parent,
    withSpans: request.spanAnnotations ?? false,
    dropUnsupported,
  };
}

function probabilityOf(given: { value?: number; type?: string } | undefined, attributeName: string): number {
  const { value, type = 'PROBABILITY' } = given ?? {};
  const isProbability = type === 'PROBABILITY' || type === 'SCORE_TYPE_UNSPECIFIED';
  if (value === undefined || value < 0 || value > 1 || !isProbability) {
    throw refused('INVALID_REQUEST', `The score of ${attributeName} must be a probability from 0 to 1.`);
  }
  return value;
}

/** @throws AnalyzeError if the body is not a valid request or contains no suggestion */
export function readSuggestRequest(body: unknown): SuggestRequest {
  const request = readMessage(suggestRequest, body);
  const common = commonOf(request);
  const scores = [...(request.attributeScores ?? [])].map(([name, { summaryScore, spanScores = [] }]) => {
    const attribute = attributeOf(name);
    if (!summaryScore && spanScores.length === 0) {
      throw refused('INVALID_REQUEST', `attribute_scores has no entry for ${name}.`);
    }
    const spans = spanScores.map(({ begin, end, score: spanScore }) => {
      if (begin === undefined || end === undefined || begin < 0 || end <= begin || end > common.text.length) {
        throw refused('INVALID_REQUEST', `A span of ${name} must begin and end within the text.`);
      }
      return [begin, end, probabilityOf(spanScore, name)] as const;
    });
    return [attribute, { value: summaryScore ? probabilityOf(summaryScore, name) : null, spans }] as const;
  });
  if (scores.length === 0) throw refused('NO_REQUESTED_ATTRIBUTES', 'Missing attribute_scores');
  return {
    ...common,
    scores: new Map(scores),
    mayStore: !(request.doNotStore ?? false),
  };
}
