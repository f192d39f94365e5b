import type { BrigadeId } from '../../../platform/ids.js';
import type { NewEvent } from '../../../platform/outbox/outbox.js';
import type { StoryFacts } from '../../stories/story-facts.js';
import type { BrigadeKind } from './brigade.entity.js';

/** The event `story.brigading_detected`. Its subject is the brigade, which has only this one event. */
export function brigadeEvent(
  { id, key, url, title, state }: Pick<StoryFacts, 'id' | 'key' | 'url' | 'title' | 'state'>,
  brigade: { id: BrigadeId; kind: BrigadeKind; readers: number; minutes: number },
): NewEvent {
  return {
    type: 'story.brigading_detected',
    subject: `brigade:${brigade.id}`,
    payload: { storyId: id, storyKey: key, url, title, state, brigade },
  };
}
