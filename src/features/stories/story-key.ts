import { invalid } from '../../platform/http/problem.js';

export const MAX_STORY_KEY_CHARS = 255;

/** Whether the text can be a story key: the publisher's own id, with any characters that the database can store. */
export function isStoryKey(text: string): boolean {
  return (
    text !== '' && text.isWellFormed() && !text.includes('\0') && [...text].length <= MAX_STORY_KEY_CHARS
  );
}

/** @throws Problem 400 */
export function checkStoryKey(text: string): void {
  if (isStoryKey(text)) return;
  throw invalid([
    {
      pointer: '/path/storyKey',
      code: 'bad-story-key',
      message: `A story key must have 1 to ${MAX_STORY_KEY_CHARS} characters and no NUL.`,
    },
  ]);
}
