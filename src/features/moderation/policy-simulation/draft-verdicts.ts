import type { Standing } from '../../readers/reader.entity.js';
import {
  linkScores,
  offLanguageScore,
  textSpam,
  wordScores,
} from '../../scoring/phases/settings-dependent-scores.js';
import { spamReasons } from '../../scoring/phases/spam-signals.js';
import type { ScoreMap } from '../../scoring/scores.js';
import type { ModerationPolicy, Policy } from '../../sites/policy.js';
import { chooseVerdict, type DecisionFacts, type Verdict } from '../decision-rules.js';

/** A text with its scores and the other inputs of its decision. */
export interface ScoredText {
  readonly body: string;
  readonly scores: ScoreMap;
  readonly language: string | null;
  readonly standing: Standing;
  readonly facts: DecisionFacts;
}

type ScoreSettings = Pick<ModerationPolicy, 'wordLists' | 'links' | 'languages'>;

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/**
 * The scores of a text under other settings. Only the few labels that depend on settings are recomputed, and only if
 * those settings differ.
 *
 * @param liveSettings the settings with which `text.scores` were computed
 */
export function scoresUnderPolicy(
  text: ScoredText,
  liveSettings: ScoreSettings,
  draftSettings: ScoreSettings,
): ScoreMap {
  const { body, scores, language, facts } = text;
  const linked = isSame(liveSettings.links, draftSettings.links)
    ? null
    : linkScores(body, draftSettings.links, facts.isNew);
  return {
    ...scores,
    ...(isSame(liveSettings.wordLists, draftSettings.wordLists)
      ? {}
      : wordScores(body, draftSettings.wordLists)),
    ...(isSame(liveSettings.languages, draftSettings.languages)
      ? {}
      : offLanguageScore(language, draftSettings.languages)),
    ...(linked
      ? {
          links: linked.links,
          spam: textSpam(
            body,
            draftSettings.links,
            linked.spam,
            { ...scores, links: linked.links },
            facts.isNew,
            language,
          ),
        }
      : {}),
  };
}

/** The draft's decision about a text that was scored under the live policy. Uses the same rules as live decisions. */
export function verdictUnderPolicy(text: ScoredText, live: Policy, draft: Policy): Verdict {
  const scores = scoresUnderPolicy(text, live.moderation, draft.moderation);
  const { body, facts } = text;
  const context = { body, links: draft.moderation.links, isNew: facts.isNew };
  return chooseVerdict(scores, text.standing, draft, { ...facts, spamReasons: spamReasons(context, scores) });
}
