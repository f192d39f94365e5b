import type { ModerationPolicy } from '../../sites/policy.js';
import { readText, type Reading } from '../lexicon/reading.js';
import type { Label, ScoreMap } from '../scores.js';

/** Facts about the author when the revision is scored. */
export interface ReaderFacts {
  /** Published comments on this site, excluding this one. */
  readonly publishedCount: number;
  /** Days since the site first saw the reader. */
  readonly tenureDays: number;
  /** The result of `isNewReader` for the two fields above, or the caller's own value. */
  readonly isNew: boolean;
}

/** Earlier comments on this site, excluding this one. The fingerprints are those of `comments/fingerprint.ts`. */
export interface History {
  /** This reader's other comments in the last 24 hours, newest first; only the first 50 are compared. */
  readonly own: readonly string[];
  /** Other readers' comments in the last hour, newest first; only the first 200 are compared. */
  readonly otherFingerprints: readonly string[];
  /** Number of other readers who posted exactly this text in the last 24 hours, on any story. */
  readonly sameByOthers: number;
  /** Number of comments by this reader in the last minute and the last ten. */
  readonly byReader: { readonly minute: number; readonly tenMinutes: number };
  /** Number of comments by all readers on this story in the same periods. */
  readonly onStory: { readonly minute: number; readonly tenMinutes: number };
}

/** All input of the phases. They read nothing else while they run, so a replay returns the same scores. */
export interface PhaseInput {
  /** The revision's text as stored, at most 20,000 bytes. */
  readonly body: string;
  /** The detected language: ISO 639-1 or `und`; null if there is too little evidence. */
  readonly language: string | null;
  readonly reader: ReaderFacts;
  readonly settings: Pick<ModerationPolicy, 'wordLists' | 'links' | 'languages'>;
  readonly history: History;
  /** Scores the text itself, regardless of its author: by the shipped models and the site's own. */
  readonly scoreText: (text: string) => ScoreMap | Promise<ScoreMap>;
  /** The sentence encoder's vector of the text; null if it is not English or the encoder does not respond. */
  readonly embedding: () => Promise<Float32Array | null>;
  /** The LIMITS switch: with false, `repeats` and `floods` find nothing. */
  readonly limits: boolean;
}

const readings = new WeakMap<object, Reading>();

/** The reading of the input's text, computed once for all phases. */
export function readingOf(input: Pick<PhaseInput, 'body'>): Reading {
  let reading = readings.get(input);
  if (!reading) readings.set(input, (reading = readText(input.body)));
  return reading;
}

/** One check of a comment. Returns every one of its `labels` for every input, or throws. */
export interface Phase {
  readonly name: string;
  readonly labels: readonly Label[];
  /** Whether it looks for certain abusive words or phrases: what it finds also raises `refusal`. */
  readonly findsAbuse?: boolean;
  readonly run: (input: PhaseInput) => ScoreMap | Promise<ScoreMap>;
}

/** A reader is new with fewer than three published comments or if first seen less than a day ago. */
export function isNewReader({
  publishedCount,
  tenureDays,
}: Pick<ReaderFacts, 'publishedCount' | 'tenureDays'>): boolean {
  return publishedCount < 3 || tenureDays < 1;
}
