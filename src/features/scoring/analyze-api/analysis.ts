import { NO_SCORE, type QualityScores, type Score, type ScoreMap } from '../scores.js';
import { detectLanguage, unreadLanguage } from '../language/detect-language.js';
import { foreignAbuse } from '../language/foreign-abuse.js';
import { AnalyzeError, refused } from './analyze-error.js';
import { isQualityAttribute, labelOf, type Attribute } from './attributes.js';
import type { AnalyzeRequest } from './messages.js';

interface ScoreAnswer {
  value: number;
  type: 'PROBABILITY';
}

export interface AttributeAnswer {
  summaryScore: ScoreAnswer;
  spanScores: { begin: number; end: number; score: ScoreAnswer }[];
}

export interface Analysis {
  attributeScores: Partial<Record<Attribute, AttributeAnswer>>;
  languages: readonly string[];
  detectedLanguages: readonly string[];
  clientToken?: string;
}

const ENGLISH = 'en';

/** The primary language subtag in lower case, e.g. `en` for `en-GB`. */
const primary = (tag: string): string => tag.toLowerCase().split(/[-_]/)[0];

/**
 * Detects the languages of a text, most likely first. Returns English for a text without words and `und` if the
 * language cannot be determined.
 */
export function languagesOf(text: string): string[] {
  const language = detectLanguage(text);
  return [language ?? unreadLanguage(text, language, [ENGLISH]) ?? ENGLISH];
}

const RETRY_SECONDS = 5;
const modelUnavailable = () =>
  new AnalyzeError(503, 'UNAVAILABLE', 'The model for this language did not respond.', [], {
    'retry-after': String(RETRY_SECONDS),
  });

function unsupported(attribute: Attribute, requested: readonly string[], detected: readonly string[]) {
  const languagesToCheck = requested.length > 0 ? requested : detected;
  return refused(
    'LANGUAGE_NOT_SUPPORTED_BY_ATTRIBUTE',
    `Attribute ${attribute} does not support request languages: ${languagesToCheck.join(', ').slice(0, 200)}`,
    {
      languageNotSupportedByAttributeError: {
        ...(requested.length > 0 ? { requestedLanguages: requested } : {}),
        detectedLanguages: detected,
        attribute,
      },
    },
  );
}

/** Quality labels are scored for English, and only if one of them is requested. */
type AnalyzerScores = ScoreMap & QualityScores;

/** Scores texts by language. */
export interface LanguageScorers {
  /** ISO 639-1. */
  readonly languages: readonly string[];
  /** Languages whose model is only good for ordering; a key with a fallback score gets that instead. */
  readonly orderingLanguages: readonly string[];
  /** @returns the scores for that language, one of `languages` or `orderingLanguages`; null if its model did not respond */
  scoreIn(language: string, text: string): Promise<AnalyzerScores | null>;
}

/**
 * Scores of one attribute in each language of the text.
 *
 * @param scores by language, for the languages that a model covers
 * @returns null if the attribute is not scored in one of the languages
 */
function scoreOf(
  languages: readonly string[],
  attribute: Attribute,
  text: string,
  scores: ReadonlyMap<string, AnalyzerScores>,
): Score | null {
  const label = labelOf(attribute);
  const found = languages.map((tag) => {
    const language = primary(tag);
    const score = scores.get(language)?.[label];
    if (score) return score;
    return label === 'profanity' ? (foreignAbuse(text, language)?.profanity ?? null) : null;
  });
  if (found.includes(null)) return null;
  return (found as Score[]).reduce((best, score) => (score.value > best.value ? score : best), NO_SCORE);
}

/** @returns null if one of the models did not respond */
async function scoreLanguages(
  languages: readonly string[],
  text: string,
  scorers: LanguageScorers,
  supported: readonly string[],
): Promise<ReadonlyMap<string, AnalyzerScores> | null> {
  const scores = new Map<string, AnalyzerScores>();
  for (const language of new Set(languages.map(primary))) {
    if (!supported.includes(language)) continue;
    const found = await scorers.scoreIn(language, text);
    if (found === null) return null;
    scores.set(language, found);
  }
  return scores;
}

function answerOf(
  { value, spans }: Score,
  text: string,
  threshold: number,
  withSpans: boolean,
): AttributeAnswer {
  const score: ScoreAnswer = { value, type: 'PROBABILITY' };
  const wholeText = [[0, text.length]] as const;
  // A label has a single value that all its spans share. If no particular part caused the score, the span is the whole
  // text.
  const shown = withSpans && spans.length > 0 ? spans : wholeText;
  return {
    summaryScore: score,
    spanScores: value < threshold ? [] : shown.map(([begin, end]) => ({ begin, end, score })),
  };
}

/**
 * Builds the response to `comments:analyze`.
 *
 * @param unreadScore the key's fallback score for a text in a language that no model covers (the detected language
 *   included) and for an attribute that the model does not have. With null such a text is refused, and languages that
 *   the client names are trusted, as in the original API
 * @throws AnalyzeError if an attribute is not scored in a language of the text, unless such attributes are to be
 *   dropped; 503 if the model for the language did not respond
 */
export async function analyze(
  request: AnalyzeRequest,
  scorers: LanguageScorers,
  unreadScore: number | null,
): Promise<Analysis> {
  const { text, languages: requested, attributes, withSpans, dropUnsupported, clientToken } = request;
  const detected = languagesOf(text);
  const languages = requested.length > 0 ? requested : detected;
  const supported =
    unreadScore === null ? [...scorers.languages, ...scorers.orderingLanguages] : scorers.languages;
  const isSupported = (tag: string): boolean => supported.includes(primary(tag));
  const useFallback =
    unreadScore !== null &&
    (!languages.every(isSupported) || unreadLanguage(text, detectLanguage(text), scorers.languages) !== null);
  const scores = useFallback ? null : await scoreLanguages(languages, text, scorers, supported);
  if (scores === null && unreadScore === null) throw modelUnavailable();
  const fallback: Score | null = unreadScore === null ? null : { value: unreadScore, spans: [] };
  const attributeScores: Analysis['attributeScores'] = {};
  for (const [attribute, { threshold }] of attributes) {
    const found = (scores && scoreOf(languages, attribute, text, scores)) ?? fallback;
    if (found === null) {
      if (dropUnsupported) continue;
      // English supports every quality attribute, so the encoder did not respond.
      if (isQualityAttribute(attribute) && languages.every((tag) => primary(tag) === ENGLISH))
        throw modelUnavailable();
      throw unsupported(attribute, requested, detected);
    }
    if (found.value >= threshold) attributeScores[attribute] = answerOf(found, text, threshold, withSpans);
  }
  return {
    attributeScores,
    languages,
    detectedLanguages: detected,
    ...(clientToken === undefined ? {} : { clientToken }),
  };
}
