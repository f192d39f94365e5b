import { beforeEach, describe, expect, it } from '@jest/globals';
import type { WebhookEndpointId } from '../../platform/ids.js';
import { EndpointSlots } from './endpoint-slots.js';

const ENDPOINT = '0190a000-0000-7000-8000-000000000001' as WebhookEndpointId;
const OTHER_ENDPOINT = '0190a000-0000-7000-8000-000000000002' as WebhookEndpointId;

describe('delivery slots of an endpoint', () => {
  let slots: EndpointSlots;
  beforeEach(() => {
    slots = new EndpointSlots();
  });
  const acquireAll = (): void => {
    for (let n = 0; n < 8; n++) expect(slots.acquire(ENDPOINT, false)).toBe(true);
  };

  it('are limited to eight, independently of other endpoints', () => {
    acquireAll();
    expect(slots.acquire(ENDPOINT, false)).toBe(false);
    expect(slots.acquire(OTHER_ENDPOINT, false)).toBe(true);
    slots.release(ENDPOINT);
    expect(slots.acquire(ENDPOINT, false)).toBe(true);
  });

  it('remember deferred deliveries, at most one per slot', () => {
    acquireAll();
    expect(slots.takeDeferred(ENDPOINT)).toBe(false);
    for (let n = 0; n < 20; n++) slots.acquire(ENDPOINT, false);
    const taken = Array.from({ length: 20 }, () => slots.takeDeferred(ENDPOINT));
    expect(taken.filter(Boolean)).toHaveLength(8);
    expect(slots.takeDeferred(OTHER_ENDPOINT)).toBe(false);
  });

  it('are limited to half for an endpoint that fails', () => {
    for (let n = 0; n < 4; n++) expect(slots.acquire(ENDPOINT, true)).toBe(true);
    expect(slots.acquire(ENDPOINT, true)).toBe(false);
    expect(slots.acquire(ENDPOINT, false)).toBe(true);
  });
});
