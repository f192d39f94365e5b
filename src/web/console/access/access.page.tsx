import { useEffect, useState, type ReactNode } from 'react';
import { useDesk } from '../desk/desk.js';
import { Frame } from '../desk/frame.js';
import { HelpModal } from '../desk/help-modal.js';
import { useKeys } from '../desk/keys.js';
import { placeKeys } from '../desk/places.js';
import { mayManage } from '../desk/roles.js';
import { hrefOf, Link, useAddress } from '../router.js';
import classes from './access.module.css';
import { BillingPart } from './billing.part.js';
import { ImportsPart } from './imports.part.js';
import { LookUpPart } from './look-up.part.js';
import { OverridesPart } from './overrides.part.js';
import { RefusalsPart } from './refusals.part.js';

interface Part {
  readonly key: string;
  readonly name: string;
  readonly about: string;
  readonly view: ReactNode;
}

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
export function AccessPage() {
  const { site } = useDesk();
  const { params } = useAddress();
  const [isHelpOpen, setHelpOpen] = useState(false);
  const part = PARTS.find(({ key }) => key === params.get('part')) ?? PARTS[0];

  useEffect(() => {
    document.title = `${part.name} · ${site.name} · Postbag`;
  }, [part.name, site.name]);
  useKeys({ ...placeKeys(site), '?': () => setHelpOpen(true) });

  return (
    <Frame active="access" onHelp={() => setHelpOpen(true)}>
      <main className={classes.page}>
        <nav className={classes.parts} aria-labelledby="access-title">
          <h1 id="access-title">Access</h1>
          {PARTS.map(({ key, name, about }) => (
            <Link
              key={key}
              href={hrefOf('/access', { site: site.id, part: key === PARTS[0].key ? null : key })}
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
          <section className={classes.part}>
            <p className={classes.note}>Only owners and admins of the site see how access is decided.</p>
          </section>
        )}
      </main>
      <HelpModal opened={isHelpOpen} onClose={() => setHelpOpen(false)} />
    </Frame>
  );
}
