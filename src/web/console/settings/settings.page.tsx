import { useEffect, useState, type ReactNode } from 'react';
import access from '../access/access.module.css';
import { useDesk } from '../desk/desk.js';
import { Frame } from '../desk/frame.js';
import { HelpModal } from '../desk/help-modal.js';
import { useKeys } from '../desk/keys.js';
import { placeKeys } from '../desk/places.js';
import { mayManage } from '../desk/roles.js';
import { hrefOf, Link, useAddress } from '../router.js';
import { KeysPart } from './keys.part.js';
import { SignOnPart } from './sign-on.part.js';
import { SitePart } from './site.part.js';
import { SitesPart } from './sites.part.js';
import { TiersPart } from './tiers.part.js';

interface Part {
  readonly key: string;
  readonly name: string;
  readonly about: string;
  readonly view: ReactNode;
}

const PARTS: readonly [Part, ...Part[]] = [
  { key: 'site', name: 'This site', about: 'Its name, its origins, its place in a page', view: <SitePart /> },
  { key: 'tiers', name: 'Tiers', about: 'Levels of subscription, and what they open', view: <TiersPart /> },
  { key: 'sign-on', name: 'Reader sign-in', about: 'What signs the tokens of readers', view: <SignOnPart /> },
  { key: 'keys', name: 'Keys', about: 'For programs that call the API', view: <KeysPart /> },
  { key: 'sites', name: 'All sites', about: 'Those that are yours, and a new one', view: <SitesPart /> },
];

/** What a site is made of, and what opens it to programs. */
export function SettingsPage() {
  const { site } = useDesk();
  const { params } = useAddress();
  const [isHelpOpen, setHelpOpen] = useState(false);
  const part = PARTS.find(({ key }) => key === params.get('part')) ?? PARTS[0];

  useEffect(() => {
    document.title = `${part.name} · ${site.name} · Postbag`;
  }, [part.name, site.name]);
  useKeys({ ...placeKeys(site), '?': () => setHelpOpen(true) });

  return (
    <Frame active="settings" onHelp={() => setHelpOpen(true)}>
      <main className={access.page}>
        <nav className={access.parts} aria-labelledby="settings-title">
          <h1 id="settings-title">Settings</h1>
          {PARTS.map(({ key, name, about }) => (
            <Link
              key={key}
              href={hrefOf('/settings', { site: site.id, part: key === PARTS[0].key ? null : key })}
              aria-current={key === part.key ? 'true' : undefined}
            >
              <b>{name}</b>
              <span>{about}</span>
            </Link>
          ))}
        </nav>
        {mayManage(site.role) ? (
          part.view
        ) : (
          <section className={access.part}>
            <p className={access.note}>Only owners and admins of the site see its settings.</p>
          </section>
        )}
      </main>
      <HelpModal opened={isHelpOpen} onClose={() => setHelpOpen(false)} />
    </Frame>
  );
}
