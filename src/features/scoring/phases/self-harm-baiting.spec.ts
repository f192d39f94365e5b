import { describe, expect, it } from '@jest/globals';
import { DEFAULT_POLICY } from '../../sites/policy.js';
import { selfHarmBaiting } from './self-harm-baiting.js';

const found = (body: string) => selfHarmBaiting({ body }).threat!;

describe('a call on somebody to harm themselves', () => {
  it.each([
    'go kys',
    'drink bleach',
    'KYS',
    'k.y.s',
    'k y s loser',
    'ky$',
    'Go drink bleach.',
    'You should drink some bleach',
    'Please just go and drink bleach',
    'Clown. Drink bleach!',
    'dr1nk bl3ach',
    'kill urself',
    'K1ll yours3lf',
    'neck yourself mate',
    'Rope yourself',
    'Go play in traffic',
    'why don’t you jump off a bridge',
    'Why not walk into traffic?',
    'I hope you choke and die',
    'Do the world a favour and die',
    'do us all a favor and drink bleach',
    'Nobody would miss you.',
    'No one would care if you died',
    'The world would be better off without you',
    'take a toaster bath',
    'slit your wrists',
    'Hurry up and die',
    'eat a bullet',
    'just commit suicide',
    'go die',
  ])('is found in %j', (body) => {
    const { value, spans } = found(body);
    expect(value).toBeGreaterThanOrEqual(DEFAULT_POLICY.moderation.thresholds.threat.hold!);
    expect(spans).toHaveLength(1);
  });

  it.each([
    'Trump told people to drink bleach, and some believed him.',
    'Nobody should drink bleach.',
    'Do not drink bleach, whatever the president says.',
    'She survived after trying to jump off a bridge last year.',
    'The children play in traffic because the park is closed.',
    'If everybody jumps off a cliff, would you?',
    'You will only shoot yourself in the foot.',
    'She was drop dead gorgeous in that film.',
    'I want to kill myself.',
    'I cannot go on any more, I think about ending it every day.',
    'My daughter took her own life in 2019, and I miss her.',
    'My brother died by suicide, please call the helpline if you need it.',
    'The bleach is under the sink.',
    'They hanged themselves in their cells.',
    'Go and see it yourself.',
    'Help yourself.',
    'Please do not kill yourself, call somebody.',
    'Don’t kill yourself, you are not alone.',
    'We all die in the end.',
  ])('is not in %j', (body) => {
    expect(found(body)).toEqual({ value: 0, spans: [] });
  });
});
