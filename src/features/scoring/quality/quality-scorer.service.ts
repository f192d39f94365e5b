import { Injectable, Logger } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { SiteId } from '../../../platform/ids.js';
import { TextEncoderService } from '../encoder/text-encoder.service.js';
import type { QualityScores, Score, ScoreMap } from '../scores.js';
import { PicksModels } from '../picks-model/picks-models.js';
import { newsroomScore, questionScore } from './newsroom-requests.js';
import { QualityHead } from './quality-head.js';

/** Comments of one story tend to arrive together. An embedding takes 2 kB. */
const MAX_CACHED_TITLES = 500;
/** A comment with a lower `onTopic` score is treated as off topic. */
const OFF_TOPIC = 0.2;
/** From this `refusal` score on, a moderator might refuse the comment. It is below every threshold in use. */
const DOUBTFUL_REFUSAL = 0.05;
/** The middle of the scale, where comments that were not scored are sorted too. */
const AVERAGE = 0.5;

export interface TextForQuality {
  readonly body: string;
  /** As detected: ISO 639-1 or `und`; null if there is too little text to tell. */
  readonly language: string | null;
  /** Of the body; null if the encoder could not read it. */
  readonly embedding: Float32Array | null;
  readonly storyTitle: string | null;
  readonly parentBody: string | null;
  readonly isReply: boolean;
  /** Of the other labels. */
  readonly scores: ScoreMap;
}

export interface Quality {
  /** Empty for a text that is not English. Labels that need the encoder are absent without it. */
  readonly scores: QualityScores;
  /**
   * How good the text is compared with comments of its length, 0 to 1; at most average if it is off topic or might be
   * refused; null if unknown. By the site's picks model if it has one in use.
   */
  readonly forItsLength: number | null;
  /** The same by the shipped head; null if `forItsLength` is by the shipped head. */
  readonly shippedForItsLength: number | null;
}

const NO_QUALITY: Quality = { scores: {}, forItsLength: null, shippedForItsLength: null };

/** Whether a comment is not to be ranked above average, whatever its quality. */
export const isDoubtful = (onTopic: number | null, refusal: number | null): boolean =>
  (onTopic !== null && onTopic < OFF_TOPIC) || (refusal ?? 0) >= DOUBTFUL_REFUSAL;

export const qualityInUse = (forItsLength: number, doubtful: boolean): number =>
  doubtful ? Math.min(AVERAGE, forItsLength) : forItsLength;
const scoreOf = (value: number): Score => ({ value, spans: [] });

/** Scores the quality of comments. No decision depends on it: a comment without a result is published all the same. */
@Injectable()
export class QualityScorer {
  private readonly logger = new Logger('quality');
  private readonly head = QualityHead.load();
  private readonly titles = new LRUCache<string, Float32Array>({ max: MAX_CACHED_TITLES });

  constructor(
    private readonly encoder: TextEncoderService,
    private readonly picksModels: PicksModels,
  ) {}

  /**
   * Never throws.
   *
   * @param siteId null: outside of any site
   */
  async score(siteId: SiteId | null, text: TextForQuality): Promise<Quality> {
    try {
      return await this.scoreEnglish(siteId, text);
    } catch (error) {
      this.logger.warn({ event: 'quality.failed', error });
      return NO_QUALITY;
    }
  }

  /**
   * Scores an English text outside of a thread.
   *
   * @param article the article or its title; only its beginning is read
   */
  async scoreText(text: string, article: string | null, parent: string | null): Promise<QualityScores> {
    const { scores } = await this.score(null, {
      body: text,
      language: 'en',
      embedding: await this.encoder.embed(text),
      storyTitle: article,
      parentBody: parent,
      isReply: parent !== null,
      scores: {},
    });
    return scores;
  }

  private async scoreEnglish(siteId: SiteId | null, text: TextForQuality): Promise<Quality> {
    const { body, language, embedding, storyTitle, parentBody, isReply } = text;
    if (language !== null && language !== 'en') return NO_QUALITY;
    // The language of a short text may be unknown. The rules look for English phrases, so they can be applied anyway;
    // the head is only valid for English.
    const scores: QualityScores = {
      question: scoreOf(questionScore(body, isReply)),
      newsroom: scoreOf(newsroomScore(body)),
    };
    if (language === null || embedding === null) return { ...NO_QUALITY, scores };
    const { rating, forItsLength } = this.head.argumentQuality(body, embedding);
    const [title, parent] = await Promise.all([
      storyTitle === null ? null : this.embedTitle(storyTitle),
      parentBody === null ? null : this.encoder.embed(parentBody),
    ]);
    const onTopic = this.head.onTopic(embedding, title, parent);
    const doubtful = isDoubtful(onTopic, text.scores.refusal?.value ?? null);
    const shipped = this.head.compareWithLength(body, embedding);
    const learned = siteId && (await this.picksModels.score(siteId, { body, embedding, shipped }));
    return {
      scores: {
        ...scores,
        argumentQuality: scoreOf(rating),
        ...(onTopic === null ? {} : { onTopic: scoreOf(onTopic) }),
      },
      forItsLength: qualityInUse(learned ?? forItsLength, doubtful),
      shippedForItsLength: learned === null ? null : qualityInUse(forItsLength, doubtful),
    };
  }

  private async embedTitle(title: string): Promise<Float32Array | null> {
    const cached = this.titles.get(title);
    if (cached) return cached;
    const embedding = await this.encoder.embed(title);
    if (embedding) this.titles.set(title, embedding);
    return embedding;
  }
}
