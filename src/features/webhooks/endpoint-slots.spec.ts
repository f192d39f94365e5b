import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { WebhookEndpointId } from '../../platform/ids.js';
import { EndpointSlots } from './endpoint-slots.js';

const ONE = '0190a000-0000-7000-8000-000000000001' as WebhookEndpointId;
const OTHER = '0190a000-0000-7000-8000-000000000002' as WebhookEndpointId;

describe('slots of an endpoint', () => {
  let slots: EndpointSlots;
  beforeEach(() => {
    jest.useFakeTimers();
    slots = new EndpointSlots();
  });
  afterEach(() => {
    jest.useRealTimers();
  });
  const takeAll = (): void => {
    for (let n = 0; n < 8; n++) expect(slots.take(ONE)).toBe(true);
  };

  it('are eight, and leave those of others alone', () => {
    takeAll();
    expect(slots.take(ONE)).toBe(false);
    expect(slots.take(OTHER)).toBe(true);
    slots.free(ONE);
    expect(slots.take(ONE)).toBe(true);
  });

  it('call back as many as were turned away, at most one for each slot', () => {
    takeAll();
    expect(slots.callBack(ONE)).toBe(false);
    for (let n = 0; n < 20; n++) slots.take(ONE);
    const called = Array.from({ length: 20 }, () => slots.callBack(ONE));
    expect(called.filter(Boolean)).toHaveLength(8);
    expect(slots.callBack(OTHER)).toBe(false);
  });

  it('are stalled when all are taken and none has moved for a second', () => {
    takeAll();
    expect(slots.isStalled(ONE, false)).toBe(false);
    jest.advanceTimersByTime(1_000);
    expect(slots.isStalled(ONE, false)).toBe(true);
    expect(slots.isStalled(OTHER, false)).toBe(false);
    slots.free(ONE);
    expect(slots.isStalled(ONE, false)).toBe(false);
    slots.take(ONE);
    expect(slots.isStalled(ONE, false)).toBe(false);
  });

  it('of one that fails are stalled by half of them', () => {
    for (let n = 0; n < 4; n++) slots.take(ONE);
    jest.advanceTimersByTime(1_000);
    expect(slots.isStalled(ONE, true)).toBe(true);
    expect(slots.isStalled(ONE, false)).toBe(false);
  });
});
