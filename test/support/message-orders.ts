import fc from 'fast-check';
import { STATES, type SubscriptionState } from './billing.js';

/** One message about a subscription. */
export interface SubscriptionMessage {
  readonly state: SubscriptionState;
  readonly second: number;
  /** Position in the order of sending, from 0. */
  readonly mark: number;
}

/**
 * Generates sequences of messages from a billing system about one subscription, with arbitrary states.
 *
 * @param mayTie whether several messages may have the same second
 */
export const subscriptionMessages = ({
  mayTie,
  maxLength,
}: {
  mayTie: boolean;
  maxLength: number;
}): fc.Arbitrary<SubscriptionMessage[]> =>
  fc
    .array(
      fc.record({ state: fc.constantFrom(...STATES), step: fc.integer({ min: mayTie ? 0 : 1, max: 3 }) }),
      {
        minLength: 2,
        maxLength,
      },
    )
    .map((steps) => {
      let second = 0;
      return steps.map(({ state, step }, mark) => ({ state, second: (second += step), mark }));
    });

/** Generates orders in which messages arrive: each at least once, some repeatedly, in any order. */
export const deliveryOrders = (
  messages: readonly SubscriptionMessage[],
): fc.Arbitrary<SubscriptionMessage[]> =>
  fc.array(fc.nat(messages.length - 1), { maxLength: messages.length }).chain((repeated) => {
    const all = [...messages, ...repeated.map((index) => messages[index])];
    return fc.shuffledSubarray(all, { minLength: all.length });
  });
