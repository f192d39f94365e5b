import { Button, FileButton } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ChevronRight, FileUp } from 'lucide-react';
import { Fragment, useState } from 'react';
import { randomId } from '../../kit/random-id.js';
import { api } from '../api.js';
import { fullTime, shortAge } from '../shell/format-age.js';
import { useConsole } from '../shell/console-context.js';
import { useNow } from '../shell/use-now.js';
import panels from '../shell/panels.module.css';
import type { Import } from '../api-types.js';
import marks from '../shell/marks.module.css';
import classes from '../shell/sections.module.css';
import table from '../shell/table.module.css';
import { LoadState } from '../shell/load-state.js';
import { SectionHeader } from '../shell/section-header.js';
import { BATCH_ITEMS, parseTable, toBatches, type ParsedTable } from './parse-table.js';

interface Chosen extends ParsedTable {
  readonly name: string;
  /** Identifies the chosen file, so that a retry after a lost response imports nothing twice. */
  readonly attempt: string;
}

/** Imports many entitlements from a file in a background job. */
export function ImportsSection() {
  const { site } = useConsole();
  const now = useNow();
  const queries = useQueryClient();
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const [sentBatches, setSentBatches] = useState(0);
  const [openId, setOpenId] = useState<string | null>(null);
  const key = ['imports', site.id];
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => api.imports(site.id, signal),
    refetchInterval: ({ state }) =>
      state.data?.items.some((job) => job.state === 'running') ? 1_000 : 30_000,
  });
  const imports = data?.items ?? [];

  const read = async (file: File | null) => {
    if (!file) return;
    setFault(null);
    setSentBatches(0);
    try {
      setChosen({ ...parseTable(await file.text()), name: file.name, attempt: randomId() });
    } catch (failure) {
      setChosen(null);
      setFault(`${file.name}: ${failure instanceof Error ? failure.message : 'It cannot be read.'}`);
    }
  };
  const start = useMutation({
    mutationFn: async ({ items, attempt }: Chosen) => {
      for (const [index, batch] of toBatches(items).entries()) {
        await api.startImport(site.id, batch, `${attempt}-${index}`);
        setSentBatches((before) => Math.max(before, index + 1));
      }
    },
    onSuccess: () => setChosen(null),
    onSettled: () => queries.invalidateQueries({ queryKey: key }),
  });

  return (
    <section className={classes.part} aria-label="Import">
      <SectionHeader
        title="Import"
        text="Tell many entitlements at once, from a CSV or JSON file. They are told in the background; a bad line holds up no other."
      >
        <FileButton
          accept=".csv,.tsv,.txt,.json,text/csv,application/json"
          inputProps={{ 'aria-label': 'File with entitlements' }}
          onChange={(file) => void read(file)}
        >
          {(props) => (
            <Button size="xs" leftSection={<FileUp size={14} aria-hidden />} {...props}>
              Choose a file
            </Button>
          )}
        </FileButton>
      </SectionHeader>
      {fault && (
        <p className={classes.fault} role="alert">
          {fault}
        </p>
      )}
      {chosen && (
        <section className={panels.panel} aria-label="What will be imported">
          <h3 className={panels.title}>
            {chosen.items.length.toLocaleString()}{' '}
            {chosen.items.length === 1 ? 'entitlement' : 'entitlements'} in {chosen.name}
          </h3>
          {chosen.ignored.length > 0 && <p className={panels.text}>Not read: {chosen.ignored.join(', ')}.</p>}
          <div className={table.scroll}>
            <table className={`${table.table} ${table.inset}`}>
              <thead>
                <tr>
                  <th scope="col">Reader</th>
                  <th scope="col">Tier</th>
                  <th scope="col">Status</th>
                  <th scope="col">Until</th>
                </tr>
              </thead>
              <tbody>
                {chosen.items.slice(0, 5).map((item, index) => (
                  <tr key={index}>
                    <th scope="row">{item.readerKey}</th>
                    <td>{item.organisation ? `a seat of ${item.organisation}` : (item.tier ?? '–')}</td>
                    <td>{item.status ?? '–'}</td>
                    <td>{item.validUntil ? fullTime(item.validUntil) : '–'}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          {chosen.items.length > 5 && (
            <p className={panels.soft}>and {(chosen.items.length - 5).toLocaleString()} more</p>
          )}
          {start.isError && (
            <p className={panels.fault} role="alert">
              {sentBatches > 0
                ? `After ${(sentBatches * BATCH_ITEMS).toLocaleString()} of them: ${start.error.message} Try again to go on from there.`
                : `Nothing was imported: ${start.error.message}`}
            </p>
          )}
          <div className={panels.buttons}>
            <Button size="xs" loading={start.isPending} onClick={() => start.mutate(chosen)}>
              {start.isError ? 'Try again' : 'Import them'}
            </Button>
            <Button size="xs" variant="subtle" color="gray" onClick={() => setChosen(null)}>
              Cancel
            </Button>
          </div>
        </section>
      )}
      {!data ? (
        <LoadState what="The imports" error={error} isFetching={isFetching} onRetry={() => void refetch()} />
      ) : imports.length === 0 ? (
        !chosen && (
          <div className={classes.empty}>
            <h3>Nothing was imported yet</h3>
            <p>
              A file has a column readerKey, and tier and status, or the organisation whose seat it is. It may
              have validUntil, graceUntil, kind, grantedBy and key.
            </p>
            <pre className={marks.pre}>
              {'readerKey,tier,status,validUntil\nreader-4711,insider-gold,active,2027-01-31'}
            </pre>
          </div>
        )
      ) : (
        <div className={table.scroll}>
          <table className={`${table.table} ${table.inset}`}>
            <thead>
              <tr>
                <th scope="col">Import</th>
                <th scope="col">Progress</th>
                <th scope="col" className={table.number}>
                  New
                </th>
                <th scope="col" className={table.number}>
                  Were so
                </th>
                <th scope="col" className={table.number}>
                  Refused
                </th>
              </tr>
            </thead>
            <tbody>
              {imports.map((job) => (
                <Row
                  key={job.id}
                  job={job}
                  now={now}
                  isOpen={openId === job.id}
                  onToggle={() => setOpenId(openId === job.id ? null : job.id)}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

const STATE_LABELS: Readonly<Record<Import['state'], string>> = {
  running: 'Running',
  done: 'Done',
  failed: 'Stopped',
};

function Row({
  job,
  now,
  isOpen,
  onToggle,
}: {
  job: Import;
  now: number;
  isOpen: boolean;
  onToggle: () => void;
}) {
  const { state, total, done, applied, unchanged, refused, errors, createdAt } = job;
  return (
    <Fragment>
      <tr>
        <th scope="row">
          {errors.length > 0 ? (
            <button type="button" className={marks.toggle} aria-expanded={isOpen} onClick={onToggle}>
              <ChevronRight size={14} aria-hidden />
              {STATE_LABELS[state]}
            </button>
          ) : (
            STATE_LABELS[state]
          )}
          <span className={marks.small}>
            <time dateTime={createdAt} title={fullTime(createdAt)}>
              {shortAge(createdAt, now)}
            </time>
          </span>
        </th>
        <td>
          <span
            className={marks.progress}
            role="progressbar"
            aria-label="Told so far"
            aria-valuemin={0}
            aria-valuemax={total}
            aria-valuenow={done}
          >
            <span style={{ transform: `scaleX(${total === 0 ? 0 : done / total})` }} />
          </span>
          <span className={marks.small}>
            {done.toLocaleString()} of {total.toLocaleString()}
          </span>
        </td>
        <td className={table.number}>{applied.toLocaleString()}</td>
        <td className={table.number}>{unchanged.toLocaleString()}</td>
        <td className={table.number}>
          <span className={marks.mark} data-kind={refused > 0 ? 'bad' : 'off'}>
            {refused.toLocaleString()}
          </span>
        </td>
      </tr>
      {isOpen && (
        <tr>
          <td colSpan={5} className={table.detail}>
            <ul className={classes.faults}>
              {errors.map(({ index, message }) => (
                <li key={index}>
                  Entry {(index + 1).toLocaleString()}: {message}
                </li>
              ))}
            </ul>
          </td>
        </tr>
      )}
    </Fragment>
  );
}
