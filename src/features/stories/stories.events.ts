import type { NewEvent } from '../../platform/outbox/outbox.js';
import type { StoryId } from '../../platform/ids.js';
import type { StoryState } from './story-facts.js';

export const STORY_EVENTS = ['story.created', 'story.closed', 'story.reopened'] as const;
export type StoryEventType = (typeof STORY_EVENTS)[number];

/** Payload of every story event. */
export interface StoryEventPayload {
  readonly storyId: StoryId;
  readonly storyKey: string;
  readonly url: string;
  readonly title: string;
  readonly state: StoryState;
}

export function storyEvent(
  type: StoryEventType,
  story: { id: StoryId; key: string; url: string; title: string; state: StoryState },
): NewEvent {
  const payload: StoryEventPayload = {
    storyId: story.id,
    storyKey: story.key,
    url: story.url,
    title: story.title,
    state: story.state,
  };
  return { type, subject: `story:${story.id}`, payload: { ...payload } };
}
