import { Webhook } from 'standardwebhooks';
import type { Answer } from './caller.js';
import { listAllEvents } from './site-fixture.js';
import { until } from './processes.js';
import { PRODUCT_ADMIN_KEY, type Product } from './product.js';
import { createSite, type Body, type TestSite } from './sites.js';
import { openInbox, type Received, type WebhookInbox } from './webhook-inbox.js';

/** A running server process. The checker uses another one when a process is killed. */
export type AnyProcess = Pick<Product, 'call'>;
export type ExpectedStatus = 'published' | 'held' | 'rejected';

interface Accepted {
  readonly n: number;
  readonly id: string;
  /** The status expected by the rules for each revision; the index is the revision number minus one. */
  readonly expectedStatuses: ExpectedStatus[];
}

/** Maximum time to wait for a condition on a busy machine. */
export const MAX_WAIT_MS = 120_000;
export const TEST_MS = 3 * MAX_WAIT_MS;

const STORY = 'talks';
const LISTED_WORDS = { held: ['frobnitz'], rejected: ['zorblax'] };
const EXPECTED_STATUSES: readonly ExpectedStatus[] = ['published', 'held', 'published', 'rejected'];

const expectedStatusOf = (n: number): ExpectedStatus => EXPECTED_STATUSES[n % EXPECTED_STATUSES.length];

function bodyOf(n: number, status: ExpectedStatus, more = ''): string {
  const words = status === 'published' ? 'a calm remark' : LISTED_WORDS[status][0];
  return `Remark number ${n}${more}, with ${words} in it.`;
}

/**
 * A publisher with readers and a webhook receiver. It records every accepted comment and then checks, using only the
 * public API, that each one was stored, decided on once and reported by webhooks.
 */
export class PromiseChecker {
  /** Accepted comments by their number. */
  readonly accepted = new Map<number, Accepted>();
  /** The statuses of responses that did not accept a comment. */
  readonly refusals = new Set<number>();
  /** When each comment was first seen in the public thread, in milliseconds, by ID. */
  private readonly seenAt = new Map<string, number>();
  private isClosed = false;
  private watchLoop: Promise<void> = Promise.resolve();

  private constructor(
    private readonly site: TestSite,
    private readonly secret: string,
    readonly inbox: WebhookInbox,
  ) {}

  static async open(target: AnyProcess): Promise<PromiseChecker> {
    const site = await createSite(
      { call: target.call, adminKey: PRODUCT_ADMIN_KEY },
      {
        policy: { moderation: { wordLists: { banned: LISTED_WORDS.rejected, suspect: LISTED_WORDS.held } } },
      },
    );
    await site.publisher('PUT', `/stories/${STORY}`, { url: 'https://news.example/talks', title: 'Talks' });
    const inbox = await openInbox();
    const endpoint = { url: `${inbox.url}/hook`, events: ['*'], body: 'full' };
    const { body } = await site.publisher('POST', '/webhooks', endpoint);
    return new PromiseChecker(site, body.secret, inbox);
  }

  get siteId(): string {
    return this.site.id;
  }

  get threadPath(): string {
    return `/api/v1/sites/${this.site.id}/stories/${STORY}/comments`;
  }

  token(sub: string, claims = {}): Promise<string> {
    return this.site.token(sub, claims);
  }

  /** Calls the API with the admin key, below this site. */
  publisher(target: AnyProcess, method: string, path: string, body?: unknown): Promise<Answer<Body>> {
    return target.call(method, `/api/v1/sites/${this.site.id}${path}`, { token: PRODUCT_ADMIN_KEY, body });
  }

  /** Builds the request that posts the comment with this number. Each has its own reader and idempotency key. */
  async request(n: number): Promise<{ headers: Record<string, string>; body: string }> {
    return {
      headers: {
        authorization: `Bearer ${await this.token(`reader-${n}`)}`,
        'content-type': 'application/json',
        'idempotency-key': `post-${n}`,
      },
      body: JSON.stringify({ body: bodyOf(n, expectedStatusOf(n)) }),
    };
  }

