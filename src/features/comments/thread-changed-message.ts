import type { SiteId, StoryId } from '../../platform/ids.js';

export interface ThreadChangedMessage {
  readonly kind: 'thread';
  readonly siteId: SiteId;
  readonly storyId: StoryId;
}

export const threadTopic = (siteId: SiteId, storyId: StoryId): string => `story:${siteId}:${storyId}`;

/** Tells every process that what a story's thread shows has changed. */
export function threadChangedMessage(siteId: SiteId, storyId: StoryId): string {
  const notice: ThreadChangedMessage = { kind: 'thread', siteId, storyId };
  return JSON.stringify(notice);
}

/** Of any message on `story:*`: whose thread or story changed. */
export function parseThreadChangedMessage(message: string): { siteId: SiteId; storyId: StoryId } {
  return JSON.parse(message) as ThreadChangedMessage;
}
