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
    description: 'Name, origins and code for your pages',
    view: <SiteSection />,
  },
  {
    key: 'tiers',
    name: 'Tiers',
    description: 'Subscription levels and what they allow',
    view: <TiersSection />,
  },
  {
    key: 'sign-on',
    name: 'Reader sign-in',
    description: 'How reader tokens are signed',
    view: <SignOnSection />,
  },
  { key: 'keys', name: 'Keys', description: 'For programs that call the API', view: <KeysSection /> },
  {
    key: 'coral',
    name: 'Coral',
    description: 'Moderation of comments that stay in Coral',
    view: <CoralSection />,
  },
  {
    key: 'sites',
    name: 'All sites',
    description: 'Your sites, and adding a new one',
    view: <SitesSection />,
  },
];

/** A site's settings, and the keys that let programs access it. */
export const SettingsPage = () => (
  <SectionedPage
    page="settings"
    name="Settings"
    parts={SECTIONS}
    refusal="Only owners and admins of the site can see its settings."
  />
);
