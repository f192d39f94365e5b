import { defineJob, PermanentJobError, type JobToAdd } from '../../platform/jobs/jobs.js';
import { isUuid, type DeliveryId, type SiteId, type WebhookEndpointId } from '../../platform/ids.js';

export interface DeliverPayload {
  siteId: SiteId;
  endpointId: WebhookEndpointId;
  deliveryId: DeliveryId;
}

/** How long one attempt may take: connection, request and answer (contracts-notes, section 1). */
export const ATTEMPT_TIMEOUT_MS = 15_000;
/** While it lasts nobody else sends the delivery; a killed worker's ends by itself. */
export const LEASE_MS = 30_000;

function parse(raw: unknown): DeliverPayload {
  const { siteId, endpointId, deliveryId } = (raw ?? {}) as Record<string, unknown>;
  if (!isUuid(siteId) || !isUuid(endpointId) || !isUuid(deliveryId))
    throw new PermanentJobError('not a delivery');
  return {
    siteId: siteId as SiteId,
    endpointId: endpointId as WebhookEndpointId,
    deliveryId: deliveryId as DeliveryId,
  };
}

const rules = {
  parse,
  // The schedule of retries is the delivery's own; a job that breaks is found again when its lease ends.
  attempts: 1,
  backoffMs: 1_000,
  timeoutMs: ATTEMPT_TIMEOUT_MS + 10_000,
};

export const DELIVER = defineJob<DeliverPayload>({ ...rules, name: 'deliver-webhook', concurrency: 24 });

/** For endpoints that fail: however many of them hang, they wait in line behind each other alone. */
export const DELIVER_TO_FAILING = defineJob<DeliverPayload>({
  ...rules,
  name: 'deliver-webhook-failing',
  concurrency: 8,
});

export interface Due extends DeliverPayload {
  attempts: number;
  failing: boolean;
}

export function deliverJobFor({ siteId, endpointId, deliveryId, attempts, failing }: Due): JobToAdd {
  const job = failing ? DELIVER_TO_FAILING : DELIVER;
  return job.with(`deliver-${deliveryId}-${attempts}`, { siteId, endpointId, deliveryId });
}
