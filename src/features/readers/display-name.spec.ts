import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { displayName, nameSkeleton, checkDisplayName, placeholderName } from './display-name.js';

describe('displayName', () => {
  it.each([
    ['  Ada   Lovelace\n', 'Ada Lovelace'],
    ['Ada\u202e\u200b\0Lovelace', 'AdaecalevoL'],
    ['Jose\u0301', 'José'],
    ['\u200b\u3164', ''],
    ['Ж', 'Ж'],
    ['Ada ✔️', 'Ada'],
    ['✅ Ada ✓', 'Ada'],
    ['☑', ''],
  ])('shows %j as %j', (raw, shown) => {
    expect(displayName(raw)).toBe(shown);
  });

  it('cuts long names between visible characters', () => {
    expect(displayName('👩\u200d👧'.repeat(61))).toBe(`${'👩\u200d👧'.repeat(59)}…`);
    expect(displayName('x'.repeat(60))).toBe('x'.repeat(60));
  });

  it('leaves a name that it already normalized unchanged', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 120 }), (raw) => {
        expect(displayName(displayName(raw))).toBe(displayName(raw));
      }),
    );
  });
});

describe('nameSkeleton', () => {
  it.each([
    ['Ada Lovelace', 'ada_lovelace'],
    ['Ada Lovelace', 'Аdа Lоvеlасе'],
    ['Ada Lovelace', 'Ad4 L0velace'],
    ['Ada Lovelace', 'Ádà Lövelâce'],
    ['Ada Lovelace', '𝐀𝐝𝐚 𝓛𝓸𝓿𝓮𝓵𝓪𝓬𝓮'],
    ['Bill', 'BiII'],
    ['Bill', 'B1ll'],
    ['Arnold', 'Amold'],
    ['Will', 'VVill'],
    ['Ada', 'A.d.a'],
    ['Booo', 'Boooooo'],
  ])('is the same for %s and %s', (a, b) => {
    expect(nameSkeleton(b)).toBe(nameSkeleton(a));
  });

  it.each([
    ['Ada', 'Ida'],
    ['Иван', 'Ivan'],
    ['Anna', 'Ana'],
    ['👍', '👎'],
    ['李雷', '韩梅梅'],
  ])('differs for %s and %s', (a, b) => {
    expect(nameSkeleton(b)).not.toBe(nameSkeleton(a));
  });

  it('is never empty for a visible name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (raw) => {
        const name = displayName(raw);
        if (name !== '') expect(nameSkeleton(name)).not.toBe('');
      }),
    );
  });
});

describe('checkDisplayName', () => {
  const rules = {
    staffNames: ['Grace Hopper', 'The Daily Ledger'],
    isOffensive: (text: string) => text.includes('blasted'),
  };
  const reason = (name: string) => {
    const check = checkDisplayName(name, rules);
    return check.ok ? null : check.reason;
  };

  it('accepts ordinary names', () => {
    expect(checkDisplayName(' Ada  Lovelace ', rules)).toEqual({
      ok: true,
      name: 'Ada Lovelace',
      skeleton: nameSkeleton('adalovelace'),
    });
    for (const name of ['Modesto', 'Admina Begum', 'Edith Orr', 'Staffan', 'Graceland', 'ledger fan', '李雷'])
      expect(reason(name)).toBeNull();
  });

  it.each([
    ['\u200b', 'empty'],
    ['blasted fool', 'offensive'],
    ['grace hopper', 'staff'],
    ['Grасе Ноppеr', 'staff'],
    ['Grace H0pper', 'staff'],
    ['TheDailyLedger', 'staff'],
    ['Moderator', 'reserved'],
    ['m0derat0r', 'reserved'],
    ['Site Mod', 'reserved'],
    ['SiteMod_2', 'reserved'],
    ['A d m i n', 'reserved'],
    ['ADMIN1', 'reserved'],
    ['Аdmіn', 'reserved'],
    ['YourModeratorTeam', 'reserved'],
    ['News Desk', 'reserved'],
    ['Ada (verified)', 'reserved'],
  ])('refuses %j as %s', (name, expected) => {
    expect(reason(name)).toBe(expected);
  });

  it('accepts the placeholder name', () => {
    expect(reason(placeholderName('0199a3c2-7f4e-7000-8000-0123456789ab'))).toBeNull();
  });
});
