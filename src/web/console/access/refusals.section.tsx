import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { ChevronRight, CircleHelp } from 'lucide-react';
import { Fragment, useState } from 'react';
import { api } from '../api.js';
import { fullTime, shortAge } from '../shell/format-age.js';
import { useConsole } from '../shell/console-context.js';
import { instantOf } from '../shell/local-time.js';
import { useNow } from '../shell/use-now.js';
import { go, hrefOf, useAddress } from '../router.js';
import type { Refusal } from '../api-types.js';
import { FilterChoice, FilterText, FilterTimes } from '../shell/filter-fields.js';
import { MoreButton } from '../shell/more-button.js';
import forms from '../shell/forms.module.css';
import marks from '../shell/marks.module.css';
import classes from '../shell/sections.module.css';
import table from '../shell/table.module.css';
import { GateInputsView } from './gate-inputs-view.js';
import { LoadState } from '../shell/load-state.js';
import { SectionHeader } from '../shell/section-header.js';
import { GateExplanationPanel } from './gate-explanation-panel.js';
import { ACTIONS, CODE_LABELS } from './access-labels.js';

const FILTERS = ['readerKey', 'storyKey', 'action', 'code', 'since', 'until'] as const;

/** Recent gate refusals: reader, action, and the inputs of each refusal. */
export function RefusalsSection() {
  const { site } = useConsole();
  const now = useNow();
  const { params } = useAddress();
  const [openId, setOpenId] = useState<string | null>(null);
  const [isExplaining, setExplaining] = useState(false);
  const filter = Object.fromEntries(FILTERS.map((name) => [name, params.get(name) ?? ''])) as Record<
    (typeof FILTERS)[number],
    string
  >;
  const set = (change: Record<string, string>) =>
    go(hrefOf('/access', { site: site.id, part: 'refusals', ...filter, ...change }), { replace: true });
  const requestedFilter = {
    readerKey: filter['readerKey'].trim() || null,
    storyKey: filter['storyKey'].trim() || null,
    action: filter['action'] || null,
    code: filter['code'] || null,
    since: instantOf(filter['since'] ?? ''),
    until: instantOf(filter['until'] ?? ''),
  };
  const log = useInfiniteQuery({
    queryKey: ['refusals', site.id, requestedFilter],
    queryFn: ({ pageParam, signal }) =>
      api.refusals(site.id, { ...requestedFilter, cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    refetchInterval: 15_000,
  });
  const shown = log.data?.pages.flatMap(({ items }) => items) ?? [];
  const isNarrowed = Object.values(requestedFilter).some((value) => value !== null);

  return (
    <section className={classes.part} aria-label="Refusals">
      <SectionHeader
        title="Refusals"
        text="Actions that the gate refused in the last 30 days, with all inputs of the decision."
      >
        <Button
          size="xs"
          leftSection={<CircleHelp size={14} aria-hidden />}
          aria-expanded={isExplaining}
          onClick={() => setExplaining(!isExplaining)}
        >
          What may a reader do now?
        </Button>
      </SectionHeader>
      {isExplaining && <GateExplanationPanel onClose={() => setExplaining(false)} />}
      <div className={forms.filter} role="group" aria-label="Which refusals">
        <FilterText
          label="Reader"
          placeholder="Their key: the token’s sub"
          value={filter['readerKey']}
          onText={(text) => set({ readerKey: text })}
        />
        <FilterText
          label="Story"
          placeholder="Its key"
          value={filter['storyKey']}
          onText={(text) => set({ storyKey: text })}
        />
        <FilterChoice
          label="Wanted to"
          value={filter['action']}
          onChoice={(value) => set({ action: value })}
          data={[
            { value: '', label: 'Anything' },
            ...ACTIONS.map((action) => ({ value: action, label: action })),
          ]}
        />
        <FilterChoice
          label="Why"
          value={filter['code']}
          onChoice={(value) => set({ code: value })}
          data={[
            { value: '', label: 'For any reason' },
            ...Object.entries(CODE_LABELS).map(([value, label]) => ({ value, label })),
          ]}
        />
        <FilterTimes
          type="datetime-local"
          from={{ label: 'Since', value: filter['since'] }}
          until={{ label: 'Before', value: filter['until'] }}
          onFrom={(since) => set({ since })}
          onUntil={(until) => set({ until })}
        />
      </div>
      {!log.data ? (
        <LoadState
          what="The refusals"
          error={log.error}
          isFetching={log.isFetching}
          onRetry={() => void log.refetch()}
        />
      ) : shown.length === 0 ? (
        <div className={classes.empty}>
          <h3>{isNarrowed ? 'No matching refusals' : 'No refusals'}</h3>
          <p>
            {isNarrowed
              ? 'Change the filter, or check what the reader may do now.'
              : 'Refusals are listed here within two seconds, with their reason and inputs.'}
          </p>
        </div>
      ) : (
        <div className={table.scroll}>
          <table className={`${table.table} ${table.inset}`}>
            <thead>
              <tr>
                <th scope="col">Reader</th>
                <th scope="col">Wanted to</th>
                <th scope="col">Why not</th>
                <th scope="col">Story</th>
                <th scope="col" className={table.number}>
                  When
                </th>
              </tr>
            </thead>
            <tbody>
              {shown.map((refusal) => (
                <Row
                  key={refusal.id}
                  refusal={refusal}
                  now={now}
                  isOpen={openId === refusal.id}
                  onToggle={() => setOpenId(openId === refusal.id ? null : refusal.id)}
                />
              ))}
            </tbody>
          </table>
          <MoreButton list={log} isInset>
            Show older refusals
          </MoreButton>
        </div>
      )}
    </section>
  );
}

interface RowProps {
  refusal: Refusal;
  now: number;
  isOpen: boolean;
  onToggle: () => void;
}

function Row({ refusal, now, isOpen, onToggle }: RowProps) {
  const { readerKey, action, code, message, storyKey, refusedAt, times, inputs, requestId } = refusal;
  return (
    <Fragment>
      <tr>
        <th scope="row">
          <button type="button" className={marks.toggle} aria-expanded={isOpen} onClick={onToggle}>
            <ChevronRight size={14} aria-hidden />
            {readerKey ?? <span className={marks.soft}>Signed out</span>}
          </button>
        </th>
        <td>{action}</td>
        <td>
          {CODE_LABELS[code] ?? code}
          <span className={marks.small}>{message}</span>
        </td>
        <td>{storyKey ?? '–'}</td>
        <td className={table.number}>
          <time dateTime={refusedAt} title={fullTime(refusedAt)}>
            {shortAge(refusedAt, now)}
          </time>
          {times > 1 && <span className={marks.small}>{times} times</span>}
        </td>
      </tr>
      {isOpen && (
        <tr>
          <td colSpan={5} className={table.detail}>
            <GateInputsView inputs={inputs} action={action} />
            <p className={classes.note}>
              {fullTime(refusedAt)} · request <span className={marks.mono}>{requestId}</span>
            </p>
          </td>
        </tr>
      )}
    </Fragment>
  );
}
