import { NO_SCORE, type Score, type ScoreMap } from '../scores.js';
import { detectLanguage, unreadLanguage } from '../language/detect-language.js';
import { foreignAbuse } from '../language/foreign-abuse.js';
import { refused } from './analyze-error.js';
import { ATTRIBUTES, type Attribute } from './attributes.js';
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

/** The language's own subtag, in lower case: `en` of `en-GB`. */
const primary = (tag: string): string => tag.toLowerCase().split(/[-_]/)[0];

/** What the text is taken to be in, the likeliest first; English for one without words, `und` where it cannot be told. */
export function languagesOf(text: string): string[] {
  const language = detectLanguage(text);
  return [language ?? unreadLanguage(text, language, [ENGLISH]) ?? ENGLISH];
}

function unsupported(attribute: Attribute, requested: readonly string[], detected: readonly string[]) {
  const named = requested.length > 0 ? requested : detected;
  return refused(
    'LANGUAGE_NOT_SUPPORTED_BY_ATTRIBUTE',
    `Attribute ${attribute} does not support request languages: ${named.join(', ').slice(0, 200)}`,
    {
      languageNotSupportedByAttributeError: {
        ...(requested.length > 0 ? { requestedLanguages: requested } : {}),
        detectedLanguages: detected,
        attribute,
      },
    },
  );
}

/** Scores of one attribute in each language asked for; null where one of them is not read. */
function scoreIn(
  languages: readonly string[],
  attribute: Attribute,
  text: string,
  english: ScoreMap,
): Score | null {
  const scores = languages.map((tag) => {
    const language = primary(tag);
    if (language === ENGLISH) return english[ATTRIBUTES[attribute]] ?? null;
    return attribute === 'PROFANITY' ? (foreignAbuse(text, language)?.profanity ?? null) : null;
  });
  if (scores.includes(null)) return null;
  return (scores as Score[]).reduce((best, score) => (score.value > best.value ? score : best), NO_SCORE);
}

function answerOf(
  { value, spans }: Score,
  text: string,
  threshold: number,
  withSpans: boolean,
): AttributeAnswer {
  const score: ScoreAnswer = { value, type: 'PROBABILITY' };
  const whole = [[0, text.length]] as const;
  // A label has one value, which its spans share; where nothing in particular made it so, it was the whole text.
  const shown = withSpans && spans.length > 0 ? spans : whole;
  return {
    summaryScore: score,
    spanScores: value < threshold ? [] : shown.map(([begin, end]) => ({ begin, end, score })),
  };
}

/**
 * The answer to `comments:analyze`.
 *
 * @param score what reads English
 * @throws AnalyzeError where an attribute is not scored in a language of the text, unless such are to be dropped
 */
export async function analyze(
  request: AnalyzeRequest,
  score: (text: string) => Promise<ScoreMap>,
): Promise<Analysis> {
  const { text, languages: requested, attributes, withSpans, dropUnsupported, clientToken } = request;
  const detected = languagesOf(text);
  const languages = requested.length > 0 ? requested : detected;
  const english = languages.some((tag) => primary(tag) === ENGLISH) ? await score(text) : {};
  const attributeScores: Analysis['attributeScores'] = {};
  for (const [attribute, { threshold }] of attributes) {
    const found = scoreIn(languages, attribute, text, english);
    if (found === null) {
      if (dropUnsupported) continue;
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
