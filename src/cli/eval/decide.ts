import { tidyBody } from '../../features/comments/body.js';
import { chooseVerdict, type Verdict } from '../../features/moderation/decision-rules.js';
import { detect, unreadLanguage } from '../../features/scoring/language/detect-language.js';
import { isAssumedEnglish } from '../../features/scoring/language-models/language-model.js';
import { limitScores } from '../../features/scoring/language-models/limit-scores.js';
import { announcesSelfHarm } from '../../features/scoring/phases/self-harm-announcements.js';
import { runPhases } from '../../features/scoring/phases/index.js';
import { spamReasons } from '../../features/scoring/phases/spam-signals.js';
import type { ScoreMap } from '../../features/scoring/scores.js';
import { embedText, scoreInOwnLanguage } from '../../features/scoring/shipped-scores.js';
import { languageModelUse } from '../../features/sites/language-levels.js';
import { DEFAULT_POLICY, type Policy } from '../../features/sites/policy.js';

export type Action = Verdict['action'];
export type ActionCounts = Record<Action, number>;

/**
 * The scores of a text by all phases, by a reader who has published before.
 *
 * @param scoreText scores a text with the models; default: the shipped ones, in the language of the text
 */
export async function scoreByPhases(
  body: string,
  scoreText?: (text: string) => Promise<ScoreMap>,
  policy: Policy = DEFAULT_POLICY,
): Promise<ScoreMap> {
  const { moderation } = policy;
  const detected = detect(body, moderation.languages);
  const use = languageModelUse(detected.language, moderation);
  const limit = use === 'off' ? null : (scores: ScoreMap) => limitScores(scores, policy, use);
  const { scores } = await runPhases({
    body,
    language: detected.language,
    reader: { publishedCount: 40, tenureDays: 300, isNew: false },
    settings: moderation,
    history: {
      own: [],
      otherFingerprints: [],
      sameByOthers: 0,
      byReader: { minute: 0, tenMinutes: 0 },
      onStory: { minute: 0, tenMinutes: 0 },
    },
    scoreText: scoreText ?? ((text) => scoreInOwnLanguage(detected, text, limit)),
    embedding: () => embedEnglish(body, detected),
    limits: true,
  });
  return scores;
}

/** The embedding of a text, as in the pipeline: null unless it is English. */
const embedEnglish = async (
  body: string,
  { language, hasEnglish }: ReturnType<typeof detect>,
): Promise<Float32Array | null> => (isAssumedEnglish(language) || hasEnglish ? embedText(body) : null);

/** What a policy, by default the default one, decides about a text by a reader who has published before. */
export async function decide(text: string, policy: Policy = DEFAULT_POLICY): Promise<Verdict> {
  const { languages, links } = policy.moderation;
  const body = tidyBody(text);
  const detected = detect(body, languages);
  const scores = await scoreByPhases(body, undefined, policy);
  return chooseVerdict(scores, 'normal', policy, {
    publishedCount: 40,
    isNew: false,
    unscoredLanguage: unreadLanguage(body, detected.language, ['en']),
    announcesSelfHarm: announcesSelfHarm({ body }, await embedEnglish(body, detected)),
    spamReasons: spamReasons({ body, links, isNew: false }, scores),
  });
}
