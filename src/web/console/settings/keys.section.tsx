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
import { fullTime, shortAgo } from '../shell/format-age.js';
import { ConfirmPanel } from '../shell/confirm-panel.js';
import { useConsole } from '../shell/console-context.js';
import { MoreButton } from '../shell/more-button.js';
import { useNow } from '../shell/use-now.js';
import type { ShownSecret } from '../shell/rotate-panel.js';
import { SecretCard } from '../shell/secret-card.js';
import { useSession } from '../session/session.js';
import type { PublisherKey } from '../api-types.js';
import { KeyForm } from './key-form.js';
import { sortBySite, SCOPE_LABELS, SCOPE_DESCRIPTIONS, sitesText, unreadText } from './key-labels.js';
import classes from './settings.module.css';

/** API keys for programs. */
export function KeysSection() {
  const { site } = useConsole();
  const { sites } = useSession();
  const now = useNow();
  const queries = useQueryClient();
  const [isAdding, setAdding] = useState(false);
  const [secret, setSecret] = useState<ShownSecret | null>(null);
  const [revoking, setRevoking] = useState<PublisherKey | null>(null);
  const list = useInfiniteQuery({
    queryKey: ['keys'],
    queryFn: ({ pageParam, signal }) => api.keys(pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
  const reload = () => queries.invalidateQueries({ queryKey: ['keys'] });
  const keys =
    list.data &&
    sortBySite(
      list.data.pages.flatMap(({ items }) => items),
      site.id,
    );
  const add = () => {
    setSecret(null);
    setRevoking(null);
    setAdding(true);
  };

  return (
    <section className={parts.part} aria-label="Keys">
      <SectionHeader
        title="Keys"
        text="Programs call the API with a key as a bearer token. A key allows what its scopes say, on the sites it is for, until it is revoked."
      >
        <Button size="xs" leftSection={<Plus size={14} aria-hidden />} disabled={!keys} onClick={add}>
          Create a key
        </Button>
      </SectionHeader>
      {isAdding && (
        <KeyForm
          onClose={() => setAdding(false)}
          onSave={async (draft) => {
            const created = await api.addKey(draft);
            setSecret({
              value: created.key,
              text: `The key of “${created.name}”. It is not shown again: only its first characters and a hash are stored.`,
            });
            setAdding(false);
            await reload();
          }}
        />
      )}
      {secret && (
        <SecretCard
          secret={secret.value}
          name="Publisher key"
          kind="key"
          text={secret.text}
          onClose={() => setSecret(null)}
        />
      )}
      {revoking && (
        <ConfirmPanel
          key={revoking.id}
          title={`Revoke “${revoking.name}”?`}
          text={`Calls with this key will be refused. ${
            revoking.lastUsedAt === null
              ? 'It was not used yet.'
              : `It was used last ${shortAgo(revoking.lastUsedAt, now)}.`
          } This cannot be undone, but you can create another key.`}
          action="Revoke it"
          isDestructive
          onAct={async () => {
            await api.revokeKey(revoking.id);
            await reload();
            setRevoking(null);
          }}
          onClose={() => setRevoking(null)}
        />
      )}
      {!keys ? (
        <LoadState
          what="The keys"
          error={list.error}
          isFetching={list.isFetching}
          onRetry={() => void list.refetch()}
        />
      ) : keys.length === 0 ? (
        !isAdding && (
          <div className={parts.empty}>
            <h3>No keys yet</h3>
            <p>
              With a key, your editorial system registers stories, your shop reports subscriptions, or another
              program scores texts. Create one key per program, so that each can be revoked separately.
            </p>
            <Button leftSection={<Plus size={15} aria-hidden />} onClick={add}>
              Create a key
            </Button>
          </div>
        )
      ) : (
        <div className={table.scroll}>
          <table className={`${table.table} ${table.inset}`}>
            <thead>
              <tr>
                <th scope="col">Key</th>
                <th scope="col">May</th>
                <th scope="col">On</th>
                <th scope="col">Made</th>
                <th scope="col">Used last</th>
                <td />
              </tr>
            </thead>
            <tbody>
              {keys.map((key) => (
                <tr key={key.id}>
                  <th scope="row" className={classes.keyName}>
                    {key.name}
                    <span className={`${marks.small} ${marks.mono}`}>{key.prefix}…</span>
                  </th>
                  <td>
                    {key.scopes.map((scope) => (
                      <span key={scope} className={classes.scopes} title={SCOPE_DESCRIPTIONS[scope]}>
                        {SCOPE_LABELS[scope]}
                      </span>
                    ))}
                    {unreadText(key) && <span className={marks.small}>{unreadText(key)}</span>}
                  </td>
                  <td>{sitesText(key, sites)}</td>
                  <td className={marks.nowrap}>{fullTime(key.createdAt)}</td>
                  <td className={marks.nowrap}>
                    {key.lastUsedAt === null ? (
                      <span className={marks.soft}>not yet</span>
                    ) : (
                      <span title={fullTime(key.lastUsedAt)}>{shortAgo(key.lastUsedAt, now)}</span>
                    )}
                  </td>
                  <td className={table.number}>
                    <Button
                      size="compact-xs"
                      variant="subtle"
                      color="rejected"
                      aria-label={`Revoke ${key.name}`}
                      onClick={() => {
                        setAdding(false);
                        setRevoking(key);
                      }}
                    >
                      Revoke…
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
    </section>
  );
}
