import { expect, it } from '@jest/globals';
import { tierUseText } from './tier-use-labels.js';

it.each([
  [
    { where: 'policy', name: null, as: ['comment', 'reply', 'quotas'], blocks: true },
    'The site’s policy asks for it to comment and reply, and has a quota for its readers',
  ],
  [
    { where: 'override', name: 'week', as: ['tiers'], blocks: true },
    'The exception “week” has its own rules for its readers',
  ],
  [
    { where: 'billing', name: 'stripe', as: ['price_1', 'price_2'], blocks: false },
    'Stripe opens it by price_1 and price_2',
  ],
] as const)('describes %j', (use, text) => expect(tierUseText({ ...use, as: [...use.as] })).toBe(text));
