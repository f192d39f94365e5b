import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import { SECRETS, type Secrets } from '../../platform/config/secrets.js';
import { Database, type Tx } from '../../platform/database/database.js';
import { conflict, invalid, notFound } from '../../platform/http/problem.js';
import { isUuid, newId, type DeliveryId, type WebhookEndpointId } from '../../platform/ids.js';
import { Outbound } from '../../platform/outbound/outbound.js';
import { Outbox } from '../../platform/outbox/outbox.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { DeliveryPools } from './delivery-pools.js';
import { MIN_FAILURES_TO_COUNT_AS_FAILING } from './delivery.repository.js';
import { EndpointRepository } from './endpoint.repository.js';
import { TEST_EVENT } from './event-types.js';
import type { WebhookEndpointEntity } from './webhook-endpoint.entity.js';
import {
  sealSecret,
  activePublicKeys,
  newSecret,
  OVERLAP_MS,
  rotateSecret,
  addOrRemoveKeyPair,
} from './webhook-secrets.js';
import type { ChangeEndpoint, CreateEndpoint, RedeliverRequest } from './webhooks.dto.js';

// Limited because every event creates a delivery for each endpoint.
const MAX_ENDPOINTS = 20;
/** Maximum number of deliveries per request, which is one transaction. */
const MAX_REDELIVERED = 10_000;

const endpointNotFound = (): Error => notFound('This webhook endpoint');

/** Manages the webhook endpoints of publishers. Methods throw Problem 404 if the endpoint does not exist. */
@Injectable()
export class EndpointsService {
  constructor(
    private readonly database: Database,
    private readonly endpoints: EndpointRepository,
    private readonly outbound: Outbound,
    private readonly outbox: Outbox,
    private readonly pools: DeliveryPools,
    private readonly clock: Clock,
    @Inject(SECRETS) private readonly secrets: Secrets,
  ) {}

  /**
   * @returns the endpoint and its secret, which is not shown again
   * @throws Problem 400 for an address to which deliveries are not allowed, 409 `too-many-endpoints`
   */
  async create(
    ctx: SiteContext,
    request: CreateEndpoint,
  ): Promise<{ endpoint: WebhookEndpointEntity; secret: string }> {
    await this.checkUrl(request.url);
    const id = newId<'webhook-endpoint'>();
    const secret = newSecret();
    return this.database.inSite(ctx, async (tx) => {
      if ((await this.endpoints.count(tx, ctx.siteId)) >= MAX_ENDPOINTS) {
        throw conflict(
          'too-many-endpoints',
          `A site can have at most ${MAX_ENDPOINTS} webhook endpoints. Delete one first.`,
        );
      }
      const endpoint = await this.endpoints.insert(tx, ctx, {
        id,
        url: request.url,
        events: normalizeEvents(request.events),
        body: request.body ?? 'thin',
        secrets: addOrRemoveKeyPair(
          this.secrets,
          id,
          sealSecret(this.secrets, id, secret),
          request.ed25519 ?? false,
        ),
        createdAt: this.clock.now(),
      });
      return { endpoint, secret };
    });
  }

  async change(ctx: SiteContext, id: string, request: ChangeEndpoint): Promise<WebhookEndpointEntity> {
    if (request.url !== undefined) await this.checkUrl(request.url);
    return this.withLockedEndpoint(ctx, id, async (tx, endpoint) => {
      const isReenabled = request.status === 'enabled' && endpoint.state === 'disabled';
      return this.endpoints.update(tx, ctx, {
        ...endpoint,
        url: request.url ?? endpoint.url,
        events: request.events ? normalizeEvents(request.events) : endpoint.events,
        body: request.body ?? endpoint.body,
        secrets:
          request.ed25519 === undefined
            ? endpoint.secrets
            : addOrRemoveKeyPair(this.secrets, endpoint.id, endpoint.secrets, request.ed25519),
        state:
          request.status === undefined
            ? endpoint.state
            : request.status === 'enabled'
              ? 'active'
              : 'disabled',
        disabledReason: request.status === undefined ? endpoint.disabledReason : null,
        // The 120 hours after which a failing endpoint is disabled begin again.
        failingSince: isReenabled || request.url !== undefined ? null : endpoint.failingSince,
        updatedAt: this.clock.now(),
      });
    });
  }

  async delete(ctx: SiteContext, id: string): Promise<void> {
    const isDeleted =
      isUuid(id) &&
      (await this.database.inSite(ctx, (tx) => this.endpoints.delete(tx, ctx, id as WebhookEndpointId)));
    if (!isDeleted) throw endpointNotFound();
  }

