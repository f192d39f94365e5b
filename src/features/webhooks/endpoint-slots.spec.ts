import { beforeEach, describe, expect, it } from '@jest/globals';
import type { WebhookEndpointId } from '../../platform/ids.js';
import { EndpointSlots } from './endpoint-slots.js';

const ONE = '0190a000-0000-7000-8000-000000000001' as WebhookEndpointId;
const OTHER = '0190a000-0000-7000-8000-000000000002' as WebhookEndpointId;

describe('slots of an endpoint', () => {
  let slots: EndpointSlots;
  beforeEach(() => {
    slots = new EndpointSlots();
  });
  const takeAll = (): void => {
    for (let n = 0; n < 8; n++) expect(slots.take(ONE, false)).toBe(true);
  };

  it('are eight, and leave those of others alone', () => {
    takeAll();
    expect(slots.take(ONE, false)).toBe(false);
    expect(slots.take(OTHER, false)).toBe(true);
    slots.release(ONE);
    expect(slots.take(ONE, false)).toBe(true);
  });

  it('call back as many as were turned away, at most one for each slot', () => {
    takeAll();
    expect(slots.takeTurnedAway(ONE)).toBe(false);
    for (let n = 0; n < 20; n++) slots.take(ONE, false);
    const called = Array.from({ length: 20 }, () => slots.takeTurnedAway(ONE));
    expect(called.filter(Boolean)).toHaveLength(8);
    expect(slots.takeTurnedAway(OTHER)).toBe(false);
  });

  it('of one that fails are half of them', () => {
    for (let n = 0; n < 4; n++) expect(slots.take(ONE, true)).toBe(true);
    expect(slots.take(ONE, true)).toBe(false);
    expect(slots.take(ONE, false)).toBe(true);
  });
});
