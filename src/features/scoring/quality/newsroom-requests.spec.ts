import { describe, expect, it } from '@jest/globals';
import type { NewsroomSentence } from '../../../../test/quality/newsroom-sentences/newsroom-sentence.js';
import { SEEN } from '../../../../test/quality/newsroom-sentences/seen.js';
import { UNSEEN } from '../../../../test/quality/newsroom-sentences/unseen.js';
import { newsroomScore, questionScore } from './newsroom-requests.js';

const FOUND = 0.5;
const foundBy = {
  question: (text: string): boolean => questionScore(text, false) >= FOUND,
  newsroom: (text: string): boolean => newsroomScore(text) >= FOUND,
};

function rates(
  sentences: readonly NewsroomSentence[],
  label: 'question' | 'newsroom',
): { precision: number; recall: number } {
  const found = sentences.filter(({ text }) => foundBy[label](text));
  const right = found.filter(({ is }) => is === label).length;
  // A tip may be worded as a question, and the other way round: neither is wrong.
  const wrong = found.filter(({ is }) => is === 'neither').length;
  return {
    precision: right / (right + wrong),
    recall: right / sentences.filter(({ is }) => is === label).length,
  };
}

describe('questions and tips for the newsroom', () => {
  it.each(SEEN)('are distinguished from other sentences: $text', ({ is, text }) => {
    expect({ question: foundBy.question(text), newsroom: foundBy.newsroom(text) }).toMatchObject(
      is === 'neither' ? { question: false, newsroom: false } : { [is]: true },
    );
  });

  it('are distinguished from others in sentences that no rule was written for', () => {
    const measured = { question: rates(UNSEEN, 'question'), newsroom: rates(UNSEEN, 'newsroom') };
    expect(measured.question.precision).toBeGreaterThanOrEqual(0.9);
    expect(measured.newsroom.precision).toBeGreaterThanOrEqual(0.9);
    expect(measured.question.recall).toBeGreaterThanOrEqual(0.5);
    expect(measured.newsroom.recall).toBeGreaterThanOrEqual(0.5);
  });

  it('reads "you" in a reply as the other reader', () => {
    expect(questionScore('Did you ask the company for a comment?', false)).toBeGreaterThanOrEqual(FOUND);
    expect(questionScore('Did you ask the company for a comment?', true)).toBe(0);
    expect(questionScore('Did the reporter ask the company for a comment?', true)).toBeGreaterThanOrEqual(
      FOUND,
    );
  });

  it('reads a very long text in little time', () => {
    const long = `${'the the, is not the the 1 '.repeat(800)}?`;
    const start = performance.now();
    questionScore(long, false);
    newsroomScore(long);
    expect(performance.now() - start).toBeLessThan(500);
  });
});