  /** @returns the new secret, the active public keys, and until when the previous secrets also sign */
  async rotate(
    ctx: SiteContext,
    id: string,
  ): Promise<{ secret: string; publicKeys: string[]; previousUntil: Date }> {
    const secret = newSecret();
    const now = this.clock.now();
    const { secrets } = await this.withLockedEndpoint(ctx, id, (tx, endpoint) =>
      this.endpoints.update(tx, ctx, {
        ...endpoint,
        secrets: rotateSecret(this.secrets, endpoint.id, endpoint.secrets, secret, now),
        updatedAt: now,
      }),
    );
    return {
      secret,
      publicKeys: activePublicKeys(secrets, now),
      previousUntil: new Date(now.getTime() + OVERLAP_MS),
    };
  }

  /** Sends this endpoint a `webhook.test` through the same path as every event. */
  async test(ctx: SiteContext, id: string): Promise<void> {
    await this.withLockedEndpoint(ctx, id, async (tx, endpoint) => {
      await this.prepareToSend(tx, ctx, endpoint);
      const subject = `webhook-endpoint:${endpoint.id}`;
      // An earlier test that is still waiting for its retry would otherwise delay this one.
      await this.endpoints.expedite(tx, ctx, endpoint.id, subject, this.clock.now());
      return this.outbox.add(tx, ctx, {
        type: TEST_EVENT,
        subject,
        payload: { endpointId: endpoint.id },
      });
    });
  }

  /** Sends a delivery again from the start of its schedule, even if it succeeded. */
  async redeliver(ctx: SiteContext, id: string, delivery: string): Promise<void> {
    await this.withLockedEndpoint(ctx, id, async (tx, endpoint) => {
      await this.prepareToSend(tx, ctx, endpoint);
      const deliveryId = delivery as DeliveryId;
      const exists =
        isUuid(delivery) &&
        (await this.endpoints.redeliver(tx, ctx, endpoint.id, deliveryId, this.clock.now()));
      if (!exists) throw notFound('This delivery');
      const failing = endpoint.failures >= MIN_FAILURES_TO_COUNT_AS_FAILING;
      // If this process runs no workers, another process finds the delivery within a second.
      tx.afterCommit(() =>
        this.pools.enqueue([
          { siteId: ctx.siteId, endpointId: endpoint.id, deliveryId, failing, hasBacklog: false },
        ]),
      );
    });
  }

  /** Sends finished deliveries again, oldest first. Those of the same comment stay in order. */
  async redeliverAll(
    ctx: SiteContext,
    id: string,
    { since, until, statuses, types, commentId }: RedeliverRequest,
  ): Promise<{ deliveries: number; more: boolean }> {
    return this.withLockedEndpoint(ctx, id, async (tx, endpoint) => {
      await this.prepareToSend(tx, ctx, endpoint);
      const deliveries = await this.endpoints.redeliverAll(
        tx,
        ctx,
        endpoint.id,
        {
          since: since === undefined ? null : new Date(since),
          until: until === undefined ? null : new Date(until),
          statuses: statuses ?? ['failed', 'cancelled'],
          types: types ?? null,
          commentId: commentId ?? null,
        },
        this.clock.now(),
        MAX_REDELIVERED,
      );
      return { deliveries, more: deliveries === MAX_REDELIVERED };
    });
  }

  /** @returns the number of deliveries scheduled */
  async recover(ctx: SiteContext, id: string, since: Date): Promise<number> {
    return this.withLockedEndpoint(ctx, id, async (tx, endpoint) => {
      await this.prepareToSend(tx, ctx, endpoint);
      return this.endpoints.recover(tx, ctx, endpoint, since, this.clock.now(), () => newId<'delivery'>());
    });
  }

  /**
   * Makes an open circuit due for a probe, so that the delivery is attempted now.
   * @throws Problem 409 if the endpoint is disabled
   */
  private async prepareToSend(tx: Tx, ctx: SiteContext, endpoint: WebhookEndpointEntity): Promise<void> {
    requireEnabled(endpoint);
    await this.endpoints.scheduleProbe(tx, ctx, endpoint.id, this.clock.now());
  }

  private withLockedEndpoint<T>(
    ctx: SiteContext,
    id: string,
    work: (tx: Tx, endpoint: WebhookEndpointEntity) => Promise<T>,
  ): Promise<T> {
    if (!isUuid(id)) throw endpointNotFound();
    return this.database.inSite(ctx, async (tx) => {
      const endpoint = await this.endpoints.lock(tx, ctx, id as WebhookEndpointId);
      if (!endpoint) throw endpointNotFound();
      return work(tx, endpoint);
    });
  }

  private async checkUrl(url: string): Promise<void> {
    const reason = await this.outbound.refusalOf(url);
    if (reason) throw invalid([{ pointer: '/url', code: 'url-refused', message: reason }]);
  }
}

function requireEnabled({ state }: WebhookEndpointEntity): void {
  if (state === 'disabled')
    throw conflict('endpoint-disabled', 'This webhook endpoint is disabled. Enable it first.');
}

const normalizeEvents = (events: readonly string[]): string[] =>
  events.includes('*') ? ['*'] : [...new Set(events)];
