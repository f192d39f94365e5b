import { call, get, id, query } from './call.js';
import type { ModerationStory, Page, StoryAuthors, StoryRecord } from '../api-types.js';

interface StrictRequest {
  /** Ids of the only moderators who may decide; if omitted, all moderators of the site may. */
  moderators?: string[];
  reason: string;
  hours?: number;
  closesAt?: string | null;
}

/** Stories, and the publication's comments on them. */
export const storiesApi = {
  stories: (
    params: { site: string; q: string; state: string; cursor: string | null },
    signal?: AbortSignal,
  ) =>
    get<Page<ModerationStory>>(
      `/moderation/stories?${query({ ...params, q: params.q || null, state: params.state || null, limit: 40 })}`,
      signal,
    ),
  story: (storyId: string, signal?: AbortSignal) =>
    get<StoryRecord>(`/moderation/stories/${id(storyId)}`, signal),
  openStory: (storyId: string, opening: { state: 'open' | 'closed'; closesAt: string | null }) =>
    call<StoryRecord>('POST', `/moderation/stories/${id(storyId)}/opening`, opening),
  setStrict: (storyId: string, strict: StrictRequest) =>
    call<StoryRecord>('POST', `/moderation/stories/${id(storyId)}/strict`, strict),
  endStrict: (storyId: string) => call<void>('DELETE', `/moderation/stories/${id(storyId)}/strict`),
  storyAuthors: (storyId: string, signal?: AbortSignal) =>
    get<StoryAuthors>(`/moderation/stories/${id(storyId)}/authors`, signal),
  setStoryAuthors: (storyId: string, emails: string[]) =>
    call<StoryAuthors>('PUT', `/moderation/stories/${id(storyId)}/authors`, { emails }),
  answerAs: (storyId: string, answer: { body: string; parentId: string | null }) =>
    call<unknown>('POST', `/moderation/stories/${id(storyId)}/answers`, answer),
};
