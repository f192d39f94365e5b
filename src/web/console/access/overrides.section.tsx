import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { CircleCheck, CircleDashed, CircleSlash, Plus } from 'lucide-react';
import { useState } from 'react';
import { api } from '../api.js';
import { fullTime } from '../shell/format-age.js';
import { ConfirmPanel } from '../shell/confirm-panel.js';
import { useConsole } from '../shell/console-context.js';
import { useNow } from '../shell/use-now.js';
import type { Override } from '../api-types.js';
import marks from '../shell/marks.module.css';
import classes from '../shell/sections.module.css';
import table from '../shell/table.module.css';
import { LoadState } from '../shell/load-state.js';
import { OverrideForm } from './override-form.js';
import { SectionHeader } from '../shell/section-header.js';
import { useTiers } from './use-tiers.js';
import { overrideLines, placeText } from './access-labels.js';

/** Overrides for a section, a story or the whole site, with their end dates. */
export function OverridesSection() {
  const { site } = useConsole();
  const now = useNow();
  const queries = useQueryClient();
  const tiers = useTiers();
  const [open, setOpen] = useState<'new' | Override | null>(null);
  const [ending, setEnding] = useState<Override | null>(null);
  const key = ['overrides', site.id];
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => api.overrides(site.id, signal),
    refetchInterval: 30_000,
  });
  const reload = () => queries.invalidateQueries({ queryKey: key });
  const remove = useMutation({
    mutationFn: (overrideKey: string) => api.removeOverride(site.id, overrideKey),
    onSettled: reload,
  });
  const overrides = data?.items ?? [];
  const isOver = ({ until }: Override) => until !== null && Date.parse(until) <= now;
  const sorted = [...overrides].sort((a, b) => Number(isOver(a)) - Number(isOver(b)));

  return (
    <section className={classes.part} aria-label="Exceptions">
      <SectionHeader
        title="Exceptions"
        text="Open a section to everyone until Friday, or limit a story to subscribers for a day. The most specific exception applies. Exceptions start and end on time, within a second."
      >
        <Button
          size="xs"
          leftSection={<Plus size={14} aria-hidden />}
          disabled={!data}
          onClick={() => setOpen('new')}
        >
          Add an exception
        </Button>
      </SectionHeader>
      {open && (
        <OverrideForm
          key={open === 'new' ? 'new' : open.key}
          {...(open === 'new' ? {} : { override: open })}
          tiers={tiers}
          onClose={() => setOpen(null)}
          onSaved={async () => {
            await reload();
            setOpen(null);
          }}
        />
      )}
      {ending && (
        <ConfirmPanel
          title="End this exception now?"
          text={`${placeText(ending)}: the site's own rules apply again immediately, also in pages that are already open.`}
          action="End it now"
          isDestructive
          onAct={async () => {
            await api.removeOverride(site.id, ending.key);
            await reload();
            setEnding(null);
          }}
          onClose={() => setEnding(null)}
        />
      )}
      {remove.isError && (
        <p className={classes.fault} role="alert">
          Not removed: {remove.error.message}
        </p>
      )}
      {!data ? (
        <LoadState
          what="The exceptions"
          error={error}
          isFetching={isFetching}
          onRetry={() => void refetch()}
        />
      ) : sorted.length === 0 ? (
        !open && (
          <div className={classes.empty}>
            <h3>No exception</h3>
            <p>The site’s own rules and the settings of single stories apply.</p>
          </div>
        )
      ) : (
        <div className={table.scroll}>
          <table className={`${table.table} ${table.inset}`}>
            <thead>
              <tr>
                <th scope="col">Where</th>
                <th scope="col">Changes</th>
                <th scope="col">When</th>
                <th scope="col">State</th>
                <td />
              </tr>
            </thead>
            <tbody>
              {sorted.map((override) => (
                <tr key={override.key}>
                  <th scope="row">
                    {placeText(override)}
                    <span className={marks.small}>{override.note ?? override.key}</span>
                  </th>
                  <td>
                    {overrideLines(override, tiers).map((sentence) => (
                      <div key={sentence}>{sentence}</div>
                    ))}
                  </td>
                  <td>{whenText(override)}</td>
                  <td>
                    <State override={override} isOver={isOver(override)} />
                  </td>
                  <td className={table.number}>
                    {isOver(override) ? (
                      <Button
                        size="compact-xs"
                        variant="subtle"
                        color="gray"
                        loading={remove.isPending && remove.variables === override.key}
                        onClick={() => remove.mutate(override.key)}
                      >
                        Remove
                      </Button>
                    ) : (
                      <>
                        <Button size="compact-xs" variant="subtle" onClick={() => setOpen(override)}>
                          Edit
                        </Button>
                        <Button
                          size="compact-xs"
                          variant="subtle"
                          color="rejected"
                          onClick={() => setEnding(override)}
                        >
                          End now…
                        </Button>
                      </>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function State({ override: { inForce }, isOver }: { override: Override; isOver: boolean }) {
  const iconProps = { size: 15, strokeWidth: 1.75, 'aria-hidden': true } as const;
  const [Icon, kind, word] = isOver
    ? ([CircleSlash, 'off', 'Over'] as const)
    : inForce
      ? ([CircleCheck, 'good', 'In force'] as const)
      : ([CircleDashed, 'off', 'Not yet'] as const);
  return (
    <span className={marks.mark} data-kind={kind}>
      <Icon {...iconProps} />
      {word}
    </span>
  );
}

function whenText({ from, until }: Override): string {
  if (from === null && until === null) return 'Until it is ended';
  const fromText = from === null ? '' : `From ${fullTime(from)} `;
  return until === null ? fromText.trim() : `${fromText}${fromText ? 'until' : 'Until'} ${fullTime(until)}`;
}