  /** Records a 202 response. Posts with the same number must return the same comment. */
  accept(n: number, { id, status }: { id: string; status: string }): void {
    expect(status).toBe('pending');
    const before = this.accepted.get(n);
    if (before) expect(id).toBe(before.id);
    else this.accepted.set(n, { n, id, expectedStatuses: [expectedStatusOf(n)] });
  }

  /** @returns the status, or 0 if the connection broke before a response */
  async post(target: AnyProcess, n: number): Promise<number> {
    const answer = await target.call<Body>('POST', this.threadPath, await this.request(n)).catch(() => null);
    if (answer?.status === 202) this.accept(n, answer.body);
    else if (answer) this.refusals.add(answer.status);
    return answer?.status ?? 0;
  }

  /** Posts a range of comments, several at once, and repeats each request until it is accepted. */
  async postAll(target: () => AnyProcess, from: number, to: number, { atOnce = 6 } = {}): Promise<void> {
    let next = from;
    const postEach = async (): Promise<void> => {
      for (let n = next++; n < to; n = next++) {
        let status = 0;
        await until(async () => (status = await this.post(target(), n)) === 202, MAX_WAIT_MS).catch(() => {
          throw new Error(`comment ${n} was not accepted; the last status was ${status}`);
        });
      }
    };
    await Promise.all(Array.from({ length: atOnce }, postEach));
  }

  /** Edits an accepted comment as its author, so that the rules give it this status. */
  async edit(target: AnyProcess, n: number, status: ExpectedStatus): Promise<void> {
    const comment = this.accepted.get(n)!;
    const token = await this.token(`reader-${n}`);
    const body = { body: bodyOf(n, status, ', second thoughts') };
    const answer = await target.call<Body>('PATCH', `/api/v1/comments/${comment.id}`, { token, body });
    expect(answer).toMatchObject({ status: 200, body: { revision: comment.expectedStatuses.length + 1 } });
    comment.expectedStatuses.push(status);
  }

