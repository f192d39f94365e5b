import { SectionedPage, type PageSection } from '../desk/parts-page.js';
import { BillingSection } from './billing.part.js';
import { ImportsSection } from './imports.part.js';
import { LookupSection } from './look-up.part.js';
import { OverridesSection } from './overrides.part.js';
import { RefusalsSection } from './refusals.part.js';

const PARTS: readonly [PageSection, ...PageSection[]] = [
  {
    key: 'exceptions',
    name: 'Exceptions',
    about: 'A section, a story or everything, for a time',
    view: <OverridesSection />,
  },
  {
    key: 'refusals',
    name: 'Refusals',
    about: 'Who was refused what, and why',
    view: <RefusalsSection />,
  },
  {
    key: 'billing',
    name: 'Billing systems',
    about: 'Their pushes, and which plan opens which tier',
    view: <BillingSection />,
  },
  {
    key: 'look-up',
    name: 'Look-up',
    about: 'Your own endpoint, asked for each reader',
    view: <LookupSection />,
  },
  { key: 'import', name: 'Import', about: 'Many entitlements at once', view: <ImportsSection /> },
];

/** Who may do what, and how Postbag comes to know it. */
export const AccessPage = () => (
  <SectionedPage
    place="access"
    name="Access"
    parts={PARTS}
    refusal="Only owners and admins of the site see how access is decided."
  />
);
