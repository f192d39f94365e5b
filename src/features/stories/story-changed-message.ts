import type { Tx } from '../../platform/database/database.js';
import type { SiteId, StoryId } from '../../platform/ids.js';
import type { PubSub } from '../../platform/pubsub/pubsub.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';

interface StoryChangedMessage {
  readonly kind: 'story';
  readonly siteId: SiteId;
  readonly storyId: StoryId;
  readonly storyKey: string;
}

/**
 * Notifies all processes that a story's own fields changed. Changes to its comments are published on the same topic
 * with a different message.
 */
export function publishStoryChanged(
  pubsub: PubSub,
  tx: Tx,
  ctx: SiteContext,
  story: { readonly id: StoryId; readonly key: string },
): Promise<void> {
  const change: StoryChangedMessage = {
    kind: 'story',
    siteId: ctx.siteId,
    storyId: story.id,
    storyKey: story.key,
  };
  return pubsub.publish(tx, `story:${ctx.siteId}:${story.id}`, JSON.stringify(change));
}

/** The story that a message on `story:*` is about; null if the message is about a comment. */
export function parseStoryChanged(message: string): StoryChangedMessage | null {
  return message.startsWith('{"kind":"story"') ? (JSON.parse(message) as StoryChangedMessage) : null;
}
