import { CONVERSATIONS, type SeedComment } from './conversation.js';
import { readState, writeState, type DemoState } from './demo-state.js';
import { REGULARS, TIERS } from './people.js';
import { ApiRefusal, PublisherApi } from './publisher-api.js';
import { mintToken } from './reader-tokens.js';
import { STORIES } from './stories.js';

export interface DemoAddress {
  /** Where the API is called from this machine. */
  readonly apiUrl: string;
  /** Where readers' browsers find the paper. */
  readonly publicUrl: string;
  readonly adminKey: string;
  readonly stateFile: string;
}

const encode = encodeURIComponent;

async function siteStillThere(api: PublisherApi, siteId: string): Promise<boolean> {
  try {
    await api.get(`/api/v1/sites/${siteId}`);
    return true;
  } catch (error) {
    if (error instanceof ApiRefusal && error.status === 404) return false;
    throw error;
  }
}

async function createPaper(
  api: PublisherApi,
  { apiUrl, publicUrl, stateFile }: DemoAddress,
): Promise<DemoState> {
  const origins = [...new Set([new URL(publicUrl).origin, new URL(apiUrl).origin])];
  const site = await api.post<{ id: string; ssoSecret: string }>('/api/v1/sites', {
    name: 'The Meridian',
    origins,
  });
  const base = `/api/v1/sites/${site.id}`;
  await api.put(
    `${base}/tiers`,
    TIERS.map((tier) => ({ ...tier, upgradeUrl: `${publicUrl}/demo/subscribe?tier=${tier.key}` })),
  );
  await api.patch(`${base}/policy`, {
    gate: { comment: 'insider-gold', reply: 'insider-gold', react: 'signed-in', flag: 'signed-in' },
  });
  for (const { key, title, section, topics } of STORIES) {
    await api.put(`${base}/stories/${encode(key)}`, {
      url: `${publicUrl}/demo/stories/${key}`,
      title,
      section,
      topics,
    });
  }
  const endpoint = await api.post<{ secret: string }>(`${base}/webhooks`, {
    url: `${apiUrl}/demo/webhooks/inbox`,
    events: ['*'],
    body: 'full',
  });
  const state = {
    siteId: site.id,
    ssoSecret: site.ssoSecret,
    webhookSecret: endpoint.secret,
    conversed: false,
  };
  await writeState(stateFile, state);
  return state;
}

/** The pretend paper's account: as the last start left it, or made now. */
export async function openPaper(address: DemoAddress): Promise<DemoState> {
  const api = new PublisherApi(address.apiUrl, address.adminKey);
  const kept = await readState(address.stateFile);
  if (kept && (await siteStillThere(api, kept.siteId))) return kept;
  return createPaper(api, address);
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => void setTimeout(resolve, ms));

/** Tries again while the service says to wait, so that the paper's own limits hold for its regulars too. */
async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof ApiRefusal) || error.status !== 429) throw error;
      await sleep(2_000);
    }
  }
}

class Regulars {
  private readonly tokens = new Map<number, Promise<string>>();

  constructor(
    private readonly api: PublisherApi,
    private readonly state: DemoState,
  ) {}

  async as(index: number): Promise<PublisherApi> {
    const known =
      this.tokens.get(index) ?? mintToken(this.state.ssoSecret, this.state.siteId, REGULARS[index]);
    this.tokens.set(index, known);
    return this.api.as(await known);
  }
}

interface Posted {
  readonly id: string;
  readonly status: string;
}

async function decided(api: PublisherApi, id: string): Promise<string> {
  for (let waited = 0; waited < 30_000; waited += 100) {
    const { status } = await api.get<Posted>(`/api/v1/comments/${id}`);
    if (status !== 'pending') return status;
    await sleep(100);
  }
  return 'pending';
}

async function say(
  regulars: Regulars,
  siteId: string,
  story: string,
  comment: SeedComment,
  path: string,
  parentId?: string,
): Promise<void> {
  const author = await regulars.as(comment.by);
  const address = `/api/v1/sites/${siteId}/stories/${encode(story)}/comments`;
  const body = { body: comment.body, ...(parentId === undefined ? {} : { parentId }) };
  // A start that was cut off says nothing twice.
  const once = { 'idempotency-key': `demo-${path}` };
  const { id } = await patiently(() => author.call<Posted>('POST', address, body, once));
  if ((await decided(author, id)) !== 'published') return;
  for (let n = 0; n < (comment.likes ?? 0); n++) {
    const reader = await regulars.as((comment.by + 1 + n) % REGULARS.length);
    await patiently(() => reader.put(`/api/v1/comments/${id}/reactions/like`, {}));
  }
  for (const [n, reply] of (comment.replies ?? []).entries()) {
    await say(regulars, siteId, story, reply, `${path}-${n}`, id);
  }
}

/** Lets the regulars write, through the queue like anybody; later starts leave the paper as it is. */
export async function converse(address: DemoAddress, state: DemoState): Promise<void> {
  if (state.conversed) return;
  const regulars = new Regulars(new PublisherApi(address.apiUrl, address.adminKey), state);
  for (const [story, comments] of Object.entries(CONVERSATIONS)) {
    for (const [n, comment] of comments.entries())
      await say(regulars, state.siteId, story, comment, `${story}-${n}`);
  }
  await writeState(address.stateFile, { ...state, conversed: true });
}
