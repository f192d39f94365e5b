import { CONVERSATIONS, type SeedComment } from './seed-comments.js';
import { readState, writeState, type DemoState } from './demo-state.js';
import { REGULARS, TIERS } from './people.js';
import { ApiRefusal, PublisherApi } from './publisher-api.js';
import { mintToken } from './reader-tokens.js';
import { STORIES, TOPIC_FACTS } from './stories.js';

export interface DemoConnection {
  /** Base URL of the API on this machine. */
  readonly apiUrl: string;
  /** Base URL of the demo site in readers' browsers. */
  readonly publicUrl: string;
  readonly adminKey: string;
  readonly stateFile: string;
}

const encode = encodeURIComponent;

async function siteExists(api: PublisherApi, siteId: string): Promise<boolean> {
  try {
    await api.get(`/api/v1/sites/${siteId}`);
    return true;
  } catch (error) {
    if (error instanceof ApiRefusal && error.status === 404) return false;
    throw error;
  }
}

const INBOX_PATH = '/demo/webhooks/inbox';
const inboxUrl = ({ apiUrl }: DemoConnection): string => `${apiUrl}${INBOX_PATH}`;
const originsOf = ({ apiUrl, publicUrl }: DemoConnection): string[] => [
  ...new Set([new URL(publicUrl).origin, new URL(apiUrl).origin]),
];

interface SiteTier {
  readonly key: string;
  readonly name: string;
  readonly rank: number;
  readonly upgradeUrl: string | null;
  readonly badge: string | null;
}

/** Gives a URL of the demo site its current origin. Other URLs are returned unchanged. */
function rebaseUrl(url: string | null, { publicUrl }: DemoConnection): string | null {
  if (url === null) return null;
  const { pathname, search } = new URL(url);
  return pathname.startsWith('/demo/') ? `${publicUrl}${pathname}${search}` : url;
}

async function putStories(api: PublisherApi, { publicUrl }: DemoConnection, sitePath: string): Promise<void> {
  for (const { key, title, section, topics, email } of STORIES) {
    const url = `${publicUrl}/demo/stories/${key}`;
    await api.put(`${sitePath}/stories/${encode(key)}`, {
      url,
      title,
      section,
      topics,
      authorEmails: [email],
    });
  }
}

async function describeTopics(api: PublisherApi, sitePath: string): Promise<void> {
  for (const { type, key, name, facts } of TOPIC_FACTS)
    await api.put(`${sitePath}/topics/${encode(type)}/${encode(key)}`, { name, facts });
}

async function createDemoSite(api: PublisherApi, connection: DemoConnection): Promise<DemoState> {
  const { publicUrl, stateFile } = connection;
  const site = await api.post<{ id: string; ssoSecret: string }>('/api/v1/sites', {
    name: 'The Meridian',
    origins: originsOf(connection),
  });
  const sitePath = `/api/v1/sites/${site.id}`;
  await api.put(
    `${sitePath}/tiers`,
    TIERS.map((tier) => ({ ...tier, upgradeUrl: `${publicUrl}/demo/subscribe?tier=${tier.key}` })),
  );
  await api.patch(`${sitePath}/policy`, {
    gate: { comment: 'insider-gold', reply: 'insider-gold', react: 'signed-in', flag: 'signed-in' },
    // The authors of the sample comments are new readers, and many of them comment on the first story at once.
    moderation: { brigading: { newReaders: 20 } },
  });
  await putStories(api, connection, sitePath);
  await describeTopics(api, sitePath);
  const endpoint = await api.post<{ secret: string }>(`${sitePath}/webhooks`, {
    url: inboxUrl(connection),
    events: ['*'],
    body: 'full',
  });
  const state = {
    siteId: site.id,
    ssoSecret: site.ssoSecret,
    webhookSecret: endpoint.secret,
    commentsPosted: false,
  };
  await writeState(stateFile, state);
  return state;
}

