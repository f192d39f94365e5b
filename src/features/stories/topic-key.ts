import { notFound } from '../../platform/http/problem.js';
import { MAX_TOPIC_KEY_CHARS, MAX_TOPIC_TYPE_CHARS } from './topics.dto.js';

/**
 * Validates a topic's type and key from a URL.
 *
 * @throws Problem 404 for a type or key that no topic can have
 */
export function checkTopicKey(type: string, key: string): void {
  const isValid = (text: string, maxChars: number): boolean =>
    text !== '' && text.length <= maxChars && text.isWellFormed() && !text.includes('\0');
  if (!isValid(type, MAX_TOPIC_TYPE_CHARS) || !isValid(key, MAX_TOPIC_KEY_CHARS))
    throw notFound('This topic');
}
