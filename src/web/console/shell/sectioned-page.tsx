import { useEffect, useState, type ReactNode } from 'react';
import { hrefOf, Link, useAddress } from '../router.js';
import { useConsole } from './console-context.js';
import { Frame, type PageKey } from './frame.js';
import { HelpModal } from './help-modal.js';
import { useKeys } from './keys.js';
import classes from './sections.module.css';
import { navigationKeys } from './navigation.js';
import { mayManage } from './permissions.js';

export interface PageSection {
  /** The section's key in the URL; the first section needs none. */
  readonly key: string;
  readonly name: string;
  readonly description: string;
  readonly view: ReactNode;
}

interface Props {
  readonly page: PageKey;
  readonly name: string;
  readonly parts: readonly [PageSection, ...PageSection[]];
  /** The message for people who may not manage the site. */
  readonly refusal: string;
}

/**
 * A settings page for owners and admins. Its sections are listed on the left; the one in the URL is shown beside
 * them.
 */
export function SectionedPage({ page, name, parts, refusal }: Props) {
  const { site } = useConsole();
  const { params } = useAddress();
  const [isHelpOpen, setHelpOpen] = useState(false);
  const part = parts.find(({ key }) => key === params.get('part')) ?? parts[0];
  const titleId = `${page}-title`;

  useEffect(() => {
    document.title = `${part.name} · ${site.name} · Postbag`;
  }, [part.name, site.name]);
  useKeys({ ...navigationKeys(site), '?': () => setHelpOpen(true) });

  return (
    <Frame active={page} onHelp={() => setHelpOpen(true)}>
      <main className={classes.page}>
        <nav className={classes.parts} aria-labelledby={titleId}>
          <h1 id={titleId}>{name}</h1>
          {parts.map(({ key, name, description }) => (
            <Link
              key={key}
              href={hrefOf(`/${page}`, { site: site.id, part: key === parts[0].key ? null : key })}
              aria-current={key === part.key ? 'true' : undefined}
            >
              <b>{name}</b>
              <span>{description}</span>
            </Link>
          ))}
        </nav>
        {mayManage(site.role) ? (
          part.view
        ) : (
          <section className={classes.part}>
            <p className={classes.note}>{refusal}</p>
          </section>
        )}
      </main>
      <HelpModal opened={isHelpOpen} onClose={() => setHelpOpen(false)} />
    </Frame>
  );
}
