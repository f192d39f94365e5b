import { call, get, id, query } from './call.js';
import type {
  Brigade,
  BulkDecision,
  BulkRequest,
  CommentDetail,
  NearDuplicates,
  SimilarDecisions,
  DecisionRequest,
  DecisionResult,
  FoundComments,
  OpinionRequest,
  Page,
  Person,
  QueueCount,
  QueueCounts,
  QueueFilter,
  QueueItem,
  QueueSort,
  QueueState,
  Reasons,
  SavedQueue,
  SavedQueueRequest,
  ConversationComment,
} from '../api-types.js';

/** The moderation queue and decisions. */
export const queueApi = {
  queue: (
    params: QueueFilter & {
      site: string;
      state: QueueState;
      sort: QueueSort;
      cursor: string | null;
      limit: number;
    },
    signal?: AbortSignal,
  ) => get<Page<QueueItem>>(`/moderation/queue?${query({ ...params })}`, signal),
  count: (params: QueueFilter & { site: string; state: QueueState }, signal?: AbortSignal) =>
    get<QueueCount>(`/moderation/queue/count?${query({ ...params })}`, signal),
  savedQueues: (site: string, signal?: AbortSignal) =>
    get<{ items: SavedQueue[] }>(`/moderation/saved-queues?${query({ site })}`, signal),
  saveQueue: (request: SavedQueueRequest) => call<SavedQueue>('POST', '/moderation/saved-queues', request),
  deleteQueue: (queue: string) => call<void>('DELETE', `/moderation/saved-queues/${id(queue)}`),
  decideMany: (request: BulkRequest, idempotencyKey: string) =>
    call<BulkDecision>('POST', '/moderation/bulk-decisions', request, { idempotencyKey }),
  undoMany: (bulk: string) => call<BulkDecision>('POST', `/moderation/bulk-decisions/${id(bulk)}/undo`),
  addOpinion: (commentId: string, request: OpinionRequest) =>
    call<CommentDetail>('POST', `/moderation/comments/${id(commentId)}/opinions`, request),
  conversation: (commentId: string, signal?: AbortSignal) =>
    get<{ items: ConversationComment[] }>(`/moderation/comments/${id(commentId)}/conversation`, signal),
  counts: (site: string, signal?: AbortSignal) =>
    get<{ counts: QueueCounts }>(`/moderation/queue/counts?${query({ site })}`, signal),
  reasons: (site: string, signal?: AbortSignal) =>
    get<Reasons>(`/moderation/reasons?${query({ site })}`, signal),
  comment: (commentId: string, signal?: AbortSignal) =>
    get<CommentDetail>(`/moderation/comments/${id(commentId)}`, signal),
  nearDuplicates: (commentId: string, signal?: AbortSignal) =>
    get<NearDuplicates>(`/moderation/comments/${id(commentId)}/near-duplicates`, signal),
  similarDecisions: (commentId: string, signal?: AbortSignal) =>
    get<SimilarDecisions>(`/moderation/comments/${id(commentId)}/similar-decisions`, signal),
  claim: (commentId: string, tab: string) =>
    call<{ claimants: Person[] }>('PUT', `/moderation/comments/${id(commentId)}/claims?${query({ tab })}`),
  releaseClaim: (commentId: string, tab: string) =>
    call<void>('DELETE', `/moderation/comments/${id(commentId)}/claims?${query({ tab })}`, undefined, {
      keepalive: true,
    }),
  decide: (decisions: DecisionRequest[], idempotencyKey: string) =>
    call<{ results: DecisionResult[] }>('POST', '/moderation/decisions', { decisions }, { idempotencyKey }),
  undo: (decisionId: string) =>
    call<{ commentId: string; status: string; decisionId: string }>(
      'POST',
      `/moderation/decisions/${id(decisionId)}/undo`,
    ),
  brigades: (site: string, signal?: AbortSignal) =>
    get<{ items: Brigade[] }>(`/moderation/brigades?${query({ site })}`, signal),
  dismissBrigade: (brigade: string) =>
    call<Brigade>('POST', `/moderation/brigades/${id(brigade)}/dismissal`, {}),
  restoreBrigade: (brigade: string) => call<void>('DELETE', `/moderation/brigades/${id(brigade)}/dismissal`),
  eventsUrl: (site: string) => `/api/v1/moderation/events?${query({ site })}`,
  search: (site: string, params: Record<string, string | null>, signal?: AbortSignal) =>
    get<FoundComments>(`/moderation/search?${query({ site, ...params, limit: 30 })}`, signal),
  feature: (commentId: string, featured: { picked: boolean; pinned: boolean }) =>
    call<unknown>('PUT', `/moderation/comments/${id(commentId)}/featured`, featured),
};
