import { call, get, id, query } from './call.js';
import type {
  BulkDecision,
  ModerationReader,
  Page,
  ReaderComment,
  ReaderRecord,
  ReaderNoteOrMessage,
  RemovalPreview,
  SanctionAnswer,
  SanctionRequest,
} from '../api-types.js';

/** Readers and their sanctions. */
export const readersApi = {
  readers: (
    params: { site: string; q: string; standing: string; cursor: string | null },
    signal?: AbortSignal,
  ) =>
    get<Page<ModerationReader>>(
      `/moderation/readers?${query({ ...params, q: params.q || null, standing: params.standing || null, limit: 40 })}`,
      signal,
    ),
  reader: (readerId: string, signal?: AbortSignal) =>
    get<ReaderRecord>(`/moderation/readers/${id(readerId)}`, signal),
  readerComments: (
    readerId: string,
    params: { status: string; cursor: string | null },
    signal?: AbortSignal,
  ) =>
    get<Page<ReaderComment>>(
      `/moderation/readers/${id(readerId)}/comments?${query({ ...params, status: params.status || null })}`,
      signal,
    ),
  addReaderNote: (readerId: string, text: string) =>
    call<ReaderNoteOrMessage>('POST', `/moderation/readers/${id(readerId)}/notes`, { text }),
  sendReaderMessage: (readerId: string, text: string) =>
    call<ReaderNoteOrMessage>('POST', `/moderation/readers/${id(readerId)}/messages`, { text }),
  linkSamePerson: (readerId: string, other: string) =>
    call<ReaderRecord>('POST', `/moderation/readers/${id(readerId)}/same-person`, { readerId: other }),
  unlinkSamePerson: (readerId: string) =>
    call<void>('DELETE', `/moderation/readers/${id(readerId)}/same-person`),
  removalPreview: (readerId: string, signal?: AbortSignal) =>
    get<RemovalPreview>(`/moderation/readers/${id(readerId)}/removal`, signal),
  removeAll: (readerId: string, request: { reason: string; note?: string }, idempotencyKey: string) =>
    call<BulkDecision>('POST', `/moderation/readers/${id(readerId)}/removal`, request, { idempotencyKey }),
  setStanding: (readerId: string, request: SanctionRequest) =>
    call<SanctionAnswer>('POST', `/moderation/readers/${id(readerId)}/standing`, request),
};
