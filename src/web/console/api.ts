import type {
  AppSecret,
  FactorAdded,
  Passkey,
  PasskeyOptions,
  Passkeys,
  SignInWays,
  SecondFactor,
  TeamRules,
  AuditEntry,
  AuditVerification,
  FoundComments,
  Policy,
  PolicyDifference,
  PolicyPatch,
  PolicyReplay,
  PolicyShadow,
  PolicyVersionItem,
  VerdictDifference,
  BulkDecision,
  BulkRequest,
  CommentDetail,
  DeskReader,
  DeskSettings,
  DeskStory,
  StoryRecord,
  ReaderComment,
  ReaderRecord,
  ReaderWord,
  RemovalPreview,
  OpinionRequest,
  QueueCount,
  QueueFilter,
  SavedQueue,
  SavedQueueRequest,
  Turn,
  DecisionRequest,
  DecisionResult,
  Delivery,
  DeliveryDetail,
  EndpointChange,
  EndpointWithSecret,
  EventType,
  Explanation,
  ExplanationRequest,
  Import,
  ImportItem,
  Learning,
  Lesson,
  SiteHead,
  SiteHeadDetails,
  InboundEntry,
  InboundLine,
  InboundSettings,
  InboundWire,
  LookUp,
  LookUpSettings,
  LookUpTrial,
  NewEndpoint,
  Redelivered,
  Redelivery,
  RotatedSecret,
  Override,
  OverrideRequest,
  Page,
  Person,
  ProblemBody,
  Invitation,
  InvitationRequest,
  ModeratorRole,
  OwnSession,
  Calibration,
  Judgement,
  JudgementAnswer,
  LiveDesk,
  Quality,
  SampleDraw,
  SamplePage,
  Sampling,
  QueueCounts,
  QueueItem,
  QueueSort,
  QueueState,
  Reason,
  Refusal,
  Replayed,
  Scorer,
  ScorerSettings,
  ScorerTrial,
  Session,
  StandingAnswer,
  StandingRequest,
  TeamMember,
  Tier,
  WebhookEndpoint,
  WordCatch,
} from './wire.js';

/** The server answered, and the answer was no. */
export class ProblemError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly body: ProblemBody,
  ) {
    super(body.detail ?? body.title ?? `The server answered ${status}.`);
    this.name = 'ProblemError';
  }
}

/** No answer came at all: the network or the server is away. */
export class UnreachableError extends Error {
  constructor(cause: unknown) {
    super('The server cannot be reached.', { cause });
    this.name = 'UnreachableError';
  }
}

interface Options {
  signal?: AbortSignal;
  keepalive?: boolean;
  /** A 401 is an answer here, not the end of a session. */
  quiet401?: boolean;
  /** The same key and body answers the first result, so that a write can be tried again. */
  idempotencyKey?: string;
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

const endedListeners = new Set<() => void>();

/** Calls back whenever the server says that the session is over. Returns how to stop. */
export function onSessionEnded(listener: () => void): () => void {
  endedListeners.add(listener);
  return () => endedListeners.delete(listener);
}

let askToConfirm: (() => Promise<boolean>) | null = null;

/** Asks for the password whenever the server wants it once more; what was refused is then sent again. */
export function onConfirmRequired(ask: () => Promise<boolean>): () => void {
  askToConfirm = ask;
  return () => {
    if (askToConfirm === ask) askToConfirm = null;
  };
}

// A write that hangs longer than this is shown as not saved; the decision stays answerable by its 409.
const TIMEOUT_MS = 20_000;

/**
 * One call to our own server with the session's cookie.
 *
 * @throws ProblemError for any answer that is not 2xx, UnreachableError when there was none
 */
async function call<T>(method: Method, path: string, body?: unknown, options: Options = {}): Promise<T> {
  const headers: Record<string, string> = { accept: 'application/json' };
  // The server refuses writes without it; another site's form cannot set it.
  if (method !== 'GET') headers['x-postbag-console'] = '1';
  if (body !== undefined) headers['content-type'] = 'application/json';
  if (options.idempotencyKey) headers['idempotency-key'] = options.idempotencyKey;
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  let response: Response;
  try {
    response = await fetch(`/api/v1${path}`, {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
      credentials: 'same-origin',
      keepalive: options.keepalive ?? false,
      signal: options.signal ? AbortSignal.any([options.signal, timeout]) : timeout,
    });
  } catch (error) {
    if (options.signal?.aborted) throw error;
    throw new UnreachableError(error);
  }
  if (response.ok) {
    if (response.status === 204) return undefined as T;
    return (await response.json()) as T;
  }
  const problem = (await response.json().catch(() => ({}))) as Partial<ProblemBody>;
  if (response.status === 401 && !options.quiet401) endedListeners.forEach((listener) => listener());
  if (problem.code === 'confirm-required' && askToConfirm && (await askToConfirm()))
    return call<T>(method, path, body, options);
  throw new ProblemError(response.status, problem.code ?? 'unknown', { ...problem, status: response.status });
}

const id = encodeURIComponent;

function query(params: Record<string, string | number | null | undefined>): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(params)) if (value != null) search.set(key, String(value));
  return search.toString();
}

