import fc from 'fast-check';
import { STATES, type SubscriptionState } from './billing.js';

/** One message about a subscription. */
export interface SubscriptionMessage {
  readonly state: SubscriptionState;
  readonly second: number;
  /** The number of the message. */
  readonly mark: number;
}

/**
 * Generates a billing system's messages about one subscription, in any states.
 *
 * @param mayTie whether several messages may be of the same second
 */
export const anyMessages = ({
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

/** The messages as they arrive: each at least once, some up to three times, in any order. */
export const deliveryOrders = (story: readonly SubscriptionMessage[]): fc.Arbitrary<SubscriptionMessage[]> =>
  fc.array(fc.nat(story.length - 1), { maxLength: story.length }).chain((again) => {
    const all = [...story, ...again.map((index) => story[index])];
    return fc.shuffledSubarray(all, { minLength: all.length });
  });
