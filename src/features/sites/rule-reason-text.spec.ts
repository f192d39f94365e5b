import { describe, expect, it } from '@jest/globals';
import { ruleReasonText } from './rule-reason-text.js';

const LANGUAGES = ['en', 'af', 'ar', 'de', 'es', 'fr', 'nl', 'pt'];

describe('ruleReasonText', () => {
  it('explains the reason and what the author can do', () => {
    expect(ruleReasonText('unscored-language', 'held', 'en')).toBe(
      'Your comment is in a language that we cannot check automatically. A moderator will read it; you do not have to do anything.',
    );
    expect(ruleReasonText('banned-word', 'rejected', null)).toBe(
      'Your comment contains a word that this site does not publish unchecked. You can post it again in other words, or ask a moderator to look at it again.',
    );
  });

  it('has a text for each kind of rule in each language of the element', () => {
    const rules = [
      'off-language',
      'score-insult',
      'links',
      'personal-data',
      'suspect-word',
      'flags',
      'self-harm',
      'hold-all',
    ];
    const all = LANGUAGES.flatMap((language) => rules.map((rule) => ruleReasonText(rule, 'held', language)));
    expect(new Set(all).size).toBe(all.length);
  });

  it('falls back to English for an unknown language, and to a general text for an unknown rule', () => {
    expect(ruleReasonText('score-threat', 'held', 'xx')).toBe(ruleReasonText('score-threat', 'held', 'en'));
    expect(ruleReasonText('score-threat', 'held', 'constructor')).toContain('wording');
    expect(ruleReasonText(null, 'removed', 'de')).toContain('Regeln');
    expect(ruleReasonText('new-rule', 'rejected', 'en')).toContain('rules');
  });
});
