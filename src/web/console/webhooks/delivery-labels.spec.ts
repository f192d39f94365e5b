import { expect, it } from '@jest/globals';
import { isSentTo, stateText } from './delivery-labels.js';

const now = Date.parse('2026-11-29T12:00:00Z');
const inSeconds = (seconds: number): string => new Date(now + seconds * 1000).toISOString();

it.each([
  ['Waiting', { attempts: 0, nextAttemptAt: inSeconds(-1) }, true],
  ['Trying again', { attempts: 1, nextAttemptAt: inSeconds(4) }, true],
  ['Again in 5m', { attempts: 2, nextAttemptAt: inSeconds(310) }, true],
  // No attempts are made while the endpoint is disabled or its circuit is open.
  ['Waiting', { attempts: 1, nextAttemptAt: inSeconds(4) }, false],
  ['Waiting', { attempts: 2, nextAttemptAt: inSeconds(310) }, false],
] as const)('labels a delivery in progress as “%s”', (text, delivery, isSending) => {
  expect(stateText({ status: 'pending', ...delivery }, isSending, now)).toBe(text);
});

it.each([
  ['delivered', 'Delivered'],
  ['failed', 'Failed'],
  ['cancelled', 'Cancelled'],
] as const)('labels a delivery that is %s as “%s” in either state', (status, text) => {
  for (const isSending of [true, false])
    expect(stateText({ status, attempts: 1, nextAttemptAt: null }, isSending, now)).toBe(text);
});

it('says that nothing is sent while the endpoint is disabled or its circuit is not closed', () => {
  expect(isSentTo({ status: 'enabled', circuit: 'closed' })).toBe(true);
  expect(isSentTo({ status: 'enabled', circuit: 'open' })).toBe(false);
  expect(isSentTo({ status: 'enabled', circuit: 'half-open' })).toBe(false);
  expect(isSentTo({ status: 'disabled', circuit: 'closed' })).toBe(false);
});
