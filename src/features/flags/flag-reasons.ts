export const FLAG_REASONS = [
  'abuse',
  'hate',
  'spam',
  'off-topic',
  'personal-data',
  'illegal',
  'other',
] as const;
export type FlagReason = (typeof FLAG_REASONS)[number];
