import { SectionedPage, type PageSection } from '../shell/sectioned-page.js';
import { BillingSection } from './billing.section.js';
import { ImportsSection } from './imports.section.js';
import { LookupSection } from './lookup.section.js';
import { OverridesSection } from './overrides.section.js';
import { RefusalsSection } from './refusals.section.js';

const SECTIONS: readonly [PageSection, ...PageSection[]] = [
  {
    key: 'exceptions',
    name: 'Exceptions',
    description: 'Temporary rules for a section, a story or everything',
    view: <OverridesSection />,
  },
  {
    key: 'refusals',
    name: 'Refusals',
    description: 'What readers were refused, and why',
    view: <RefusalsSection />,
  },
  {
    key: 'billing',
    name: 'Billing systems',
    description: 'Their webhooks, and which plan grants which tier',
    view: <BillingSection />,
  },
  {
    key: 'look-up',
    name: 'Look-up',
    description: 'Your own endpoint, called for each reader',
    view: <LookupSection />,
  },
  { key: 'import', name: 'Import', description: 'Many entitlements at once', view: <ImportsSection /> },
];

/** Access settings: who may do what, and where Postbag gets its entitlement data. */
export const AccessPage = () => (
  <SectionedPage
    page="access"
    name="Access"
    parts={SECTIONS}
    refusal="Only owners and admins of the site can see its access settings."
  />
);
