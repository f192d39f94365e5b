import { Button } from '@mantine/core';
import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { Download, ShieldCheck } from 'lucide-react';
import { api } from '../api.js';
import { fullTime } from '../shell/format-age.js';
import { useConsole } from '../shell/console-context.js';
import { ClearFilter, FilterChoice, FilterText, FilterTimes } from '../shell/filter-fields.js';
import { MoreButton } from '../shell/more-button.js';
import { Failed, errorText, Page, LoadingRows } from '../shell/page.js';
import classes from '../shell/page.module.css';
import table from '../shell/table.module.css';
import { go, hrefOf, Link, useAddress } from '../router.js';
import type { AuditEntry } from '../api-types.js';
import { ACTION_KINDS, actionText, detailText } from './audit-labels.js';

const FILTER_NAMES = ['action', 'actor', 'subject', 'from', 'until'] as const;
type Filter = Record<(typeof FILTER_NAMES)[number], string>;

const dayStart = (day: string): string => (day ? new Date(`${day}T00:00:00`).toISOString() : '');

/** The audit log: filter, verify and export it. */
export function AuditPage() {
  const { site } = useConsole();
  const { params } = useAddress();
  const filter = Object.fromEntries(FILTER_NAMES.map((name) => [name, params.get(name) ?? ''])) as Filter;
  const set = (change: Partial<Filter>) =>
    go(hrefOf('/audit', { site: site.id, ...filter, ...change }), { replace: true });
  const requestedFilter = {
    action: filter.action || null,
    actor: filter.actor || null,
    subject: filter.subject || null,
    from: dayStart(filter.from) || null,
    until: dayStart(filter.until) || null,
  };
  const log = useInfiniteQuery({
    queryKey: ['audit', site.id, requestedFilter],
    queryFn: ({ pageParam, signal }) => api.audit(site.id, { ...requestedFilter, cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
  const verify = useMutation({ mutationFn: () => api.verifyAudit(site.id) });
  const shown = log.data?.pages.flatMap(({ items }) => items) ?? [];
  const isNarrowed = FILTER_NAMES.some((name) => filter[name] !== '');

  return (
    <Page
      place="audit"
      title="Audit"
      description="Actions of staff, with time and reason. Entries are only ever added, and each contains the hash of the one before it."
      actions={
        <>
          <Button
            variant="default"
            leftSection={<ShieldCheck size={15} aria-hidden />}
            loading={verify.isPending}
            onClick={() => verify.mutate()}
          >
            Check the record
          </Button>
          <Button
            component="a"
            href={api.auditExportUrl(site.id)}
            download
            variant="default"
            leftSection={<Download size={15} aria-hidden />}
          >
            Export (NDJSON)
          </Button>
        </>
      }
    >
      {verify.data && (
        <div className={classes.note} data-state={verify.data.intact ? 'good' : 'wrong'} role="status">
          <span>
            {verify.data.broken
              ? `Entry ${verify.data.broken.position} ${verify.data.broken.why}. Entries before it are unchanged. Tell the people who run the database.`
              : `All ${verify.data.length.toLocaleString()} entries are unchanged. Hash of the last one: `}
            {verify.data.intact && <span className={classes.mono}>{verify.data.head}</span>}
          </span>
        </div>
      )}
      {verify.isError && (
        <p className={classes.fault} role="alert">
          {errorText(verify.error, 'The record could not be checked: the server does not answer.')}
        </p>
      )}
      <div className={classes.filter} role="group" aria-label="Narrow the record">
        <FilterChoice
          label="What was done"
          value={filter.action}
          data={
            ACTION_KINDS.some(({ value }) => value === filter.action)
              ? [...ACTION_KINDS]
              : [...ACTION_KINDS, { value: filter.action, label: actionText(filter.action) }]
          }
          onChoice={(value) => set({ action: value })}
        />
        <FilterText label="By (id)" value={filter.actor} onText={(text) => set({ actor: text.trim() })} />
        <FilterText label="To (id)" value={filter.subject} onText={(text) => set({ subject: text.trim() })} />
        <FilterTimes
          type="date"
          from={{ label: 'From', value: filter.from }}
          until={{ label: 'Before', value: filter.until }}
          onFrom={(from) => set({ from })}
          onUntil={(until) => set({ until })}
        />
        <ClearFilter
          isNarrowed={isNarrowed}
          onClear={() => set({ action: '', actor: '', subject: '', from: '', until: '' })}
        />
      </div>
      {log.isPending ? (
        <LoadingRows />
      ) : log.isError && shown.length === 0 ? (
        <Failed error={log.error} what="The record" onRetry={() => void log.refetch()} />
      ) : shown.length === 0 ? (
        <div className={classes.empty}>
          <h2>{isNarrowed ? 'No matching entries' : 'No entries yet'}</h2>
          <p>{isNarrowed ? 'Change the filter.' : 'Decisions and changes of settings are listed here.'}</p>
        </div>
      ) : (
        <div className={table.ruled} tabIndex={0} role="region" aria-label="The record">
          <table className={table.table}>
            <thead>
              <tr>
                <th scope="col">When</th>
                <th scope="col">Who</th>
                <th scope="col">What</th>
                <th scope="col">Why</th>
                <th scope="col" className={table.number}>
                  Policy
                </th>
                <th scope="col" className={table.number}>
                  Entry
                </th>
              </tr>
            </thead>
            <tbody>
              {shown.map((entry) => (
                <Row key={entry.position} entry={entry} siteId={site.id} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      <MoreButton list={log}>Show older entries</MoreButton>
    </Page>
  );
}

const ACTOR_LABELS: Readonly<Record<string, string>> = {
  admin: 'The admin key',
  system: 'Postbag itself',
  key: 'A key',
};

function Row({ entry, siteId }: { entry: AuditEntry; siteId: string }) {
  const { position, at, action, actor, subject, reason, policyVersion, details } = entry;
  const name = actor.name ?? ACTOR_LABELS[actor.kind] ?? actor.kind;
  const detail = detailText(action, details);
  return (
    <tr>
      <td className={classes.time}>{fullTime(at)}</td>
      <td>
        {actor.id ? (
          <Link href={hrefOf('/audit', { site: siteId, actor: actor.id })} title={`Only what ${name} did`}>
            {name}
          </Link>
        ) : (
          name
        )}
      </td>
      <td>
        <div>{actionText(action)}</div>
        {detail && <div className={classes.small}>{detail}</div>}
        <Link className={classes.mono} href={hrefOf('/audit', { site: siteId, subject: subject.id })}>
          {subject.id}
        </Link>
      </td>
      <td>{reason ?? <span className={classes.soft}>—</span>}</td>
      <td className={table.number}>{policyVersion ?? '—'}</td>
      <td className={table.number}>{position}</td>
    </tr>
  );
}
