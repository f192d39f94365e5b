import { describe, expect, it } from '@jest/globals';
import { ANONYMOUS, sectionsOn, type ModeratorPrincipal, type ModeratorRole } from './principal.js';
import type { SiteId } from '../ids.js';

const SITE = '0190d5a0-0000-7000-8000-000000000001' as SiteId;
const OTHER_SITE = '0190d5a0-0000-7000-8000-000000000002' as SiteId;

const aModerator = (everywhere: ModeratorRole | null): ModeratorPrincipal => ({
  kind: 'moderator',
  moderatorId: '0190d5a0-0000-7000-8000-000000000003' as ModeratorPrincipal['moderatorId'],
  name: 'Mo',
  roleEverywhere: everywhere,
  roles: new Map([[SITE, 'moderator']]),
  sections: new Map([[SITE, ['Sport']]]),
  sitesNeedingSecondFactor: new Set(),
  confirmedAt: null,
});

describe('a role limited to sections', () => {
  it('applies to its own site, and only to moderators', () => {
    expect(sectionsOn(aModerator(null), SITE)).toEqual(['Sport']);
    expect(sectionsOn(aModerator(null), OTHER_SITE)).toBeNull();
    expect(sectionsOn(ANONYMOUS, SITE)).toBeNull();
  });

  it('has no effect when an equally strong role covers every section', () => {
    expect(sectionsOn(aModerator('viewer'), SITE)).toEqual(['Sport']);
    expect(sectionsOn(aModerator('moderator'), SITE)).toBeNull();
    expect(sectionsOn(aModerator('owner'), SITE)).toBeNull();
  });
});