  /** Starts to poll the public thread, each time from the process that `target` returns. */
  watch(target: () => AnyProcess): void {
    this.watchLoop = (async () => {
      while (!this.isClosed) {
        const answer = await target()
          .call<Body>('GET', `${this.threadPath}?limit=100`)
          .catch(() => null);
        const now = Date.now();
        for (const { id } of answer?.status === 200 ? answer.body.items : []) {
          if (!this.seenAt.has(id)) this.seenAt.set(id, now);
        }
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    })();
  }

  async close(): Promise<void> {
    this.isClosed = true;
    await this.watchLoop;
    await this.inbox.close();
  }

  /** Waits until every expected event has arrived, then runs all checks. */
  async expectPromisesHold(target: AnyProcess): Promise<void> {
    await until(() => this.missingEvents().length === 0, MAX_WAIT_MS).catch((error: Error) => {
      throw new Error(`${error.message}\nmissing events: ${this.missingEvents().join('; ')}`);
    });
    this.expectValidDeliveries();
    for (const comment of this.accepted.values()) await this.expectDecidedOnce(target, comment);
    await this.expectNothingElse(target);
  }

  private missingEvents(): string[] {
    const receivedKeys = new Set(this.inbox.received.map(({ event }) => keyOf(event)));
    return [...this.accepted.values()].flatMap(({ n, id, expectedStatuses }) => {
      const expectedKeys = [
        `${id} comment.submitted 1`,
        `${id} comment.${expectedStatuses.at(-1)!} ${expectedStatuses.length}`,
      ];
      return expectedKeys.filter((key) => !receivedKeys.has(key)).map((key) => `${n}: ${key}`);
    });
  }

  /**
   * Checks that deliveries are signed, that repeated deliveries of an event are identical, and that the events of each
   * comment arrive in order and complete.
   */
  private expectValidDeliveries(): void {
    const webhook = new Webhook(this.secret);
    const bytes = new Map<string, string>();
    const lastOf = new Map<string, number>();
    for (const { headers, body, event } of this.inbox.received) {
      webhook.verify(body, headers as Record<string, string>);
      expect(headers['webhook-id']).toBe(event.id);
      expect(bytes.get(event.id) ?? body).toBe(body);
      bytes.set(event.id, body);
      const id = event.data.comment?.id as string | undefined;
      if (id === undefined) continue;
      const last = lastOf.get(id) ?? 0;
      // A repeated delivery, or the next event.
      expect([last, last + 1]).toContain(event.sequence);
      lastOf.set(id, event.sequence);
    }
  }

  private async expectDecidedOnce(target: AnyProcess, { n, id, expectedStatuses }: Accepted): Promise<void> {
    const { body } = await target.call<Body>('GET', `/api/v1/moderation/comments/${id}`, {
      token: PRODUCT_ADMIN_KEY,
    });
    expect({ n, status: body.comment.status }).toEqual({ n, status: expectedStatuses.at(-1) });
    const revisions = body.decisions.map((decision: Body) => decision.revision) as number[];
    expect(body.decisions.filter((decision: Body) => decision.by !== 'rule')).toEqual([]);
    // A revision that was replaced before it was scored gets no decision. No revision gets two.
    expect({ n, revisions: new Set(revisions).size }).toEqual({ n, revisions: revisions.length });
    expect(revisions).toContain(expectedStatuses.length);

    const deliveries = this.inbox.received.filter(({ event }) => event.data.comment?.id === id);
    const types = [...new Map(deliveries.map(({ event }) => [event.sequence, event.type])).values()];
    const decisionEvents = (revision: number): string[] =>
      revisions.includes(revision) ? [`comment.${expectedStatuses[revision - 1]}`] : [];
    expect({ n, types }).toEqual({
      n,
      types: expectedStatuses.flatMap((_, index) => [
        index === 0 ? 'comment.submitted' : 'comment.edited',
        ...decisionEvents(index + 1),
      ]),
    });
    const seenAt = this.seenAt.get(id);
    if (seenAt === undefined) return;
    const published = body.decisions.filter(({ to }: Body) => to === 'published');
    const first = Math.min(...published.map(({ createdAt }: Body) => Date.parse(createdAt)));
    expect({ n, seenBeforeDecided: !(first <= seenAt) }).toEqual({ n, seenBeforeDecided: false });
  }

  /**
   * Checks that only the accepted comments exist, and that every event in the API's list is listed once and was
   * delivered.
   */
  private async expectNothingElse(target: AnyProcess): Promise<void> {
    const listed: Body[] = await listAllEvents({
      site: this.siteId,
      admin: (method, path) => target.call(method, `/api/v1${path}`, { token: PRODUCT_ADMIN_KEY }),
    });
    const submitted = listed.filter(({ type }) => type === 'comment.submitted');
    expect(submitted.map(({ data }) => data.comment.id).sort()).toEqual(
      [...this.accepted.values()].map(({ id }) => id).sort(),
    );
    const ofComments = listed.filter(({ data }) => data.comment).map(({ id }) => id as string);
    const receivedEvents = this.inbox.received.filter(({ event }) => event.data.comment);
    expect(new Set(receivedEvents.map(({ event }) => event.id))).toEqual(new Set(ofComments));
    expect(new Set(ofComments).size).toBe(ofComments.length);
    const { body } = await target.call<Body>('GET', `${this.threadPath}?limit=100`);
    const visible = [...this.accepted.values()].filter(
      ({ expectedStatuses }) => expectedStatuses.at(-1) === 'published',
    );
    expect(body.total).toBe(visible.length);
  }
}

const keyOf = ({ type, data }: Received['event']): string =>
  `${data.comment?.id} ${type} ${data.comment?.revision}`;
