import { detect } from '../language/detect-language.js';
import { scoreByModel } from '../model/shipped-model.js';
import type { ModerationPolicy } from '../../sites/policy.js';
import { NO_SCORE, mergeScores, type Score, type ScoreMap } from '../scores.js';
import { TooManyStepsError } from '../word-lists/step-budget.js';
import { links } from './links.js';
import { offLanguage } from './off-language.js';
import type { PhaseInput } from './phase.js';
import { corroboratedSpam } from './spam-signals.js';
import { wordLists } from './word-lists.js';

/* The phases whose results depend on a site's settings, one by one, for simulating a policy. */

const EMPTY_HISTORY: PhaseInput['history'] = {
  own: [],
  otherFingerprints: [],
  sameByOthers: 0,
  byReader: { minute: 0, tenMinutes: 0 },
  onStory: { minute: 0, tenMinutes: 0 },
};

function inputOf(body: string, settings: Partial<PhaseInput['settings']>, isNew = false): PhaseInput {
  return {
    body,
    language: null,
    reader: { publishedCount: 0, tenureDays: 0, isNew },
    settings: {
      wordLists: { banned: [], suspect: [] },
      links: { max: 100, allow: [], block: [] },
      languages: [],
      ...settings,
    },
    history: EMPTY_HISTORY,
    scoreText: scoreByModel,
    embedding: async () => null,
    limits: true,
  };
}

/** Lists and texts that would take too long give no score, as in live scoring: the comment is held. */
export function wordScores(
  body: string,
  lists: ModerationPolicy['wordLists'],
): Record<'bannedWords' | 'suspectWords', Score | undefined> {
  try {
    const { bannedWords, suspectWords } = wordLists(inputOf(body, { wordLists: lists }));
    return { bannedWords, suspectWords };
  } catch (error) {
    if (error instanceof TooManyStepsError) return { bannedWords: undefined, suspectWords: undefined };
    throw error;
  }
}

export const offLanguageScore = (language: string | null, languages: string[]): ScoreMap =>
  offLanguage({ ...inputOf('', { languages }), language });

/** The `links` score and the part of `spam` that comes from links alone. */
export function linkScores(
  body: string,
  settings: ModerationPolicy['links'],
  isNew: boolean,
): { links: Score; spam: Score } {
  const found = links(inputOf(body, { links: settings }, isNew));
  return { links: found.links ?? NO_SCORE, spam: found.spam ?? NO_SCORE };
}

/**
 * `spam` as the phases score it: the higher score of the links and of the shipped model, raised or limited by
 * `corroboratedSpam`.
 *
 * @param isNew whether the site treats the reader as new
 * @param language of the text; the shipped model only reads English
 * @param scores of the other labels, with `links` under the same settings
 */
export function textSpam(
  body: string,
  settings: ModerationPolicy['links'],
  linkSpam: Score,
  scores: ScoreMap,
  isNew: boolean,
  language: string | null,
): Score {
  const isEnglish = language === null || language === 'und' || detect(body).hasEnglish;
  const modelSpam = isEnglish ? (scoreByModel(body).spam ?? NO_SCORE) : NO_SCORE;
  const { spam } = mergeScores({ spam: linkSpam }, { spam: modelSpam });
  return corroboratedSpam({ body, links: settings, isNew }, { ...scores, spam });
}
