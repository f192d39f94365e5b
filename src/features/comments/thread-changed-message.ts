import type { SiteId, StoryId } from '../../platform/ids.js';

export interface ThreadChangedMessage {
  readonly kind: 'thread';
  readonly siteId: SiteId;
  readonly storyId: StoryId;
}

export const threadTopic = (siteId: SiteId, storyId: StoryId): string => `story:${siteId}:${storyId}`;

/** Builds the message that tells every process that a story's visible thread has changed. */
export function threadChangedMessage(siteId: SiteId, storyId: StoryId): string {
  const message: ThreadChangedMessage = { kind: 'thread', siteId, storyId };
  return JSON.stringify(message);
}

/** Parses any message on `story:*`. Returns the site and the story that it is about. */
export function parseStoryTopicMessage(message: string): { siteId: SiteId; storyId: StoryId } {
  return JSON.parse(message) as ThreadChangedMessage;
}