/** Updates every URL that contains the demo site's address, because the port may change between starts. */
async function updateSiteAddresses(
  api: PublisherApi,
  connection: DemoConnection,
  { siteId }: DemoState,
): Promise<void> {
  const sitePath = `/api/v1/sites/${siteId}`;
  const { origins } = await api.get<{ origins: string[] }>(sitePath);
  if (originsOf(connection).some((origin) => !origins.includes(origin))) {
    await api.patch(sitePath, { origins: originsOf(connection) });
    await putStories(api, connection, sitePath);
    const tiers = await api.get<SiteTier[]>(`${sitePath}/tiers`);
    await api.put(
      `${sitePath}/tiers`,
      tiers.map((tier) => ({ ...tier, upgradeUrl: rebaseUrl(tier.upgradeUrl, connection) })),
    );
  }
  const { items } = await api.get<{ items: { id: string; url: string }[] }>(`${sitePath}/webhooks?limit=100`);
  // Do not change endpoints that the visitor added.
  const inbox = items.find(({ url }) => new URL(url).pathname === INBOX_PATH);
  const url = inboxUrl(connection);
  if (inbox && inbox.url !== url) await api.patch(`${sitePath}/webhooks/${inbox.id}`, { url });
}

/** Returns the demo site: the one from the last start with its address updated, or a new one. */
export async function prepareDemoSite(connection: DemoConnection): Promise<DemoState> {
  const api = new PublisherApi(connection.apiUrl, connection.adminKey);
  const saved = await readState(connection.stateFile);
  if (saved && (await siteExists(api, saved.siteId))) {
    await updateSiteAddresses(api, connection, saved);
    return saved;
  }
  return createDemoSite(api, connection);
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => void setTimeout(resolve, ms));

/** Retries as long as the response is 429, because rate limits also apply to the authors of the sample comments. */
async function retryWhileLimited<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof ApiRefusal) || error.status !== 429) throw error;
      await sleep(2_000);
    }
  }
}

/** API clients of the readers who write the sample comments. */
class RegularReaders {
  private readonly tokens = new Map<number, Promise<string>>();

  constructor(
    private readonly api: PublisherApi,
    private readonly state: DemoState,
  ) {}

  async apiFor(index: number): Promise<PublisherApi> {
    const token =
      this.tokens.get(index) ?? mintToken(this.state.ssoSecret, this.state.siteId, REGULARS[index]);
    this.tokens.set(index, token);
    return this.api.forReader(await token);
  }
}

interface PostedComment {
  readonly id: string;
  readonly status: string;
}

async function waitForDecision(api: PublisherApi, id: string): Promise<string> {
  for (let waited = 0; waited < 30_000; waited += 100) {
    const { status } = await api.get<PostedComment>(`/api/v1/comments/${id}`);
    if (status !== 'pending') return status;
    await sleep(100);
  }
  return 'pending';
}

/**
 * Posts a comment with its likes and replies.
 *
 * @param position identifies the comment among the sample comments: the story and the indexes down to the comment
 */
async function postComment(
  regulars: RegularReaders,
  siteId: string,
  story: string,
  comment: SeedComment,
  position: string,
  parentId?: string,
): Promise<void> {
  const author = await regulars.apiFor(comment.by);
  const commentsPath = `/api/v1/sites/${siteId}/stories/${encode(story)}/comments`;
  const body = { body: comment.body, ...(parentId === undefined ? {} : { parentId }) };
  // If a start is interrupted, the next one must not post anything twice.
  const idempotencyHeaders = { 'idempotency-key': `demo-${position}` };
  const { id } = await retryWhileLimited(() =>
    author.call<PostedComment>('POST', commentsPath, body, idempotencyHeaders),
  );
  if ((await waitForDecision(author, id)) !== 'published') return;
  for (let n = 0; n < (comment.likes ?? 0); n++) {
    const reader = await regulars.apiFor((comment.by + 1 + n) % REGULARS.length);
    await retryWhileLimited(() => reader.put(`/api/v1/comments/${id}/reactions/like`, {}));
  }
  for (const [n, reply] of (comment.replies ?? []).entries()) {
    await postComment(regulars, siteId, story, reply, `${position}-${n}`, id);
  }
}

/** Posts the sample comments, unless an earlier start has done so. */
export async function seedConversations(connection: DemoConnection, state: DemoState): Promise<void> {
  if (state.commentsPosted) return;
  const regulars = new RegularReaders(new PublisherApi(connection.apiUrl, connection.adminKey), state);
  for (const [story, comments] of Object.entries(CONVERSATIONS)) {
    for (const [n, comment] of comments.entries())
      await postComment(regulars, state.siteId, story, comment, `${story}-${n}`);
  }
  await writeState(connection.stateFile, { ...state, commentsPosted: true });
}
