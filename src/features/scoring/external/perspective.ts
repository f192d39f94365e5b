import type { Label, Score } from '../scores.js';
import {
  BadAnswerError,
  objectOf,
  parseJson,
  EXTERNAL_LABEL,
  valueOf,
  type LabelUses,
  type ScorerKind,
} from './external-scorer.js';

/** Maps attributes to our labels with the same meaning. These are requested unless the publisher lists others. */
const ATTRIBUTES = {
  TOXICITY: 'toxicity',
  SEVERE_TOXICITY: 'severeToxicity',
  INSULT: 'insult',
  PROFANITY: 'profanity',
  THREAT: 'threat',
  IDENTITY_ATTACK: 'identityAttack',
} as const satisfies Record<string, Label>;
const ATTRIBUTE = /^[A-Z][A-Z_]{0,63}$/;

/**
 * Perspective API and any server that implements Comment Analyzer v1alpha1. The text is sent and, if known, the
 * language; with `sendContext` also the title of the story and the parent comment, as `context`. The key is in the query string because that is the only place that every such server accepts.
 */
export const perspective: ScorerKind = {
  name: 'perspective',
  url: 'https://commentanalyzer.googleapis.com/v1alpha1/comments:analyze',
  labels: Object.fromEntries(Object.entries(ATTRIBUTES).map(([name, label]) => [name, { as: [label] }])),
  options: [],
  carriesContext: true,

  request({ scorer: { url, secrets, labels, sendContext }, input: { body, language, story, parent } }) {
    const address = new URL(url);
    address.searchParams.set('key', secrets[0] ?? '');
    const entries = sendContext
      ? [story.title, parent?.body ?? ''].filter(Boolean).map((text) => ({ text, type: 'PLAIN_TEXT' }))
      : [];
    return {
      url: address.toString(),
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify({
        comment: { text: body, type: 'PLAIN_TEXT' },
        ...(entries.length > 0 ? { context: { entries } } : {}),
        requestedAttributes: Object.fromEntries(attributesOf(labels).map((name) => [name, {}])),
        ...(language === null || language === 'und' ? {} : { languages: [language] }),
        // Otherwise one attribute that does not support the language would make the whole request fail.
        dropUnsupportedAttributes: true,
        doNotStore: true,
      }),
    };
  },

  read({ answer }) {
    const scores: Record<string, Score> = {};
    // An empty map may be omitted.
    const attributes = objectOf(parseJson(answer), 'The answer')['attributeScores'] ?? {};
    for (const [name, given] of Object.entries(objectOf(attributes, 'attributeScores'))) {
      if (!EXTERNAL_LABEL.test(name))
        throw new BadAnswerError('attributeScores contains a name that is not a valid attribute.');
      const { summaryScore } = objectOf(given, `The score of ${name}`);
      const { value } = objectOf(summaryScore, `The summaryScore of ${name}`);
      scores[name] = { value: valueOf(value, name), spans: [] };
    }
    return scores;
  },

  required: attributesOf,

  // Every attribute supports English.
  isUnsupportedLanguage(answer) {
    const { languages } = objectOf(parseJson(answer), 'The answer');
    return Array.isArray(languages) && languages.length > 0 && !languages.includes('en');
  },
};

/** Labels listed by the publisher that are valid attribute names, including the default ones. */
function attributesOf(labels: LabelUses): string[] {
  return Object.keys(labels).filter((name) => ATTRIBUTE.test(name));
}
