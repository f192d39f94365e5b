import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { ProblemError } from '../api.js';
import { go, safeReturn, useAddress } from '../router.js';
import type { Session } from '../api-types.js';
import { AccountForm } from './account-form.js';
import { FactorForm } from './factor-form.js';
import { StaffSsoButton, useStaffSso } from './staff-sso-button.js';
import { STAFF_SSO_REFUSALS } from './staff-sso-labels.js';
import classes from './session.module.css';
import { useSessionContext } from './session.js';
import { SignInForm } from './sign-in-form.js';

/**
 * Removes the one-time token from the URL and returns it, only once per page load. It must not stay in the history,
 * and a second render must not use it again.
 */
let linkToken: string | null | undefined;
function takeSignInToken(): string | null {
  if (linkToken === undefined) {
    linkToken = decodeURIComponent(window.location.hash.slice(1)) || null;
    if (linkToken) window.history.replaceState(null, '', window.location.pathname + window.location.search);
  }
  return linkToken;
}

let exchange: Promise<Session> | null = null;

/** The sign-in page: a one-time link, or email and password. After the first link it offers to set up an account. */
export function SignInPage() {
  const { state, signIn } = useSessionContext();
  const { params } = useAddress();
  const next = safeReturn(params.get('next'));
  const isSso = params.get('by') === 'sso';
  const refusal = STAFF_SSO_REFUSALS[params.get('refused') ?? ''];
  const [link] = useState(takeSignInToken);
  const [step, setStep] = useState<'link' | 'link-factor' | 'form' | 'offer'>(link ? 'link' : 'form');
  const [linkFault, setLinkFault] = useState<'used' | 'unreachable' | null>(null);
  const [attempt, setAttempt] = useState(0);

  useEffect(() => {
    document.title = 'Sign in · Postbag';
  }, []);

  useEffect(() => {
    if (!link || step !== 'link') return;
    exchange ??= signIn({ link });
    exchange.then(
      (session) => {
        linkToken = null;
        if (session.moderator.hasPassword || isSso) go(next, { replace: true });
        else setStep('offer');
      },
      (error: unknown) => {
        exchange = null;
        if (error instanceof ProblemError && error.code === 'second-factor-needed') setStep('link-factor');
        else if (error instanceof ProblemError) {
          linkToken = null;
          setLinkFault('used');
          setStep('form');
        } else setLinkFault('unreachable');
      },
    );
    // `exchange` makes only one call, even if the effect runs again.
  }, [link, step, attempt, next, signIn, isSso]);

  // Someone already signed in is sent on, unless the account setup offer is open.
  const isSignedIn = state.kind === 'signed-in' && !state.ended;
  useEffect(() => {
    if (isSignedIn && step === 'form') go(next, { replace: true });
  }, [isSignedIn, step, next]);

  return (
    <main className={classes.screen}>
      <div className={classes.card}>
        <Wordmark />
        {step === 'link' && linkFault !== 'unreachable' && (
          <p className={classes.quiet} role="status">
            Opening the console…
          </p>
        )}
        {step === 'link' && linkFault === 'unreachable' && (
          <>
            <h1 className={classes.title}>The server does not answer</h1>
            <p className={classes.quiet}>
              {isSso ? 'You are signed in there.' : 'Your link is still good.'} Check the connection, then try
              again.
            </p>
            <Button
              fullWidth
              onClick={() => {
                setLinkFault(null);
                setAttempt((n) => n + 1);
              }}
            >
              Try again
            </Button>
          </>
        )}
        {step === 'link-factor' && link && (
          <>
            <h1 className={classes.title}>And your second factor</h1>
            <p className={classes.quiet}>
              {isSso
                ? 'You are signed in there. Your account here asks for a code besides.'
                : 'The link is good. Your account asks for a code besides it.'}
            </p>
            <FactorForm
              onProof={async (proof) => {
                await signIn({ link, ...proof });
                linkToken = null;
                go(next, { replace: true });
              }}
              onPasskey={async (passkey) => {
                await signIn({ passkey });
                linkToken = null;
                go(next, { replace: true });
              }}
            />
          </>
        )}
        {step === 'form' && (
          <>
            <h1 className={classes.title}>Sign in to moderate</h1>
            {linkFault === 'used' && (
              <p className={classes.notice} role="alert">
                {isSso
                  ? 'That took too long. Sign in once more.'
                  : 'That link has been used, or is too old. Sign in with your password, or ask for a new link.'}
              </p>
            )}
            {refusal && !linkFault && (
              <p className={classes.notice} role="alert">
                {refusal}
              </p>
            )}
            <StaffSsoButton />
            <SignInForm onSignedIn={() => go(next, { replace: true })} />
            <NoAccount />
          </>
        )}
        {step === 'offer' && (
          <>
            <h1 className={classes.title}>You’re in. Make it yours?</h1>
            <p className={classes.quiet}>
              The link worked once. With an email and a password you can come back without it, and your name
              stands under your decisions.
            </p>
            <AccountForm
              submitLabel="Save and begin"
              onSaved={() => go(next, { replace: true })}
              onLater={() => go(next, { replace: true })}
            />
          </>
        )}
      </div>
    </main>
  );
}

function NoAccount() {
  const providerName = useStaffSso();
  return (
    <p className={classes.quiet}>
      {providerName
        ? `No account yet? Ask the owner of your site to invite you with the address that you have at ${providerName}.`
        : 'No password yet? Open the sign-in link that the server prints when it starts, or ask the owner of your site for one.'}
    </p>
  );
}

export function Wordmark() {
  return (
    <p className={classes.wordmark}>
      <svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true">
        <path
          d="M4 8.5A4.5 4.5 0 0 1 8.5 4h7A4.5 4.5 0 0 1 20 8.5V17a3 3 0 0 1-3 3H7a3 3 0 0 1-3-3zM4 10.5h16M8.5 4v3a3.5 3.5 0 0 0 7 0V4"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.75"
          strokeLinecap="round"
        />
      </svg>
      Postbag
    </p>
  );
}
