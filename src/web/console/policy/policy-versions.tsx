import { Button, NativeSelect } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ProblemError } from '../api.js';
import { fullTime } from '../shell/format-age.js';
import { MoreButton } from '../shell/more-button.js';
import { Failed, errorText, LoadingRows } from '../shell/page.js';
import page from '../shell/page.module.css';
import type { PolicyVersionItem } from '../api-types.js';
import { PolicyDifferences } from './policy-differences.js';
import classes from './policy.module.css';

/** The history of the policy: who changed what and when. Two versions can be compared and an old one restored. */
export function PolicyVersions({ siteId, onRestored }: { siteId: string; onRestored: () => Promise<void> }) {
  const queries = useQueryClient();
  const list = useInfiniteQuery({
    queryKey: ['policy-versions', siteId],
    queryFn: ({ pageParam, signal }) => api.policyVersions(siteId, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  });
  const [pair, setPair] = useState<{ from: string; to: string } | null>(null);
  const [confirmingVersion, setConfirmingVersion] = useState<number | null>(null);
  const comparison = useQuery({
    queryKey: ['policy-compared', siteId, pair],
    queryFn: ({ signal }) => api.comparePolicies(siteId, pair!.from, pair!.to, signal),
    enabled: pair !== null,
  });
  const restore = useMutation({
    mutationFn: (version: number) => api.restorePolicy(siteId, version),
    onSuccess: () => {
      setConfirmingVersion(null);
      return Promise.all([
        onRestored(),
        queries.invalidateQueries({ queryKey: ['policy-versions', siteId] }),
      ]);
    },
  });
  if (list.isPending) return <LoadingRows />;
  if (list.isError && !list.data)
    return <Failed error={list.error} what="The versions" onRetry={() => void list.refetch()} />;
  const items = list.data.pages.flatMap(({ items: versions }) => versions);
  const numbers = items.map(({ version }) => String(version));
  const chosen = pair ?? { from: numbers[1] ?? numbers[0] ?? '', to: numbers[0] ?? '' };

  return (
    <div className={classes.sections}>
      {items.length > 1 && (
        <section className={classes.section} aria-labelledby="compare-title">
          <h2 id="compare-title">Compare</h2>
          <div className={classes.barRow} data-pair>
            <NativeSelect
              size="xs"
              label="From version"
              value={chosen.from}
              data={numbers}
              onChange={(event) => setPair({ ...chosen, from: event.currentTarget.value })}
            />
            <NativeSelect
              size="xs"
              label="To version"
              value={chosen.to}
              data={numbers}
              onChange={(event) => setPair({ ...chosen, to: event.currentTarget.value })}
            />
            <Button size="xs" variant="default" onClick={() => setPair({ ...chosen })}>
              Compare
            </Button>
          </div>
          {comparison.data && <PolicyDifferences items={comparison.data.differences} />}
          {comparison.isError && (
            <p className={page.fault} role="alert">
              {errorText(comparison.error, 'They could not be compared: the server does not answer.')}
            </p>
          )}
        </section>
      )}
      {restore.isError && (
        <p className={page.fault} role="alert">
          {restore.error instanceof ProblemError && restore.error.body.errors?.[0]
            ? restore.error.body.errors[0].message
            : errorText(restore.error, 'Nothing was restored: the server does not answer.')}
        </p>
      )}
      <ol className={classes.versions} aria-label="Versions, the newest first">
        {items.map((item, index) => (
          <Version
            key={item.version}
            item={item}
            isLive={index === 0}
            isConfirming={confirmingVersion === item.version}
            isBusy={restore.isPending}
            onConfirming={setConfirmingVersion}
            onRestore={() => restore.mutate(item.version)}
          />
        ))}
      </ol>
      <MoreButton list={list}>Show older versions</MoreButton>
    </div>
  );
}

function Version(props: {
  item: PolicyVersionItem;
  isLive: boolean;
  isConfirming: boolean;
  isBusy: boolean;
  onConfirming: (version: number | null) => void;
  onRestore: () => void;
}) {
  const { item, isLive, isConfirming, isBusy, onConfirming, onRestore } = props;
  const actorName =
    item.actor === null ? 'before versions were kept' : (item.actor.name ?? 'through the API');
  return (
    <li className={classes.version}>
      <h3>Version {item.version}</h3>
      <div>
        <div className={page.small}>
          {fullTime(item.at)} · {actorName}
          {item.restores !== null && ` · brought back version ${item.restores}`}
        </div>
        {item.note && <div>“{item.note}”</div>}
        {item.differences.length > 0 && <PolicyDifferences items={item.differences} />}
      </div>
      <div>
        {isLive ? (
          <span className={page.small}>in effect</span>
        ) : isConfirming ? (
          <span className={page.actions}>
            <Button size="compact-xs" loading={isBusy} onClick={onRestore}>
              Bring it back
            </Button>
            <Button size="compact-xs" variant="default" autoFocus onClick={() => onConfirming(null)}>
              Keep
            </Button>
          </span>
        ) : (
          <Button
            size="compact-xs"
            variant="subtle"
            aria-label={`Bring back… version ${item.version}`}
            onClick={() => onConfirming(item.version)}
          >
            Bring back…
          </Button>
        )}
      </div>
    </li>
  );
}