/** The second factor: the app's code, or a recovery code. */
export type Proof = { code?: string; recoveryCode?: string };
export type Credentials =
  (({ link: string } | { email: string; password: string }) & Proof) | { passkey: object };

/** Every call the console makes. */
export const api = {
  session: () => call<Session>('GET', '/console/session', undefined, { quiet401: true }),
  signIn: (credentials: Credentials) =>
    call<Session>('POST', '/console/session', credentials, { quiet401: true }),
  signOut: () => call<void>('DELETE', '/console/session', undefined, { quiet401: true }),
  setUpAccount: (account: { name: string; email: string; password: string }) =>
    call<Session>('PUT', '/console/account', account),

  confirm: (given: (Proof & { password?: string }) | { passkey: object }) =>
    call<void>('POST', '/console/confirmation', given),

  secondFactor: (signal?: AbortSignal) =>
    call<SecondFactor>('GET', '/console/second-factor', undefined, { signal }),
  beginApp: () => call<AppSecret>('POST', '/console/second-factor/app'),
  finishApp: (code: string) =>
    call<FactorAdded>('POST', '/console/second-factor/app/activation', { code: code.trim() }),
  removeApp: () => call<void>('DELETE', '/console/second-factor/app'),
  signInWays: (signal?: AbortSignal) =>
    call<SignInWays>('GET', '/console/sign-in-ways', undefined, { signal }),
  passkeyChallenge: () => call<PasskeyOptions>('POST', '/console/passkey-challenge'),
  passkeys: (signal?: AbortSignal) => call<Passkeys>('GET', '/console/passkeys', undefined, { signal }),
  beginPasskey: () => call<PasskeyOptions>('POST', '/console/passkeys/registration'),
  addPasskey: (name: string, response: object) =>
    call<FactorAdded>('POST', '/console/passkeys', { name, response }),
  renamePasskey: (passkey: string, name: string) =>
    call<Passkey>('PATCH', `/console/passkeys/${id(passkey)}`, { name }),
  removePasskey: (passkey: string) => call<void>('DELETE', `/console/passkeys/${id(passkey)}`),
  newRecoveryCodes: () => call<{ recoveryCodes: string[] }>('POST', '/console/second-factor/recovery-codes'),

  ownSessions: (signal?: AbortSignal) =>
    call<{ items: OwnSession[] }>('GET', '/console/sessions', undefined, { signal }),
  endSession: (session: string) => call<void>('DELETE', `/console/sessions/${id(session)}`),

  team: (site: string, signal?: AbortSignal) =>
    call<{ items: TeamMember[] }>('GET', `/sites/${id(site)}/moderators`, undefined, { signal }),
  invite: (site: string, invitation: InvitationRequest) =>
    call<Invitation>('POST', `/sites/${id(site)}/moderators`, invitation),
  newLink: (site: string, moderator: string) =>
    call<Invitation>('POST', `/sites/${id(site)}/moderators/${id(moderator)}/link`),
  setRole: (site: string, moderator: string, role: ModeratorRole) =>
    call<TeamMember>('PATCH', `/sites/${id(site)}/moderators/${id(moderator)}`, { role }),
  resetSecondFactor: (site: string, moderator: string) =>
    call<void>('DELETE', `/sites/${id(site)}/moderators/${id(moderator)}/second-factor`),
  teamRules: (site: string, signal?: AbortSignal) =>
    call<TeamRules>('GET', `/sites/${id(site)}/team-rules`, undefined, { signal }),
  setTeamRules: (site: string, rules: TeamRules) =>
    call<TeamRules>('PUT', `/sites/${id(site)}/team-rules`, rules),
  removeModerator: (site: string, moderator: string) =>
    call<void>('DELETE', `/sites/${id(site)}/moderators/${id(moderator)}`),

  queue: (
    params: QueueFilter & {
      site: string;
      state: QueueState;
      sort: QueueSort;
      cursor: string | null;
      limit: number;
    },
    signal?: AbortSignal,
  ) => call<Page<QueueItem>>('GET', `/moderation/queue?${query({ ...params })}`, undefined, { signal }),
  count: (params: QueueFilter & { site: string; state: QueueState }, signal?: AbortSignal) =>
    call<QueueCount>('GET', `/moderation/queue/count?${query({ ...params })}`, undefined, { signal }),
  savedQueues: (site: string, signal?: AbortSignal) =>
    call<{ items: SavedQueue[] }>('GET', `/moderation/saved-queues?${query({ site })}`, undefined, {
      signal,
    }),
  saveQueue: (request: SavedQueueRequest) => call<SavedQueue>('POST', '/moderation/saved-queues', request),
  deleteQueue: (queue: string) => call<void>('DELETE', `/moderation/saved-queues/${id(queue)}`),
  decideMany: (request: BulkRequest, idempotencyKey: string) =>
    call<BulkDecision>('POST', '/moderation/bulk-decisions', request, { idempotencyKey }),
  undoMany: (bulk: string) => call<BulkDecision>('POST', `/moderation/bulk-decisions/${id(bulk)}/undo`),
  opine: (commentId: string, request: OpinionRequest) =>
    call<CommentDetail>('POST', `/moderation/comments/${id(commentId)}/opinions`, request),
  conversation: (commentId: string, signal?: AbortSignal) =>
    call<{ items: Turn[] }>('GET', `/moderation/comments/${id(commentId)}/conversation`, undefined, {
      signal,
    }),
  deskSettings: (signal?: AbortSignal) => call<DeskSettings>('GET', '/console/desk', undefined, { signal }),
  setDeskSettings: (settings: DeskSettings) => call<DeskSettings>('PUT', '/console/desk', settings),
  counts: (site: string, signal?: AbortSignal) =>
    call<{ counts: QueueCounts }>('GET', `/moderation/queue/counts?${query({ site })}`, undefined, {
      signal,
    }),
  reasons: (site: string, signal?: AbortSignal) =>
    call<{ items: Reason[] }>('GET', `/moderation/reasons?${query({ site })}`, undefined, { signal }),
  comment: (commentId: string, signal?: AbortSignal) =>
    call<CommentDetail>('GET', `/moderation/comments/${id(commentId)}`, undefined, { signal }),
  look: (commentId: string) =>
    call<{ lookingAt: Person[] }>('PUT', `/moderation/comments/${id(commentId)}/looking`),
  lookAway: (commentId: string) =>
    call<void>('DELETE', `/moderation/comments/${id(commentId)}/looking`, undefined, { keepalive: true }),
  decide: (decisions: DecisionRequest[], idempotencyKey: string) =>
    call<{ results: DecisionResult[] }>('POST', '/moderation/decisions', { decisions }, { idempotencyKey }),
  undo: (decisionId: string) =>
    call<{ commentId: string; status: string; decisionId: string }>(
      'POST',
      `/moderation/decisions/${id(decisionId)}/undo`,
    ),
  readers: (
    params: { site: string; q: string; standing: string; cursor: string | null },
    signal?: AbortSignal,
  ) =>
    call<Page<DeskReader>>(
      'GET',
      `/moderation/readers?${query({ ...params, q: params.q || null, standing: params.standing || null, limit: 40 })}`,
      undefined,
      { signal },
    ),
  stories: (
    params: { site: string; q: string; state: string; cursor: string | null },
    signal?: AbortSignal,
  ) =>
    call<Page<DeskStory>>(
      'GET',
      `/moderation/stories?${query({ ...params, q: params.q || null, state: params.state || null, limit: 40 })}`,
      undefined,
      { signal },
    ),
  story: (storyId: string, signal?: AbortSignal) =>
    call<StoryRecord>('GET', `/moderation/stories/${id(storyId)}`, undefined, { signal }),
  openStory: (storyId: string, opening: { state: 'open' | 'closed'; closesAt: string | null }) =>
    call<StoryRecord>('POST', `/moderation/stories/${id(storyId)}/opening`, opening),
  setStrict: (storyId: string, strict: { moderators: string[]; reason: string; closesAt: string | null }) =>
    call<StoryRecord>('POST', `/moderation/stories/${id(storyId)}/strict`, strict),
  answerAs: (storyId: string, answer: { body: string; parentId: string | null }) =>
    call<unknown>('POST', `/moderation/stories/${id(storyId)}/answers`, answer),
  endStrict: (storyId: string) => call<void>('DELETE', `/moderation/stories/${id(storyId)}/strict`),
  feature: (commentId: string, featured: { picked: boolean; pinned: boolean }) =>
    call<unknown>('PUT', `/moderation/comments/${id(commentId)}/featured`, featured),
  reader: (readerId: string, signal?: AbortSignal) =>
    call<ReaderRecord>('GET', `/moderation/readers/${id(readerId)}`, undefined, { signal }),
  readerComments: (
    readerId: string,
    params: { status: string; cursor: string | null },
    signal?: AbortSignal,
  ) =>
    call<Page<ReaderComment>>(
      'GET',
      `/moderation/readers/${id(readerId)}/comments?${query({ ...params, status: params.status || null })}`,
      undefined,
      { signal },
    ),
  noteReader: (readerId: string, text: string) =>
    call<ReaderWord>('POST', `/moderation/readers/${id(readerId)}/notes`, { text }),
  messageReader: (readerId: string, text: string) =>
    call<ReaderWord>('POST', `/moderation/readers/${id(readerId)}/messages`, { text }),
  joinReaders: (readerId: string, other: string) =>
    call<ReaderRecord>('POST', `/moderation/readers/${id(readerId)}/same-person`, { readerId: other }),
  partReader: (readerId: string) => call<void>('DELETE', `/moderation/readers/${id(readerId)}/same-person`),
  removalPreview: (readerId: string, signal?: AbortSignal) =>
    call<RemovalPreview>('GET', `/moderation/readers/${id(readerId)}/removal`, undefined, { signal }),
  removeAll: (readerId: string, request: { reason: string; note?: string }, idempotencyKey: string) =>
    call<BulkDecision>('POST', `/moderation/readers/${id(readerId)}/removal`, request, { idempotencyKey }),
  setStanding: (readerId: string, request: StandingRequest) =>
    call<StandingAnswer>('POST', `/moderation/readers/${id(readerId)}/standing`, request),
  eventsUrl: (site: string) => `/api/v1/moderation/events?${query({ site })}`,

  learning: (site: string, signal?: AbortSignal) =>
    call<Learning>('GET', `/sites/${id(site)}/head`, undefined, { signal }),
  chooseHead: (site: string, head: string | null) =>
    call<Learning>('PUT', `/sites/${id(site)}/head`, { head }),
  heads: (site: string, signal?: AbortSignal) =>
    call<Page<SiteHead>>('GET', `/sites/${id(site)}/heads`, undefined, { signal }),
  head: (site: string, head: string, signal?: AbortSignal) =>
    call<SiteHeadDetails>('GET', `/sites/${id(site)}/heads/${id(head)}`, undefined, { signal }),
  trainHead: (site: string) => call<unknown>('POST', `/sites/${id(site)}/heads`),
  lessons: (site: string, cursor: string | null, signal?: AbortSignal) =>
    call<Page<Lesson>>('GET', `/sites/${id(site)}/head/lessons?${query({ cursor, limit: 20 })}`, undefined, {
      signal,
    }),
  liveDesk: (site: string, signal?: AbortSignal) =>
    call<LiveDesk>('GET', `/sites/${id(site)}/live-desk`, undefined, { signal }),
  quality: (site: string, params: { days: number; zone: string }, signal?: AbortSignal) =>
    call<Quality>('GET', `/sites/${id(site)}/quality?${query(params)}`, undefined, { signal }),
  calibration: (
    site: string,
    label: string,
    params: { days: number; errorPerMille: number },
    signal?: AbortSignal,
  ) =>
    call<Calibration>('GET', `/sites/${id(site)}/quality/labels/${id(label)}?${query(params)}`, undefined, {
      signal,
    }),
  qualityExportUrl: (site: string, params: { days: number; zone: string; format: 'csv' | 'json' }) =>
    `/api/v1/sites/${id(site)}/quality/export?${query(params)}`,
  samples: (site: string, limit: number, signal?: AbortSignal) =>
    call<SamplePage>('GET', `/sites/${id(site)}/samples?${query({ limit })}`, undefined, { signal }),
  judge: (site: string, sample: string, answer: JudgementAnswer) =>
    call<Judgement>('POST', `/sites/${id(site)}/samples/${id(sample)}/judgement`, { answer }),
  sampling: (site: string, signal?: AbortSignal) =>
    call<Sampling>('GET', `/sites/${id(site)}/sampling`, undefined, { signal }),
  setSampling: (site: string, sampling: Sampling) =>
    call<Sampling>('PUT', `/sites/${id(site)}/sampling`, sampling),
  draws: (site: string, signal?: AbortSignal) =>
    call<{ items: SampleDraw[] }>('GET', `/sites/${id(site)}/sampling/draws`, undefined, { signal }),
  drawNow: (site: string) => call<SampleDraw>('POST', `/sites/${id(site)}/sampling/draws`),

  search: (site: string, params: Record<string, string | null>, signal?: AbortSignal) =>
    call<FoundComments>('GET', `/moderation/search?${query({ site, ...params, limit: 30 })}`, undefined, {
      signal,
    }),
  policy: (site: string, signal?: AbortSignal) =>
    call<Policy>('GET', `/sites/${id(site)}/policy`, undefined, { signal }),
  tiers: (site: string, signal?: AbortSignal) =>
    call<Tier[]>('GET', `/sites/${id(site)}/tiers`, undefined, { signal }),
  changePolicy: (site: string, patch: PolicyPatch, change: { note: string | null; expect: number }) =>
    call<Policy>('PATCH', `/sites/${id(site)}/policy?${query(change)}`, patch),
  policyVersions: (site: string, cursor: string | null, signal?: AbortSignal) =>
    call<Page<PolicyVersionItem>>(
      'GET',
      `/sites/${id(site)}/policy/versions?${query({ cursor, limit: 20 })}`,
      undefined,
      { signal },
    ),
  comparePolicies: (site: string, from: string, to: string, signal?: AbortSignal) =>
    call<{ differences: PolicyDifference[] }>(
      'GET',
      `/sites/${id(site)}/policy/versions/${id(from)}/differences/${id(to)}`,
      undefined,
      { signal },
    ),
  restorePolicy: (site: string, version: number) =>
    call<PolicyVersionItem>('POST', `/sites/${id(site)}/policy/versions/${version}/restore`, {}),
  testWords: (site: string, text: string, entries: readonly string[]) =>
    call<{ found: { entry: string; spans: [number, number][] }[] }>(
      'POST',
      `/sites/${id(site)}/policy/word-test`,
      { text, entries },
    ),
  catchWords: (site: string, entries: readonly string[]) =>
    call<WordCatch>('POST', `/sites/${id(site)}/policy/word-catch`, { entries }),
  startReplay: (site: string, request: { policy: PolicyPatch; comments: number }) =>
    call<PolicyReplay>('POST', `/sites/${id(site)}/policy/replays`, request),
  replays: (site: string, signal?: AbortSignal) =>
    call<{ items: PolicyReplay[] }>('GET', `/sites/${id(site)}/policy/replays`, undefined, { signal }),
  replayDifferences: (site: string, replay: string, signal?: AbortSignal) =>
    call<Page<VerdictDifference>>(
      'GET',
      `/sites/${id(site)}/policy/replays/${id(replay)}/differences?${query({ limit: 50 })}`,
      undefined,
      { signal },
    ),
  turnReplay: (site: string, replay: string, what: 'cancel' | 'resume') =>
    call<PolicyReplay>('POST', `/sites/${id(site)}/policy/replays/${id(replay)}/${what}`),
  shadow: (site: string, signal?: AbortSignal) =>
    call<PolicyShadow>('GET', `/sites/${id(site)}/policy/shadow`, undefined, { signal }),
  setShadow: (site: string, policy: PolicyPatch) =>
    call<PolicyShadow>('PUT', `/sites/${id(site)}/policy/shadow`, { policy }),
  endShadow: (site: string) => call<void>('DELETE', `/sites/${id(site)}/policy/shadow`),

  audit: (site: string, params: Record<string, string | null>, signal?: AbortSignal) =>
    call<Page<AuditEntry>>('GET', `/sites/${id(site)}/audit?${query({ ...params, limit: 50 })}`, undefined, {
      signal,
    }),
  verifyAudit: (site: string) => call<AuditVerification>('GET', `/sites/${id(site)}/audit/verification`),
  auditExportUrl: (site: string) => `/api/v1/sites/${id(site)}/audit/export`,

  webhooks: (site: string, signal?: AbortSignal) =>
    call<Page<WebhookEndpoint>>('GET', `/sites/${id(site)}/webhooks?${query({ limit: 100 })}`, undefined, {
      signal,
    }),
  deliveries: (site: string, endpoint: string, params: Record<string, string | null>, signal?: AbortSignal) =>
    call<Page<Delivery>>(
      'GET',
      `/sites/${id(site)}/webhooks/${id(endpoint)}/deliveries?${query({ ...params, limit: 50 })}`,
      undefined,
      { signal },
    ),
  redeliver: (site: string, endpoint: string, delivery: string) =>
    call<unknown>('POST', `/sites/${id(site)}/webhooks/${id(endpoint)}/deliveries/${id(delivery)}/redeliver`),
  delivery: (site: string, endpoint: string, delivery: string, signal?: AbortSignal) =>
    call<DeliveryDetail>(
      'GET',
      `/sites/${id(site)}/webhooks/${id(endpoint)}/deliveries/${id(delivery)}`,
      undefined,
      { signal },
    ),
  redeliverAll: (site: string, endpoint: string, which: Redelivery) =>
    call<Redelivered>('POST', `/sites/${id(site)}/webhooks/${id(endpoint)}/redeliver`, which),
  recover: (site: string, endpoint: string, since: string) =>
    call<{ deliveries: number }>('POST', `/sites/${id(site)}/webhooks/${id(endpoint)}/recover`, { since }),
  eventTypes: (signal?: AbortSignal) =>
    call<{ items: EventType[] }>('GET', '/event-types', undefined, { signal }),
  addEndpoint: (site: string, endpoint: NewEndpoint) =>
    call<EndpointWithSecret>('POST', `/sites/${id(site)}/webhooks`, endpoint),
  changeEndpoint: (site: string, endpoint: string, change: EndpointChange) =>
    call<WebhookEndpoint>('PATCH', `/sites/${id(site)}/webhooks/${id(endpoint)}`, change),
  removeEndpoint: (site: string, endpoint: string) =>
    call<unknown>('DELETE', `/sites/${id(site)}/webhooks/${id(endpoint)}`),
  rotateSecret: (site: string, endpoint: string) =>
    call<RotatedSecret>('POST', `/sites/${id(site)}/webhooks/${id(endpoint)}/rotate`),
  sendTest: (site: string, endpoint: string) =>
    call<unknown>('POST', `/sites/${id(site)}/webhooks/${id(endpoint)}/test`),

  overrides: (site: string, signal?: AbortSignal) =>
    call<{ items: Override[] }>('GET', `/sites/${id(site)}/overrides`, undefined, { signal }),
  putOverride: (site: string, key: string, override: OverrideRequest) =>
    call<Override>('PUT', `/sites/${id(site)}/overrides/${id(key)}`, override),
  removeOverride: (site: string, key: string) =>
    call<void>('DELETE', `/sites/${id(site)}/overrides/${id(key)}`),
  refusals: (site: string, params: Record<string, string | null>, signal?: AbortSignal) =>
    call<Page<Refusal>>('GET', `/sites/${id(site)}/refusals?${query({ ...params, limit: 50 })}`, undefined, {
      signal,
    }),
  explain: (site: string, request: ExplanationRequest) =>
    call<Explanation>('POST', `/sites/${id(site)}/gate`, request),

  inbound: (site: string, signal?: AbortSignal) =>
    call<{ items: InboundWire[] }>('GET', `/sites/${id(site)}/inbound`, undefined, { signal }),
  putInbound: (site: string, provider: string, settings: InboundSettings) =>
    call<InboundWire>('PUT', `/sites/${id(site)}/inbound/${id(provider)}`, settings),
  removeInbound: (site: string, provider: string) =>
    call<void>('DELETE', `/sites/${id(site)}/inbound/${id(provider)}`),
  inboundLog: (site: string, provider: string, params: Record<string, string | null>, signal?: AbortSignal) =>
    call<Page<InboundLine>>(
      'GET',
      `/sites/${id(site)}/inbound/${id(provider)}/log?${query({ ...params, limit: 50 })}`,
      undefined,
      { signal },
    ),
  push: (site: string, provider: string, push: string, signal?: AbortSignal) =>
    call<InboundEntry>('GET', `/sites/${id(site)}/inbound/${id(provider)}/log/${id(push)}`, undefined, {
      signal,
    }),
  replayPush: (site: string, provider: string, push: string) =>
    call<{ outcome: InboundLine['outcome'] }>(
      'POST',
      `/sites/${id(site)}/inbound/${id(provider)}/log/${id(push)}/replay`,
    ),
  replayPushes: (site: string, provider: string, since: string) =>
    call<Replayed>('POST', `/sites/${id(site)}/inbound/${id(provider)}/replay`, { since }),

  lookUp: (site: string, signal?: AbortSignal) =>
    call<LookUp>('GET', `/sites/${id(site)}/lookup`, undefined, { signal }),
  putLookUp: (site: string, settings: LookUpSettings) =>
    call<LookUp>('PUT', `/sites/${id(site)}/lookup`, settings),
  removeLookUp: (site: string) => call<void>('DELETE', `/sites/${id(site)}/lookup`),
  rotateLookUp: (site: string) =>
    call<{ secret: string; previousValidUntil: string }>('POST', `/sites/${id(site)}/lookup/rotate`),
  tryLookUp: (site: string, readerKey: string) =>
    call<LookUpTrial>('POST', `/sites/${id(site)}/lookup/test`, { readerKey }),

  imports: (site: string, signal?: AbortSignal) =>
    call<{ items: Import[] }>('GET', `/sites/${id(site)}/entitlements/imports`, undefined, { signal }),
  startImport: (site: string, items: readonly ImportItem[], idempotencyKey: string) =>
    call<Import>('POST', `/sites/${id(site)}/entitlements/imports`, { items }, { idempotencyKey }),

  scorers: (site: string, signal?: AbortSignal) =>
    call<{ items: Scorer[] }>('GET', `/sites/${id(site)}/scorers`, undefined, { signal }),
  putScorer: (site: string, key: string, settings: ScorerSettings) =>
    call<Scorer & { secret?: string }>('PUT', `/sites/${id(site)}/scorers/${id(key)}`, settings),
  removeScorer: (site: string, key: string) => call<void>('DELETE', `/sites/${id(site)}/scorers/${id(key)}`),
  rotateScorer: (site: string, key: string) =>
    call<{ secret: string; previousUntil: string }>('POST', `/sites/${id(site)}/scorers/${id(key)}/rotate`),
  tryScorer: (site: string, key: string, text: string) =>
    call<ScorerTrial>('POST', `/sites/${id(site)}/scorers/${id(key)}/test`, { text }),
};
