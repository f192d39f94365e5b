import { useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '../api.js';
import { Failed, Page, LoadingRows } from '../shell/page.js';
import page from '../shell/page.module.css';
import { AuthenticatorFactor, RecoveryFactor } from './authenticator-factor.js';
import classes from './factors.module.css';
import { StaffSsoFactor } from './staff-sso-factor.js';
import { OwnSessions } from './own-sessions.js';
import { PasskeyFactors } from './passkey-factors.js';
import { useSession, useSessionContext } from './session.js';

const KEY = ['second-factor'];

/** Sign-in methods and open sessions of the moderator. */
export function SecurityPage() {
  const { moderator } = useSession();
  const { refresh } = useSessionContext();
  const queries = useQueryClient();
  const { data, error, refetch } = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => api.secondFactor(signal),
  });
  const reload = () => {
    void queries.invalidateQueries({ queryKey: KEY });
    void queries.invalidateQueries({ queryKey: ['own-sessions'] });
    refresh();
  };
  const hasSecondFactor = moderator.hasSecondFactor || (data?.app ?? null) !== null;
  return (
    <Page
      place="security"
      title="Sign-in and security"
      description="How you sign in, on every site you work for."
    >
      {error && !data && <Failed error={error} what="Your sign-in" onRetry={() => void refetch()} />}
      {!data && !error && <LoadingRows rows={4} />}
      {data && (
        <>
          {data.isRequired && !hasSecondFactor && (
            <p className={page.note} data-state="waiting">
              A site you work for asks its team for a second factor.
            </p>
          )}
          <h2>Second factor</h2>
          <ul className={classes.list}>
            <PasskeyFactors onChanged={reload} />
            <AuthenticatorFactor factor={data} onChanged={reload} />
            {hasSecondFactor && <RecoveryFactor factor={data} onChanged={reload} />}
          </ul>
          <StaffSsoFactor />
          <OwnSessions />
        </>
      )}
    </Page>
  );
}
