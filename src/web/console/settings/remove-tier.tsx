import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api } from '../api.js';
import { useConsole } from '../shell/console-context.js';
import panels from '../shell/panels.module.css';
import { hrefOf, Link } from '../router.js';
import type { TierUse } from '../api-types.js';
import classes from './settings.module.css';
import type { TierRow } from './tier-rows.js';
import { tierUseText } from './tier-use-labels.js';

interface Props {
  tier: TierRow;
  onRemove: () => void;
  onClose: () => void;
}

/** The server counts no more readers than this. */
const MAX_COUNTED_READERS = 1_000;

/** Shown before a tier is removed: what refers to it, and how many readers have it. */
export function RemoveTier({ tier, onRemove, onClose }: Props) {
  const { site } = useConsole();
  const { data, error, refetch } = useQuery({
    queryKey: ['tier-uses', site.id, tier.key],
    queryFn: ({ signal }) => api.tierUses(site.id, tier.key, signal),
    // Always refetch, so that references changed in the meantime are no longer listed.
    staleTime: 0,
  });
  const title = `Take ${tier.name} away?`;
  const blocking = data?.items.filter(({ blocks }) => blocks) ?? [];
  const others = data?.items.filter(({ blocks }) => !blocks) ?? [];
  const readers = data?.readers ?? 0;
  const list = (uses: readonly TierUse[]) => (
    <ul className={classes.uses}>
      {uses.map((use) => {
        const link = linkFor(site.id, use);
        return (
          <li key={`${use.where} ${use.name}`}>
            {tierUseText(use)}. {link && <Link href={link.href}>{link.text}</Link>}
          </li>
        );
      })}
    </ul>
  );
  return (
    <section
      className={panels.panel}
      aria-label={title}
      onKeyDown={(event) => event.key === 'Escape' && onClose()}
    >
      <h3 className={panels.title}>{blocking.length > 0 ? `${tier.name} cannot go yet` : title}</h3>
      {error ? (
        <p className={panels.fault} role="alert">
          What names it could not be read. {error.message}
        </p>
      ) : !data ? (
        <p className={panels.text} role="status">
          Looking for what names it…
        </p>
      ) : (
        <div className={panels.text}>
          {blocking.length > 0 && (
            <>
              Change first what would ask for a tier that is not there:
              {list(blocking)}
            </>
          )}
          {blocking.length === 0 && readers + others.length === 0 && 'Nothing names it, and nobody has it.'}
          {readers > 0 && (
            <p className={panels.text}>
              {readers >= MAX_COUNTED_READERS
                ? `${MAX_COUNTED_READERS.toLocaleString()} readers or more have it`
                : readers === 1
                  ? '1 reader has it'
                  : `${readers} readers have it`}
              {blocking.length > 0
                ? '.'
                : '. What they are entitled to stays known, and counts for nothing without the tier.'}
            </p>
          )}
          {blocking.length === 0 && others.length > 0 && (
            <>
              These go on, and open nothing then:
              {list(others)}
            </>
          )}
        </div>
      )}
      <div className={panels.buttons}>
        {error ? (
          <Button size="xs" onClick={() => void refetch()}>
            Try again
          </Button>
        ) : (
          data &&
          blocking.length === 0 && (
            <Button size="xs" color="rejected" autoFocus onClick={onRemove}>
              Take it away
            </Button>
          )
        )}
        <Button
          key={String(blocking.length > 0)}
          size="xs"
          {...(blocking.length > 0 ? { variant: 'default' } : { variant: 'subtle', color: 'gray' })}
          autoFocus={blocking.length > 0}
          onClick={onClose}
        >
          {blocking.length > 0 ? 'Close' : 'Keep it'}
        </Button>
      </div>
    </section>
  );
}

/** A link to where a reference can be changed; `null` if only the API can change it. */
function linkFor(site: string, { where, name }: TierUse): { text: string; href: string } | null {
  switch (where) {
    case 'policy':
      return { text: 'Go to the policy', href: hrefOf('/policy', { site }) };
    case 'story':
      return { text: 'Go to the stories', href: hrefOf('/stories', { site }) };
    case 'override':
      return { text: 'Go to the exceptions', href: hrefOf('/access', { site }) };
    case 'billing':
      return {
        text: 'Go to billing systems',
        href: hrefOf('/access', { site, part: 'billing', provider: name }),
      };
    case 'look-up':
      return { text: 'Go to the look-up', href: hrefOf('/access', { site, part: 'look-up' }) };
    case 'organisation':
      return null;
  }
}
