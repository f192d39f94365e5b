import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import marks from '../shell/marks.module.css';
import parts from '../shell/sections.module.css';
import { LoadState } from '../shell/load-state.js';
import { SectionHeader } from '../shell/section-header.js';
import { api } from '../api.js';
import { fullTime } from '../shell/format-age.js';
import { useConsole } from '../shell/console-context.js';
import { hrefOf, Link } from '../router.js';
import { useSessionContext } from '../session/session.js';
import { DeleteSite } from './delete-site.js';
import classes from './settings.module.css';
import { SiteForm } from './site-form.js';
import { Snippet } from './snippet.js';
import { embedCode } from './snippets.js';

/** One site: its name and origins, its embed code, and a button to delete it. */
export function SiteSection() {
  const { site } = useConsole();
  const { refresh } = useSessionContext();
  const queries = useQueryClient();
  const [panel, setPanel] = useState<'edit' | 'delete' | null>(null);
  const key = ['site', site.id];
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => api.site(site.id, signal),
  });
  const close = () => setPanel(null);

  return (
    <section className={parts.part} aria-label="This site">
      <SectionHeader title={site.name} text="Its name, and the addresses of its stories.">
        <Button size="xs" variant="default" disabled={!data} onClick={() => setPanel('edit')}>
          Edit
        </Button>
      </SectionHeader>
      {!data ? (
        <LoadState what="The site" error={error} isFetching={isFetching} onRetry={() => void refetch()} />
      ) : panel === 'edit' ? (
        <SiteForm
          site={data}
          onClose={close}
          onSave={async (draft) => {
            queries.setQueryData(key, await api.changeSite(site.id, draft));
            close();
            // The sidebar shows the site's name.
            refresh();
          }}
        />
      ) : (
        <dl className={`${marks.facts} ${classes.facts}`}>
          <dt>Name</dt>
          <dd>{data.name}</dd>
          <dt>Origins</dt>
          <dd>
            <ul className={classes.origins}>
              {data.origins.map((origin) => (
                <li key={origin} className={marks.mono}>
                  {origin}
                </li>
              ))}
            </ul>
          </dd>
          <dt>Readers sign in at</dt>
          <dd>
            {data.signInUrl === null ? (
              <span className={marks.soft}>no address: the page’s own sign-in is asked</span>
            ) : (
              <span className={marks.mono}>{data.signInUrl}</span>
            )}
          </dd>
          <dt>Rules</dt>
          <dd>
            Who may write, lengths and languages are in{' '}
            <Link href={hrefOf('/policy', { site: site.id })}>the policy</Link>
          </dd>
          <dt>Id</dt>
          <dd className={marks.mono}>{data.id}</dd>
          <dt>Made</dt>
          <dd>{fullTime(data.createdAt)}</dd>
        </dl>
      )}
      {data && (
        <>
          <div className={parts.sub}>
            <h3>In the page of a story</h3>
          </div>
          <p className={classes.note}>
            In every page that is to have comments. The story’s key is your own id of the page; a story that
            is not registered yet is registered by its address and title.
          </p>
          <Snippet name="Lines for the page of a story" code={embedCode(window.location.origin, site.id)} />
          <div className={classes.last}>
            <div className={parts.sub}>
              <h3>Delete the site</h3>
              {panel !== 'delete' && (
                <Button size="xs" variant="subtle" color="rejected" onClick={() => setPanel('delete')}>
                  Delete this site…
                </Button>
              )}
            </div>
            {panel === 'delete' ? (
              <DeleteSite site={data} onClose={close} />
            ) : (
              <p className={classes.note}>
                With its comments, readers and settings, for good. You are told what that is, and asked for
                the name first.
              </p>
            )}
          </div>
        </>
      )}
    </section>
  );
}
