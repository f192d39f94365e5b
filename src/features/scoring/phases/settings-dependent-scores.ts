import { scoreByModel } from '../model/shipped-model.js';
import type { ModerationPolicy } from '../../sites/policy.js';
import { NO_SCORE, mergeScores, type Score, type ScoreMap } from '../scores.js';
import { TooManyStepsError } from '../word-lists/step-budget.js';
import { links } from './links.js';
import { offLanguage } from './off-language.js';
import type { PhaseInput } from './phase.js';
import { supportedSpam } from './spam-signals.js';
import { wordLists } from './word-lists.js';

/* The phases whose findings a site's settings make, one by one: for a policy that is only tried out. */

const NOTHING_BEFORE: PhaseInput['history'] = {
  own: [],
  others: [],
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
    history: NOTHING_BEFORE,
    scoreText: scoreByModel,
    limits: true,
  };
}

/** A list and a text made to take forever give no score, as they do live: the comment is held. */
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

/** `links`, and what links alone say about `spam`. */
export function linkScores(
  body: string,
  settings: ModerationPolicy['links'],
  isNew: boolean,
): { links: Score; spam: Score } {
  const found = links(inputOf(body, { links: settings }, isNew));
  return { links: found.links ?? NO_SCORE, spam: found.spam ?? NO_SCORE };
}

/**
 * `spam` as the phases score it: by the links and by the shipped model, whichever is higher, as far as it is supported.
 *
 * @param scores of the other labels, with `links` under the same settings
 */
export function textSpam(
  body: string,
  settings: ModerationPolicy['links'],
  byLinks: Score,
  scores: ScoreMap,
): Score {
  const { spam } = mergeScores({ spam: byLinks }, { spam: scoreByModel(body).spam ?? NO_SCORE });
  return supportedSpam(body, settings, { ...scores, spam });
}
