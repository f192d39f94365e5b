import { NO_SCORE, toValue, type ScoreMap } from '../scores.js';
import type { PhaseInput } from './phase.js';

// Number of comments at which a reader scores 1; a lively debate reaches half of that. For new readers it is half as
// many, which still is one every six seconds: faster than anybody reads and responds.
const READER_PER_MINUTE = 20;
const READER_PER_TEN_MINUTES = 60;
// Nobody is to blame for a busy story, but a story is flooded by many new readers at once.
const STORY_PER_MINUTE = 120;
const STORY_PER_TEN_MINUTES = 600;
const OVERRUN_MAX = 0.85;

/** Scores too many comments in a short time, by this reader or, for new readers, on this story. */
export function floods({ history, reader, limits }: PhaseInput): ScoreMap {
  if (!limits) return { flood: NO_SCORE };
  const { byReader, onStory } = history;
  const limitFactor = reader.isNew ? 0.5 : 1;
  const readerRate = Math.max(
    byReader.minute / (READER_PER_MINUTE * limitFactor),
    byReader.tenMinutes / (READER_PER_TEN_MINUTES * limitFactor),
  );
  const storyRate = reader.isNew
    ? Math.min(
        OVERRUN_MAX,
        Math.max(onStory.minute / STORY_PER_MINUTE, onStory.tenMinutes / STORY_PER_TEN_MINUTES),
      )
    : 0;
  return { flood: { value: toValue(Math.max(readerRate, storyRate)), spans: [] } };
}
