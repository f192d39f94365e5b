import { Button } from '@mantine/core';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import marks from '../shell/marks.module.css';
import parts from '../shell/sections.module.css';
import table from '../shell/table.module.css';
import { LoadState } from '../shell/load-state.js';
import { SectionHeader } from '../shell/section-header.js';
import { api } from '../api.js';
import { fullTime } from '../shell/format-age.js';
import { useConsole } from '../shell/console-context.js';
import { MoreButton } from '../shell/more-button.js';
import { go, hrefOf, Link, useAddress } from '../router.js';
import { useSession, useSessionContext } from '../session/session.js';
import type { SiteWithSecret } from '../api-types.js';
import { NewSite } from './new-site.js';
import classes from './settings.module.css';
import { SiteForm } from './site-form.js';

/** All sites the person administers. A person with a role on all sites can add one. */
export function SitesSection() {
  const { site: here } = useConsole();
  const { moderator } = useSession();
  const { refresh } = useSessionContext();
  const { params } = useAddress();
  const queries = useQueryClient();
  const [isAdding, setAdding] = useState(false);
  const [createdSite, setCreatedSite] = useState<{ site: SiteWithSecret; isSecretOpen: boolean } | null>(
    null,
  );
  const deleted = params.get('deleted');
  const list = useInfiniteQuery({
    queryKey: ['sites'],
    queryFn: ({ pageParam, signal }) => api.sites(pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
  const sites = list.data?.pages.flatMap(({ items }) => items);

  return (
    <section className={parts.part} aria-label="All sites">
      <SectionHeader
        title="All sites"
        text="Each publication is a separate site, with its own readers, tiers, policy, team and audit log."
      >
        {moderator.mayAddSites && (
          <Button
            size="xs"
            leftSection={<Plus size={14} aria-hidden />}
            onClick={() => {
              setCreatedSite(null);
              setAdding(true);
            }}
          >
            Add a site
          </Button>
        )}
      </SectionHeader>
      {deleted && !isAdding && !createdSite && (
        <p className={parts.note} role="status">
          {deleted} is deleted.
        </p>
      )}
      {isAdding && (
        <SiteForm
          onClose={() => setAdding(false)}
          onSave={async (draft) => {
            const site = await api.addSite(draft);
            setAdding(false);
            setCreatedSite({ site, isSecretOpen: true });
            await queries.invalidateQueries({ queryKey: ['sites'] });
            refresh();
          }}
        />
      )}
      {createdSite && (
        <section className={classes.made} aria-label="The new site">
          <NewSite
            {...createdSite}
            onSecretSaved={() => setCreatedSite({ ...createdSite, isSecretOpen: false })}
          />
          <div className={classes.go}>
            <Button
              size="xs"
              onClick={() => go(hrefOf('/settings', { site: createdSite.site.id, part: 'tiers' }))}
            >
              Set up its tiers
            </Button>
            <Button
              size="xs"
              variant="default"
              onClick={() => go(hrefOf('/settings', { site: createdSite.site.id }))}
            >
              Open its settings
            </Button>
          </div>
        </section>
      )}
      {!sites ? (
        <LoadState
          what="The sites"
          error={list.error}
          isFetching={list.isFetching}
          onRetry={() => void list.refetch()}
        />
      ) : (
        <div className={table.scroll}>
          <table className={`${table.table} ${table.inset}`}>
            <thead>
              <tr>
                <th scope="col">Site</th>
                <th scope="col">Origins</th>
                <th scope="col">Made</th>
                <td />
              </tr>
            </thead>
            <tbody>
              {sites.map((site) => (
                <tr key={site.id}>
                  <th scope="row" className={classes.keyName}>
                    {site.name}
                    {site.id === here.id && <span className={marks.small}>the one you are on</span>}
                  </th>
                  <td className={classes.originCell}>
                    <ul className={classes.origins}>
                      {site.origins.slice(0, 3).map((origin) => (
                        <li key={origin} className={marks.mono}>
                          {origin}
                        </li>
                      ))}
                      {site.origins.length > 3 && (
                        <li className={marks.small}>and {site.origins.length - 3} more</li>
                      )}
                    </ul>
                  </td>
                  <td className={marks.nowrap}>{fullTime(site.createdAt)}</td>
                  <td className={table.number}>
                    <Button
                      component={Link}
                      href={hrefOf('/settings', { site: site.id })}
                      size="compact-xs"
                      variant="subtle"
                      aria-label={`Settings of ${site.name}`}
                    >
                      Settings
                    </Button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <MoreButton list={list} isInset>
        Show more
      </MoreButton>
      {!moderator.mayAddSites && (
        <p className={parts.note}>
          Sites can be added by people whose role applies to every site, or through the API with the admin
          key.
        </p>
      )}
    </section>
  );
}
