const RULES: Readonly<Record<string, string>> = {
  'all-clear': 'All scores below their thresholds',
  'banned-word': 'Banned word',
  brigading: 'Many new accounts at once',
  'external-unavailable': 'An external scorer gave no score',
  'external-score': 'Score of an external scorer',
  'hold-all': 'All comments are held',
  'missing-score': 'A score is missing',
  'new-reader': 'First comments of a reader',
  'off-language': 'Another language',
  'personal-data': 'Personal data',
  'self-harm': 'The author may harm themselves',
  'scoring-failed': 'Scoring failed',
  'suspect-word': 'Suspect word',
  'unscored-language': 'A language that is not scored',
  'standing-banned': 'Banned reader',
  'standing-pre-moderated': 'Pre-moderated reader',
  'standing-suspended': 'Suspended reader',
  flags: 'Enough flags',
};

/**
 * The display name of a rule. A rule not listed here is split into words: `score-identity-attack` → `Identity
 * attack`.
 */
export function ruleName(rule: string): string {
  const name = RULES[rule];
  if (name) return name;
  const words = rule.replace(/^score-/, '').replace(/-/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
