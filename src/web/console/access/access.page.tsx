import { PartsPage, type Part } from '../desk/parts-page.js';
import { BillingPart } from './billing.part.js';
import { ImportsPart } from './imports.part.js';
import { LookUpPart } from './look-up.part.js';
import { OverridesPart } from './overrides.part.js';
import { RefusalsPart } from './refusals.part.js';

const PARTS: readonly [Part, ...Part[]] = [
  {
    key: 'exceptions',
    name: 'Exceptions',
    about: 'A section, a story or everything, for a time',
    view: <OverridesPart />,
  },
  {
    key: 'refusals',
    name: 'Refusals',
    about: 'Who was refused what, and why',
    view: <RefusalsPart />,
  },
  {
    key: 'billing',
    name: 'Billing systems',
    about: 'Their pushes, and which plan opens which tier',
    view: <BillingPart />,
  },
  {
    key: 'look-up',
    name: 'Look-up',
    about: 'Your own endpoint, asked for each reader',
    view: <LookUpPart />,
  },
  { key: 'import', name: 'Import', about: 'Many entitlements at once', view: <ImportsPart /> },
];

/** Who may do what, and how Postbag comes to know it. */
export const AccessPage = () => (
  <PartsPage
    place="access"
    name="Access"
    parts={PARTS}
    refusal="Only owners and admins of the site see how access is decided."
  />
);
