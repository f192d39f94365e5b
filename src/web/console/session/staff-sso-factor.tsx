import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api.js';
import { fullTime } from '../shell/format-age.js';
import { ConfirmPanel } from '../shell/confirm-panel.js';
import { toFormError } from '../shell/form-error.js';
import { useAddress } from '../router.js';
import classes from './factors.module.css';
import { STAFF_SSO_CONNECTION_REFUSALS } from './staff-sso-labels.js';

/** The single sign-on setting, if configured: whether it is connected to this account, and how to connect it. */
export function StaffSsoFactor() {
  const { params } = useAddress();
  const [isConfirming, setConfirming] = useState(false);
  const { data } = useQuery({ queryKey: ['newsroom'], queryFn: ({ signal }) => api.staffSso(signal) });
  const begin = useMutation({
    mutationFn: () => api.connectStaffSso(),
    onSuccess: ({ url }) => window.location.assign(url),
  });
  if (!data?.name) return null;
  const refusal = STAFF_SSO_CONNECTION_REFUSALS[params.get('sso') ?? ''];
  return (
    <>
      <h2>The newsroom’s sign-in</h2>
      <ul className={classes.list}>
        <li>
          <div className={classes.factor}>
            <div>
              <span className={classes.name}>
                {data.name.charAt(0).toUpperCase() + data.name.slice(1)}
                {data.connectedAt && (
                  <span className={classes.on}>Connected since {fullTime(data.connectedAt)}</span>
                )}
              </span>
              <p>
                {data.connectedAt
                  ? 'Signing in there signs you in here, too.'
                  : 'Sign in there once, and you can use it to sign in here.'}
              </p>
            </div>
            <div className={classes.buttons}>
              {data.connectedAt ? (
                <Button
                  size="xs"
                  variant="default"
                  onClick={() => setConfirming(true)}
                  disabled={isConfirming}
                >
                  Connect another account…
                </Button>
              ) : (
                <Button
                  size="xs"
                  variant="default"
                  loading={begin.isPending || begin.isSuccess}
                  onClick={() => begin.mutate()}
                >
                  Connect
                </Button>
              )}
            </div>
          </div>
          {(begin.isError || refusal) && (
            <p className={classes.fault} role="alert">
              {begin.isError ? toFormError(begin.error, []).text : refusal}
            </p>
          )}
          {isConfirming && (
            <ConfirmPanel
              title="Connect another account?"
              text="Sign in there with the other account. The previous one can no longer be used here, and your other sessions end."
              action="Go there"
              onAct={() => begin.mutateAsync()}
              onClose={() => setConfirming(false)}
            />
          )}
        </li>
      </ul>
    </>
  );
}
