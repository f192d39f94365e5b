import { describe, expect, it } from '@jest/globals';
import { announcesSelfHarm } from './self-harm-announcements.js';

describe('an announcement of self-harm', () => {
  it.each([
    'I want to kill myself.',
    'I wish I was dead.',
    'I do not want to live any more',
    'I feel like killing myself.',
    'I might end it tonight.',
    'They would all be better off without me',
    'I have started cutting myself again',
    'This will be my last post. Goodbye.',
    'I have been saving up my pills since May',
    'When you read this I will be gone.',
    'There is no point in living',
    'So tired of living. The note is on the table.',
  ])('is found in %j', (body) => {
    expect(announcesSelfHarm({ body }, null)).toBe(true);
  });

  it.each([
    'My brother took his own life in 2019, and I miss him.',
    'She wrote "I want to die" in her diary, the inquest heard.',
    'I nearly killed myself laughing at that.',
    'I want to end my subscription.',
    'I cannot do it before Monday.',
    'I want to die of embarrassment for this council',
    'He said that he wanted to kill himself.',
    'The bridge is closed again, and I walk to work.',
    'This is my last comment on the subject.',
    'I lost the rope for my boat in the storm.',
    'We lost everything in the flood, the house and the car.',
    'Goodbye, Mr Chips is a fine film.',
  ])('is not found in %j', (body) => {
    expect(announcesSelfHarm({ body }, null)).toBe(false);
  });
});
