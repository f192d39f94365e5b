import { describe, expect, it } from '@jest/globals';
import type { KeyPrincipal, ModeratorPrincipal, ModeratorRole } from '../../platform/auth/principal.js';
import type { SiteId } from '../../platform/ids.js';
import { hasScope, siteAccess, sitesWithScope } from './publisher-access.js';

const SITE = '018f3a2b-1111-7000-8000-000000000001' as SiteId;
const OTHER_SITE = '018f3a2b-2222-7000-8000-000000000002' as SiteId;

const aKey = (fields: Partial<KeyPrincipal> = {}): KeyPrincipal => ({
  kind: 'key',
  keyId: 'k' as KeyPrincipal['keyId'],
  name: 'newsroom',
  scopes: ['publisher'],
  sites: null,
  unreadScore: null,
  ...fields,
});
const aModerator = (
  roles: [SiteId, ModeratorRole][],
  roleEverywhere: ModeratorRole | null = null,
): ModeratorPrincipal => ({
  kind: 'moderator',
  moderatorId: 'm' as ModeratorPrincipal['moderatorId'],
  name: 'Vera',
  roleEverywhere,
  sitesNeedingSecondFactor: new Set(),
  roles: new Map(roles),
  sections: new Map(),
  confirmedAt: null,
});

describe('the admin key', () => {
  it('has access to everything', () => {
    for (const scope of ['publisher', 'moderation', 'score'] as const) {
      expect(siteAccess({ kind: 'admin' }, scope, SITE)).toBe('allowed');
    }
    expect(sitesWithScope({ kind: 'admin' }, 'publisher')).toBeNull();
  });
});

describe('an API key', () => {
  it('has access to its sites and does not see the others', () => {
    const key = aKey({ sites: [SITE] });
    expect([siteAccess(key, 'publisher', SITE), siteAccess(key, 'publisher', OTHER_SITE)]).toEqual([
      'allowed',
      'hidden',
    ]);
    expect(sitesWithScope(key, 'publisher')).toEqual([SITE]);
  });

  it('is refused access to routes that its scopes do not include', () => {
    expect(siteAccess(aKey({ scopes: ['score'] }), 'publisher', SITE)).toBe('refused');
    expect(hasScope(aKey({ scopes: ['score'] }), 'publisher')).toBe(false);
  });
});

describe('a moderator', () => {
  it.each([
    ['viewer', 'refused', 'refused', 'allowed'],
    ['moderator', 'refused', 'allowed', 'allowed'],
    ['admin', 'allowed', 'allowed', 'allowed'],
    ['owner', 'allowed', 'allowed', 'allowed'],
  ] as const)(
    'with the role %s has access to publisher routes: %s, decisions: %s, the queue: %s',
    (role, publisher, moderation, reading) => {
      for (const moderator of [aModerator([[SITE, role]]), aModerator([], role)]) {
        expect(siteAccess(moderator, 'publisher', SITE)).toBe(publisher);
        expect(siteAccess(moderator, 'moderation', SITE)).toBe(moderation);
        expect(siteAccess(moderator, 'moderation-read', SITE)).toBe(reading);
        expect(siteAccess(moderator, 'score', SITE)).toBe('refused');
      }
    },
  );

  it('of another site does not see this site', () => {
    expect(siteAccess(aModerator([[OTHER_SITE, 'owner']]), 'publisher', SITE)).toBe('hidden');
  });

  it('lists the sites where their role is sufficient', () => {
    const moderator = aModerator([
      [SITE, 'admin'],
      [OTHER_SITE, 'moderator'],
    ]);
    expect(sitesWithScope(moderator, 'publisher')).toEqual([SITE]);
    expect(sitesWithScope(moderator, 'moderation')).toEqual([SITE, OTHER_SITE]);
    expect(sitesWithScope(aModerator([], 'owner'), 'publisher')).toBeNull();
    expect(sitesWithScope(aModerator([[SITE, 'owner']], 'viewer'), 'publisher')).toEqual([SITE]);
  });
});
