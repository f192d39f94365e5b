import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS, type Settings } from '../../platform/config/settings.js';
import type { SiteId } from '../../platform/ids.js';
import { languageModelUse } from '../sites/language-levels.js';
import { activeThresholds, DEFAULT_POLICY, type Policy } from '../sites/policy.js';
import type { SiteFacts } from '../sites/site-facts.js';
import { NO_EXTERNAL_SCORES, type ExternalResult } from './external/external-scoring.service.js';
import type { LocalFindings } from './external/uncertain-band.js';
import { detect, unreadLanguage } from './language/detect-language.js';
import { languageToxicity, type LanguageToxicity } from './language-models/language-toxicity.js';
import { limitScores } from './language-models/limit-scores.js';
import { withTimeouts } from './phase-timeout.js';
import {
  isNewReader,
  PHASES,
  runPhases,
  type History,
  type PhaseFailure,
  type PhaseInput,
} from './phases/index.js';
import { announcesSelfHarm } from './phases/self-harm-announcements.js';
import { spamReasons } from './phases/spam-signals.js';
import { mergeScores, type ScoreMap } from './scores.js';
import type { SiteModelScores } from './site-model/site-models.js';
import { TextScorer } from './text-scorer.js';

const PHASE_TIMEOUT_MS = 3_000;
const NO_HISTORY: History = {
  own: [],
  otherFingerprints: [],
  sameByOthers: 0,
  byReader: { minute: 0, tenMinutes: 0 },
  onStory: { minute: 0, tenMinutes: 0 },
};

export interface TextToScore {
  /** As stored, at most 20,000 bytes. */
  readonly body: string;
  readonly site: SiteFacts;
  /** The policy in effect for the text. */
  readonly policy: Policy;
  /** Number of the author's published comments. */
  readonly publishedCount: number;
  /** Days since the site first saw the author. */
  readonly tenureDays: number;
  /** Null if the history is unknown. */
  readonly history: History | null;
  /** Whether the author's standing or the site's rules hold the comment whatever its scores are. */
  readonly isHeldAnyway: boolean;
}

/** @param local waits for the phases, for scorers that are called only for uncertain texts */
export type AskExternal = (input: PhaseInput, local: () => Promise<LocalFindings>) => Promise<ExternalResult>;

export interface ScoredText {
  /** ISO 639-1 or `und`; null if there is too little text to tell. */
  readonly language: string | null;
  /** The language if no scorer supports it; null if one does. */
  readonly unscoredLanguage: string | null;
  /** Whether the model of that language scored it, which orders the queue. */
  readonly hasOrderingScores: boolean;
  /** By which a site may publish it; null if a scorer supports its language, or no such model does. */
  readonly languageToxicity: LanguageToxicity | null;
  /** Whether the author seems to announce suicide or self-harm. */
  readonly announcesSelfHarm: boolean;
  /** The signals that make it spam, for moderators, see `spamReasons`. */
  readonly spamReasons: readonly string[];
  readonly isNew: boolean;
  /** Scores of the phases and the external scorers combined. */
  readonly scores: ScoreMap;
  /** Scores of the phases alone. */
  readonly localScores: ScoreMap;
  /** The sentence encoder's vector of the text; null if it could not read it. */
  readonly embedding: Float32Array | null;
  readonly external: ExternalResult;
  /** What the scores would be with the site's model in shadow mode; null if there is none. */
  readonly shadow: () => Promise<SiteModelScores | null>;
  /** Phases that returned no score; if there are any, the scores must not publish the text. */
  readonly failures: readonly PhaseFailure[];
}

/** Scores a text with every phase and the external scorers. Decisions are made elsewhere. */
@Injectable()
export class ScoringPipelineService {
  private readonly phases = withTimeouts(PHASES, PHASE_TIMEOUT_MS);

  constructor(
    private readonly texts: TextScorer,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** Loads the model, the vocabularies and the word lists, so that the first text need not wait for them. */
  async warmUp(): Promise<void> {
    await this.score(
      {
        body: 'The first sentence of a process takes long, because all that reads it is loaded for it.',
        policy: DEFAULT_POLICY,
        siteWithModel: null,
        publishedCount: 0,
        tenureDays: 0,
        history: null,
        isHeldAnyway: false,
      },
      async () => NO_EXTERNAL_SCORES,
    );
  }

  /**
   * Must run outside a transaction because it waits for external scorers.
   *
   * @param askExternal calls the site's external scorers for the text
   * @throws what `askExternal` throws; a phase that throws is added to `failures`
   */
  run(text: TextToScore, askExternal: AskExternal): Promise<ScoredText> {
    const { site, ...rest } = text;
    // A story may have its own policy, but learning is a setting of the whole site.
    const siteWithModel = site.policy.moderation.learning === 'off' ? null : site.id;
    return this.score({ ...rest, siteWithModel }, askExternal);
  }

  private async score(
    text: Omit<TextToScore, 'site'> & { readonly siteWithModel: SiteId | null },
    askExternal: AskExternal,
  ): Promise<ScoredText> {
    const { body, siteWithModel, policy, publishedCount, tenureDays, history, isHeldAnyway } = text;
    const detected = detect(body, policy.moderation.languages);
    const use = languageModelUse(detected.language, policy.moderation);
    let languages: readonly string[] = [];
    const readerFacts = { publishedCount, tenureDays };
    const input: PhaseInput = {
      body,
      language: detected.language,
      reader: { ...readerFacts, isNew: isNewReader(readerFacts) },
      settings: policy.moderation,
      history: history ?? NO_HISTORY,
      scoreText: async (textToScore) => {
        const limit = use === 'off' ? null : (scores: ScoreMap) => limitScores(scores, policy, use);
        const result = await this.texts.scoreInOwnLanguage(detected, textToScore, siteWithModel, limit);
        languages = result.languages;
        return result.scores;
      },
      embedding: () => this.texts.embed(detected, body),
      limits: this.settings.limits,
    };
    const phases = runPhases(input, this.phases);
    const local = (): Promise<LocalFindings> =>
      Promise.all([phases, input.embedding()]).then(([{ scores, failures }, embedding]) => ({
        scores,
        thresholds: activeThresholds(policy),
        unreadLanguage: unreadLanguage(body, input.language, languages),
        isHeldAnyway:
          isHeldAnyway ||
          failures.length > 0 ||
          policy.moderation.mode === 'hold-all' ||
          announcesSelfHarm(input, embedding),
      }));
    const [{ scores, failures }, external, embedding] = await Promise.all([
      phases,
      askExternal(input, local),
      input.embedding(),
    ]);
    const unscoredLanguage = unreadLanguage(body, input.language, [...languages, ...external.languages]);
    return {
      language: input.language,
      unscoredLanguage,
      hasOrderingScores: unscoredLanguage !== null && use !== 'off',
      languageToxicity: languageToxicity(unscoredLanguage, body),
      announcesSelfHarm: announcesSelfHarm(input, embedding),
      spamReasons: spamReasons({ body, links: policy.moderation.links, isNew: input.reader.isNew }, scores),
      isNew: input.reader.isNew,
      scores: mergeScores(scores, external.scores),
      localScores: scores,
      embedding,
      external,
      shadow: async () => {
        // Site models only read English.
        if (siteWithModel === null || unscoredLanguage !== null) return null;
        const found = await this.texts.shadow(siteWithModel, body);
        if (!found) return null;
        const shadow = await runPhases({ ...input, scoreText: () => found.scores }, this.phases);
        return { id: found.id, scores: mergeScores(shadow.scores, external.scores) };
      },
      failures,
    };
  }
}
