import { Injectable, Logger } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { TextEncoderService } from '../encoder/text-encoder.service.js';
import type { QualityScores, Score, ScoreMap } from '../scores.js';
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
   * refused; null if unknown.
   */
  readonly forItsLength: number | null;
}

const NO_QUALITY: Quality = { scores: {}, forItsLength: null };
const scoreOf = (value: number): Score => ({ value, spans: [] });

/** Scores the quality of comments. No decision depends on it: a comment without a result is published all the same. */
@Injectable()
export class QualityScorer {
  private readonly logger = new Logger('quality');
  private readonly head = QualityHead.load();
  private readonly titles = new LRUCache<string, Float32Array>({ max: MAX_CACHED_TITLES });

  constructor(private readonly encoder: TextEncoderService) {}

  /** Never throws. */
  async score(text: TextForQuality): Promise<Quality> {
    try {
      return await this.scoreEnglish(text);
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
    const { scores } = await this.score({
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

  private async scoreEnglish(text: TextForQuality): Promise<Quality> {
    const { body, language, embedding, storyTitle, parentBody, isReply } = text;
    if (language !== null && language !== 'en') return NO_QUALITY;
    // The language of a short text may be unknown. The rules look for English phrases, so they can be applied anyway;
    // the head is only valid for English.
    const scores: QualityScores = {
      question: scoreOf(questionScore(body, isReply)),
      newsroom: scoreOf(newsroomScore(body)),
    };
    if (language === null || embedding === null) return { scores, forItsLength: null };
    const { rating, forItsLength } = this.head.argumentQuality(body, embedding);
    const [title, parent] = await Promise.all([
      storyTitle === null ? null : this.embedTitle(storyTitle),
      parentBody === null ? null : this.encoder.embed(parentBody),
    ]);
    const onTopic = this.head.onTopic(embedding, title, parent);
    const isDoubtful =
      (onTopic !== null && onTopic < OFF_TOPIC) || (text.scores.refusal?.value ?? 0) >= DOUBTFUL_REFUSAL;
    return {
      scores: {
        ...scores,
        argumentQuality: scoreOf(rating),
        ...(onTopic === null ? {} : { onTopic: scoreOf(onTopic) }),
      },
      forItsLength: isDoubtful ? Math.min(AVERAGE, forItsLength) : forItsLength,
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
