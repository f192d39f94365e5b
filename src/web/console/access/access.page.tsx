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
    description: 'A section, a story or everything, for a time',
    view: <OverridesSection />,
  },
  {
    key: 'refusals',
    name: 'Refusals',
    description: 'Who was refused what, and why',
    view: <RefusalsSection />,
  },
  {
    key: 'billing',
    name: 'Billing systems',
    description: 'Their pushes, and which plan opens which tier',
    view: <BillingSection />,
  },
  {
    key: 'look-up',
    name: 'Look-up',
    description: 'Your own endpoint, asked for each reader',
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
    refusal="Only owners and admins of the site see how access is decided."
  />
);
