import type { ModerationPolicy } from '../../sites/policy.js';
import { readText, type Reading } from '../lexicon/reading.js';
import type { Label, ScoreMap } from '../scores.js';

/** What the caller knows about the author when the revision is scored. */
export interface ReaderFacts {
  /** Published comments on this site, this one not among them. */
  readonly publishedCount: number;
  /** Days since the site first saw the reader. */
  readonly tenureDays: number;
  /** `isNewReader` of the two above, or the caller's own idea of it. */
  readonly isNew: boolean;
}

/** What went before on this site; this comment is in none of it. The fingerprints are those of `comments/fingerprint.ts`. */
export interface History {
  /** Of this reader's other comments in the last 24 hours, newest first; the first 50 count. */
  readonly own: readonly string[];
  /** Of other readers' comments in the last hour, newest first; the first 200 count. */
  readonly others: readonly string[];
  /** How many other readers posted just this text in the last 24 hours, on whatever story. */
  readonly sameByOthers: number;
  /** How many comments this reader posted in the last minute and the last ten. */
  readonly byReader: { readonly minute: number; readonly tenMinutes: number };
  /** How many comments all readers posted on this story in the same times. */
  readonly onStory: { readonly minute: number; readonly tenMinutes: number };
}

/** All that the phases look at. Nothing here is read again while they run, so a replay gives the same scores. */
export interface PhaseInput {
  /** The revision's text as stored, at most 20,000 bytes. */
  readonly body: string;
  /** As far as it can be told: ISO 639-1, or `und`; null where too little speaks for any. */
  readonly language: string | null;
  readonly reader: ReaderFacts;
  readonly settings: Pick<ModerationPolicy, 'wordLists' | 'links' | 'languages'>;
  readonly history: History;
  /** What the text itself says, whoever wrote it: the shipped model, or what a site's people made of it. */
  readonly scoreText: (text: string) => ScoreMap | Promise<ScoreMap>;
  /** The LIMITS switch: false makes `repeats` and `floods` find nothing. */
  readonly limits: boolean;
}

const readings = new WeakMap<object, Reading>();

/** The reading of the input's text; it is made once for all phases. */
export function readingOf(input: Pick<PhaseInput, 'body'>): Reading {
  let reading = readings.get(input);
  if (!reading) readings.set(input, (reading = readText(input.body)));
  return reading;
}

/** One look at a comment. It gives every one of its `labels` for every input, or throws. */
export interface Phase {
  readonly name: string;
  readonly labels: readonly Label[];
  readonly run: (input: PhaseInput) => ScoreMap | Promise<ScoreMap>;
}

/** New: fewer than three comments published, or known for less than a day. */
export function isNewReader({
  publishedCount,
  tenureDays,
}: Pick<ReaderFacts, 'publishedCount' | 'tenureDays'>): boolean {
  return publishedCount < 3 || tenureDays < 1;
}
