import { Button } from '@mantine/core';
import { useState } from 'react';
import { api } from '../api.js';
import { NoSites } from '../shell/state-screen.js';
import { go, hrefOf } from '../router.js';
import { useSession, useSessionContext } from '../session/session.js';
import type { SiteWithSecret } from '../api-types.js';
import { NewSite } from './new-site.js';
import classes from './settings.module.css';
import { SiteForm } from './site-form.js';

/** Shown instead of the console if there is no site and the person may create one. */
export function FirstSite() {
  const { moderator } = useSession();
  const { refresh, signOut } = useSessionContext();
  const [createdSite, setCreatedSite] = useState<{ site: SiteWithSecret; isSecretOpen: boolean } | null>(
    null,
  );
  if (!moderator.mayAddSites)
    return <NoSites account={moderator.email ?? moderator.name} onSignOut={() => void signOut()} />;
  return (
    <main className={classes.first}>
      <h1>{createdSite ? 'Your site is ready' : 'Create your first site'}</h1>
      {createdSite ? (
        <>
          <NewSite
            {...createdSite}
            onSecretSaved={() => setCreatedSite({ ...createdSite, isSecretOpen: false })}
          />
          <div className={classes.go}>
            <Button
              onClick={() => {
                go(hrefOf('/settings', { site: createdSite.site.id, part: 'tiers' }), { replace: true });
                refresh();
              }}
            >
              Continue to its tiers
            </Button>
          </div>
        </>
      ) : (
        <>
          <p>
            A site is one publication, with its own readers, tiers, rules and team. Its queue opens here once
            it is created.
          </p>
          <SiteForm
            level={2}
            onSave={async (draft) => setCreatedSite({ site: await api.addSite(draft), isSecretOpen: true })}
          />
          <div className={classes.go}>
            <Button size="xs" variant="subtle" color="gray" onClick={() => void signOut()}>
              Sign out
            </Button>
          </div>
        </>
      )}
    </main>
  );
}
