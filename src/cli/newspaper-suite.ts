import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { tidyBody } from '../features/comments/body.js';
import { chooseVerdict, type Verdict } from '../features/moderation/decision-rules.js';
import { detectLanguage, unreadLanguage } from '../features/scoring/language/detect-language.js';
import { announcesSelfHarm } from '../features/scoring/phases/self-harm-announcements.js';
import { runPhases } from '../features/scoring/phases/index.js';
import { spamReasons } from '../features/scoring/phases/spam-signals.js';
import type { ScoreMap } from '../features/scoring/scores.js';
import { embedText, scoreByShippedModels } from '../features/scoring/shipped-scores.js';
import { DEFAULT_POLICY } from '../features/sites/policy.js';

/* Runs the default policy on the newspaper suite: see test/quality/newspaper-suite/README.md. */

export type SuiteHalf = 'tuning' | 'held-out';
type Action = Verdict['action'];

export interface SuiteLine {
  readonly function: string;
  readonly text: string;
  readonly expected: 'publish' | 'hold' | 'refuse';
}

export interface SuiteFunctionResult {
  readonly name: string;
  readonly expected: SuiteLine['expected'];
  readonly total: number;
  readonly counts: Readonly<Record<Action, number>>;
}

const FOLDER = join(import.meta.dirname, '../../test/quality/newspaper-suite');

export function readNewspaperSuite(half: SuiteHalf): SuiteLine[] {
  const lines = readFileSync(join(FOLDER, `${half}.jsonl`), 'utf8')
    .split('\n')
    .filter((line) => line !== '');
  return lines.map((line) => JSON.parse(line) as SuiteLine);
}

/**
 * The scores of a text by all phases, with the default policy and a reader who has published before.
 *
 * @param scoreText scores a text with the models
 */
export async function scoreByPhases(
  body: string,
  scoreText: (text: string) => Promise<ScoreMap> = scoreByShippedModels,
): Promise<ScoreMap> {
  const { moderation } = DEFAULT_POLICY;
  const { scores } = await runPhases({
    body,
    language: detectLanguage(body, moderation.languages),
    reader: { publishedCount: 40, tenureDays: 300, isNew: false },
    settings: moderation,
    history: {
      own: [],
      otherFingerprints: [],
      sameByOthers: 0,
      byReader: { minute: 0, tenMinutes: 0 },
      onStory: { minute: 0, tenMinutes: 0 },
    },
    scoreText,
    embedding: () => embedText(body),
    limits: true,
  });
  return scores;
}

/** What the default policy decides about a text by a reader who has published before. */
export async function decideByDefault(text: string): Promise<Verdict> {
  const body = tidyBody(text);
  const language = detectLanguage(body, DEFAULT_POLICY.moderation.languages);
  const scores = await scoreByPhases(body);
  return chooseVerdict(scores, 'normal', DEFAULT_POLICY, {
    publishedCount: 40,
    isNew: false,
    unscoredLanguage: unreadLanguage(body, language, ['en']),
    announcesSelfHarm: announcesSelfHarm({ body }),
    spamReasons: spamReasons({ body, links: DEFAULT_POLICY.moderation.links, isNew: false }, scores),
  });
}

/**
 * Counts decisions by function. Functions are ordered by the expected outcome, then as in `lines`. Lines of one function
 * must have the same expectation.
 */
export async function decideNewspaperSuite(lines: readonly SuiteLine[]): Promise<SuiteFunctionResult[]> {
  const results = new Map<string, { expected: SuiteLine['expected']; counts: Record<Action, number> }>();
  for (const { function: name, text, expected } of lines) {
    const result = results.get(name) ?? { expected, counts: { publish: 0, hold: 0, reject: 0 } };
    results.set(name, result);
    result.counts[(await decideByDefault(text)).action]++;
  }
  const order: SuiteLine['expected'][] = ['publish', 'hold', 'refuse'];
  return [...results]
    .map(([name, { expected, counts }]) => ({
      name,
      expected,
      counts,
      total: counts.publish + counts.hold + counts.reject,
    }))
    .sort((a, b) => order.indexOf(a.expected) - order.indexOf(b.expected));
}
