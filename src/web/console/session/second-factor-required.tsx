import { Button } from '@mantine/core';
import { useState } from 'react';
import type { SiteRef } from '../api-types.js';
import { AuthenticatorSetup } from './authenticator-setup.js';
import { RecoveryCodes } from './recovery-codes.js';
import classes from './session.module.css';
import { useSession, useSessionContext } from './session.js';
import { Wordmark } from './sign-in.page.js';

/** Shown instead of the console if the site requires a second factor and the account has none. */
export function SecondFactorRequired({ site }: { site: SiteRef }) {
  const { moderator, sites } = useSession();
  const { refresh, signOut } = useSessionContext();
  const [codes, setCodes] = useState<string[] | null>(null);
  const otherSite = sites.find(({ needsSecondFactor }) => !needsSecondFactor);
  return (
    <main className={classes.screen}>
      <div className={classes.card} data-wide>
        <Wordmark />
        <h1 className={classes.title}>{site.name} asks for a second factor</h1>
        {codes ? (
          <RecoveryCodes codes={codes} onSaved={refresh} />
        ) : moderator.hasSecondFactor ? (
          <>
            <p className={classes.quiet}>You have one. Sign in with it to open the console.</p>
            <Button onClick={() => void signOut()}>Sign in again</Button>
          </>
        ) : (
          <>
            <p className={classes.quiet}>
              Everybody in its team must use a second factor, so that a stolen password is not enough to sign
              in. Setting it up takes a minute.
            </p>
            <AuthenticatorSetup onDone={(newCodes) => (newCodes ? setCodes(newCodes) : refresh())} />
          </>
        )}
        <div className={classes.ways}>
          {otherSite && (
            <Button
              component="a"
              variant="subtle"
              color="gray"
              size="xs"
              href={`/console/?site=${otherSite.id}`}
            >
              Go to {otherSite.name}
            </Button>
          )}
          <Button variant="subtle" color="gray" size="xs" onClick={() => void signOut()}>
            Sign out
          </Button>
        </div>
      </div>
    </main>
  );
}
