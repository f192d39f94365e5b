import { refusalWith } from '../refusal.js';
import { mergeScores, type Label, type ScoreMap } from '../scores.js';
import { dehumanising } from './dehumanising.js';
import { floods } from './floods.js';
import { foreignWords } from './foreign-words.js';
import { insults } from './insults.js';
import { intents } from './intents.js';
import { links } from './links.js';
import { offLanguage } from './off-language.js';
import { personalData } from './personal-data.js';
import { model } from './model.js';
import type { Phase, PhaseInput } from './phase.js';
import { repeats } from './repeats.js';
import { selfHarmBaiting } from './self-harm-baiting.js';
import { sexualRemarks } from './sexual-remarks.js';
import { shouting } from './shouting.js';
import { slurs } from './slurs.js';
import { corroboratedSpam } from './spam-signals.js';
import { threats } from './threats.js';
import { wordLists } from './word-lists.js';

export { isNewReader, type History, type Phase, type PhaseInput } from './phase.js';

/** In this order: cheap and certain phases first, those that read the text last. */
export const PHASES: readonly Phase[] = [
  { name: 'repeats', labels: ['repeat'], run: repeats },
  { name: 'floods', labels: ['flood'], run: floods },
  { name: 'links', labels: ['links', 'spam'], run: links },
  { name: 'personal-data', labels: ['personalData'], run: personalData },
  { name: 'shouting', labels: ['shouting'], run: shouting },
  { name: 'off-language', labels: ['offLanguage'], run: offLanguage },
  { name: 'word-lists', labels: ['bannedWords', 'suspectWords'], run: wordLists },
  {
    name: 'foreign-words',
    labels: ['toxicity', 'profanity', 'insult', 'identityAttack'],
    findsAbuse: true,
    run: foreignWords,
  },
  { name: 'slurs', labels: ['identityAttack'], findsAbuse: true, run: slurs },
  { name: 'self-harm-baiting', labels: ['threat'], findsAbuse: true, run: selfHarmBaiting },
  { name: 'threats', labels: ['threat'], findsAbuse: true, run: threats },
  { name: 'insults', labels: ['insult'], findsAbuse: true, run: insults },
  { name: 'dehumanising', labels: ['identityAttack'], findsAbuse: true, run: dehumanising },
  { name: 'sexual-remarks', labels: ['sexual'], findsAbuse: true, run: sexualRemarks },
  {
    name: 'intents',
    labels: ['insult', 'sexual', 'identityAttack', 'threat'],
    findsAbuse: true,
    run: intents,
  },
  {
    name: 'model',
    labels: [
      'toxicity',
      'severeToxicity',
      'insult',
      'profanity',
      'threat',
      'identityAttack',
      'sexual',
      'spam',
      'refusal',
    ],
    run: model,
  },
];

export interface PhaseFailure {
  readonly phase: string;
  /** The error that was thrown, for the log. */
  readonly error: unknown;
}

export interface PhaseResult {
  /** A label of a failed phase is absent, even if another phase scored it. */
  readonly scores: ScoreMap;
  readonly failures: readonly PhaseFailure[];
}

/**
 * Runs the phases in order and merges their scores.
 *
 * A phase that throws or omits one of its labels has failed: all its labels are absent from the result, so that the
 * decision holds the comment. The phases after it still run, to inform the moderator.
 *
 * `refusal` is raised by the phases that find abuse. `spam` reaches the default threshold by two signals only, see
 * `corroboratedSpam`.
 */
export async function runPhases(input: PhaseInput, phases: readonly Phase[] = PHASES): Promise<PhaseResult> {
  const found: ScoreMap[] = [];
  const abuse: ScoreMap[] = [];
  const failures: PhaseFailure[] = [];
  const failed = new Set<Label>();
  for (const { name, labels, findsAbuse, run } of phases) {
    try {
      const scores = await run(input);
      const missing = labels.filter((label) => scores[label] === undefined);
      if (missing.length > 0) throw new Error(`phase ${name} gave no score for ${missing.join(', ')}`);
      found.push(scores);
      if (findsAbuse) abuse.push(scores);
    } catch (error) {
      failures.push({ phase: name, error });
      labels.forEach((label) => failed.add(label));
    }
  }
  const scores = mergeScores(...found);
  if (scores.refusal) scores.refusal = refusalWith(scores.refusal, mergeScores(...abuse));
  if (scores.spam)
    scores.spam = corroboratedSpam(
      { body: input.body, links: input.settings.links, isNew: input.reader.isNew },
      scores,
    );
  failed.forEach((label) => delete scores[label]);
  return { scores, failures };
}
