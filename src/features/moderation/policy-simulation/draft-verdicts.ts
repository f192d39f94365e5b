import {
  linkScores,
  offLanguageScore,
  textSpam,
  wordScores,
} from '../../scoring/phases/settings-dependent-scores.js';
import type { ScoreMap } from '../../scoring/scores.js';
import type { ModerationPolicy, Policy } from '../../sites/policy.js';
import { decide, type DecidingStanding, type DecisionFacts, type Verdict } from '../decision-rules.js';

/** A text with the scores that it has, and what its decision followed from. */
export interface ScoredText {
  readonly body: string;
  readonly scores: ScoreMap;
  readonly language: string | null;
  readonly standing: DecidingStanding;
  readonly facts: DecisionFacts;
}

type Settings = Pick<ModerationPolicy, 'wordLists' | 'links' | 'languages'>;

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/**
 * The scores that a text has under other settings. What settings have no part in stays as it was scored; the few labels
 * that they make are found again, and only where the settings differ.
 *
 * @param under the settings that `text.scores` were made with
 */
export function scoresUnderPolicy(text: ScoredText, under: Settings, wanted: Settings): ScoreMap {
  const { body, scores, language, facts } = text;
  const linked = isSame(under.links, wanted.links) ? null : linkScores(body, wanted.links, facts.isNew);
  return {
    ...scores,
    ...(isSame(under.wordLists, wanted.wordLists) ? {} : wordScores(body, wanted.wordLists)),
    ...(isSame(under.languages, wanted.languages) ? {} : offLanguageScore(language, wanted.languages)),
    ...(linked
      ? {
          links: linked.links,
          spam: textSpam(body, wanted.links, linked.spam, { ...scores, links: linked.links }),
        }
      : {}),
  };
}

/** What the draft decides about a text that was scored under the live policy: by the rules that decide live. */
export function verdictUnderPolicy(text: ScoredText, live: Policy, draft: Policy): Verdict {
  const scores = scoresUnderPolicy(text, live.moderation, draft.moderation);
  return decide(scores, text.standing, draft, text.facts);
}
