import { Button, NativeSelect } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { CircleCheck, Clock } from 'lucide-react';
import { useState } from 'react';
import marks from '../shell/marks.module.css';
import parts from '../shell/sections.module.css';
import table from '../shell/table.module.css';
import { LoadState } from '../shell/load-state.js';
import { api } from '../api.js';
import { fullTime } from '../shell/format-age.js';
import { ConfirmPanel } from '../shell/confirm-panel.js';
import { useConsole } from '../shell/console-context.js';
import { useNow } from '../shell/use-now.js';
import type { ShownSecret } from '../shell/rotate-panel.js';

const OVERLAPS = [
  { value: '86400', label: 'For a day, as long as a token may live' },
  { value: '3600', label: 'For an hour' },
  { value: '604800', label: 'For a week' },
  { value: '0', label: 'Not at all: signed-in readers must sign in again' },
];

/** The current secret and, for a while after a rotation, the previous one. Neither can be shown again. */
export function SharedSecrets({ onSecret }: { onSecret: (secret: ShownSecret) => void }) {
  const { site } = useConsole();
  const now = useNow();
  const queries = useQueryClient();
  const [confirming, setConfirming] = useState<'rotate' | 'retire' | null>(null);
  const [overlap, setOverlap] = useState('86400');
  const key = ['sign-on-secret', site.id];
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => api.signOnSecret(site.id, signal),
  });
  const until = data?.previousValidUntil ?? null;
  const previousUntil = until !== null && Date.parse(until) > now ? until : null;
  const close = () => setConfirming(null);
  const reload = () => queries.invalidateQueries({ queryKey: key });

  return (
    <>
      <div className={parts.sub}>
        <h3>Secrets</h3>
      </div>
      {confirming === 'rotate' && (
        <ConfirmPanel
          title="Create a new secret?"
          text={
            <>
              It is shown once. Put it where your server signs tokens, while those by the secret of now go on
              counting.
              {previousUntil &&
                ` The previous secret, valid until ${fullTime(previousUntil)}, is revoked immediately.`}
              <NativeSelect
                mt="xs"
                label="Tokens signed with the current secret stay valid"
                value={overlap}
                data={OVERLAPS}
                styles={{ root: { maxWidth: 380 }, label: { maxWidth: 'none' } }}
                onChange={(event) => setOverlap(event.currentTarget.value)}
              />
            </>
          }
          action="Create a new secret"
          onAct={async () => {
            const rotated = await api.rotateSignOnSecret(site.id, Number(overlap));
            onSecret({
              value: rotated.ssoSecret,
              text:
                rotated.previousValidUntil === null
                  ? 'The new secret. It is not shown again. The previous one is no longer valid.'
                  : `The new secret. It is not shown again. Tokens signed with the previous one are valid until ${fullTime(rotated.previousValidUntil)}.`,
            });
            await reload();
            close();
          }}
          onClose={close}
        />
      )}
      {confirming === 'retire' && (
        <ConfirmPanel
          title="Revoke the previous secret now?"
          text="Tokens signed with it will be refused, and readers who still have one must sign in again. Do this once your server signs with the new secret, or immediately if the old one was leaked."
          action="End it now"
          isDestructive
          onAct={async () => {
            await api.retirePreviousSignOnSecret(site.id);
            await reload();
            close();
          }}
          onClose={close}
        />
      )}
      {!data ? (
        <LoadState what="The secrets" error={error} isFetching={isFetching} onRetry={() => void refetch()} />
      ) : (
        <div className={table.scroll}>
          <table className={`${table.table} ${table.inset}`}>
            <thead>
              <tr>
                <th scope="col">Secret</th>
                <th scope="col">Counts</th>
                <td />
              </tr>
            </thead>
            <tbody>
              <tr>
                <th scope="row">
                  <span className={marks.mark} data-kind="good">
                    <CircleCheck size={15} strokeWidth={1.75} aria-hidden />
                    In use
                  </span>
                </th>
                <td>Until another is made</td>
                <td className={table.number}>
                  <Button size="compact-xs" variant="subtle" onClick={() => setConfirming('rotate')}>
                    Rotate…
                  </Button>
                </td>
              </tr>
              {previousUntil && (
                <tr>
                  <th scope="row">
                    <span className={marks.mark} data-kind="off">
                      <Clock size={15} strokeWidth={1.75} aria-hidden />
                      The one before
                    </span>
                  </th>
                  <td>Until {fullTime(previousUntil)}</td>
                  <td className={table.number}>
                    <Button
                      size="compact-xs"
                      variant="subtle"
                      color="rejected"
                      onClick={() => setConfirming('retire')}
                    >
                      End it now…
                    </Button>
                  </td>
                </tr>
              )}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}
