import { PartsPage, type Part } from '../desk/parts-page.js';
import { CoralPart } from './coral.part.js';
import { KeysPart } from './keys.part.js';
import { SignOnPart } from './sign-on.part.js';
import { SitePart } from './site.part.js';
import { SitesPart } from './sites.part.js';
import { TiersPart } from './tiers.part.js';

const PARTS: readonly [Part, ...Part[]] = [
  { key: 'site', name: 'This site', about: 'Its name, its origins, its place in a page', view: <SitePart /> },
  { key: 'tiers', name: 'Tiers', about: 'Levels of subscription, and what they open', view: <TiersPart /> },
  { key: 'sign-on', name: 'Reader sign-in', about: 'What signs the tokens of readers', view: <SignOnPart /> },
  { key: 'keys', name: 'Keys', about: 'For programs that call the API', view: <KeysPart /> },
  { key: 'coral', name: 'Coral', about: 'Decides about comments that stay there', view: <CoralPart /> },
  { key: 'sites', name: 'All sites', about: 'Those that are yours, and a new one', view: <SitesPart /> },
];

/** What a site is made of, and what opens it to programs. */
export const SettingsPage = () => (
  <PartsPage
    place="settings"
    name="Settings"
    parts={PARTS}
    refusal="Only owners and admins of the site see its settings."
  />
);
