import { SectionedPage, type PageSection } from '../shell/sectioned-page.js';
import { CoralSection } from './coral.section.js';
import { KeysSection } from './keys.section.js';
import { SignOnSection } from './sign-on.section.js';
import { SiteSection } from './site.section.js';
import { SitesSection } from './sites.section.js';
import { TiersSection } from './tiers.section.js';

const SECTIONS: readonly [PageSection, ...PageSection[]] = [
  {
    key: 'site',
    name: 'This site',
    description: 'Its name, its origins, its place in a page',
    view: <SiteSection />,
  },
  {
    key: 'tiers',
    name: 'Tiers',
    description: 'Levels of subscription, and what they open',
    view: <TiersSection />,
  },
  {
    key: 'sign-on',
    name: 'Reader sign-in',
    description: 'What signs the tokens of readers',
    view: <SignOnSection />,
  },
  { key: 'keys', name: 'Keys', description: 'For programs that call the API', view: <KeysSection /> },
  {
    key: 'coral',
    name: 'Coral',
    description: 'Decides about comments that stay there',
    view: <CoralSection />,
  },
  {
    key: 'sites',
    name: 'All sites',
    description: 'Those that are yours, and a new one',
    view: <SitesSection />,
  },
];

/** A site's settings, and the keys that let programs access it. */
export const SettingsPage = () => (
  <SectionedPage
    page="settings"
    name="Settings"
    parts={SECTIONS}
    refusal="Only owners and admins of the site see its settings."
  />
);
