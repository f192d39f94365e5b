import { ActionIcon, Button, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Trash2 } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import table from '../shell/table.module.css';
import { tiersOfSite } from '../access/use-tiers.js';
import { api, ProblemError } from '../api.js';
import { useConsole } from '../shell/console-context.js';
import { toFormError } from '../shell/form-error.js';
import type { Tier } from '../api-types.js';
import { RemoveTier } from './remove-tier.js';
import classes from './settings.module.css';
import { changeRow, countOf, faultAt, tiersOf, type TierError, type TierRow } from './tier-rows.js';

interface Props {
  /** The saved tiers that the rows were created from. */
  base: readonly Tier[];
  rows: TierRow[];
  onRows: (rows: TierRow[]) => void;
  /** Called with the saved tiers, or with null if the changes were discarded. */
  onSettled: (tiers: Tier[] | null) => void;
}

/** One row of fields per tier. Nothing takes effect until all rows are saved together. */
export function TiersTable({ base, rows, onRows, onSettled }: Props) {
  const { site } = useConsole();
  const queries = useQueryClient();
  const body = useRef<HTMLTableSectionElement>(null);
  const [fault, setFault] = useState<TierError | string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [rowToRemove, setRowToRemove] = useState<TierRow | null>(null);
  const changes = countOf(rows, base);

  // Focus a newly added row. After a removal, focus moves to a neighbouring row.
  const newestId = rows.findLast(({ isSaved }) => !isSaved)?.id;
  const focusTarget = useRef<string | null>(null);
  useEffect(() => {
    if (newestId !== undefined)
      body.current?.querySelector<HTMLInputElement>(`[data-row="${newestId}"] input`)?.focus();
  }, [newestId]);
  useEffect(() => {
    if (focusTarget.current) body.current?.querySelector<HTMLElement>(focusTarget.current)?.focus();
    focusTarget.current = null;
  }, [rows]);

  const set = (row: TierRow, part: Partial<TierRow>) => {
    if (typeof fault === 'string' || fault?.row === row.id) setFault(null);
    onRows(changeRow(rows, row.id, part));
  };
  const remove = (row: TierRow) => {
    if (row.isSaved) setRowToRemove(row);
    else {
      const remaining = rows.filter(({ id }) => id !== row.id);
      focusTarget.current = `[data-row="${remaining.at(-1)?.id}"] button`;
      onRows(remaining);
    }
  };

  const save = async () => {
    const result = tiersOf(rows);
    if ('fault' in result) return setFault(result.fault);
    setBusy(true);
    setFault(null);
    try {
      const savedTiers = await queries.fetchQuery({ ...tiersOfSite(site.id), staleTime: 0 });
      if (JSON.stringify(savedTiers) !== JSON.stringify(base))
        setFault(
          'Someone else has changed the tiers since you opened this page. Discard your changes to see theirs.',
        );
      else onSettled(await api.putTiers(site.id, result.tiers));
    } catch (error) {
      const first = error instanceof ProblemError ? error.body.errors?.[0] : undefined;
      setFault((first && faultAt(rows, first.pointer, first.message)) ?? toFormError(error, []).text);
    }
    setBusy(false);
  };

  const discard = () => {
    setFault(null);
    setRowToRemove(null);
    onSettled(null);
  };

  const errorAt = (row: TierRow, field: TierError['field']) =>
    fault !== null && typeof fault !== 'string' && fault.row === row.id && fault.field === field
      ? fault.text
      : undefined;

  return (
    <form
      aria-label="Tiers of the site"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <div className={table.scroll}>
        <table className={`${table.table} ${classes.tiers}`}>
          <thead>
            <tr>
              <th scope="col" className={classes.name}>
                Name
              </th>
              <th scope="col" className={classes.key}>
                Key
              </th>
              <th scope="col" className={classes.rank}>
                Rank
              </th>
              <th scope="col">Where readers get it</th>
              <th scope="col" className={classes.badge}>
                Badge by the name
              </th>
              <td />
            </tr>
          </thead>
          <tbody ref={body}>
            {rows.map((row) => {
              const tierName = row.name.trim() || 'the new tier';
              const field = (name: 'name' | 'rank' | 'upgradeUrl' | 'badge', label: string, max: number) =>
                row.isRemoved ? (
                  <span className={classes.gone}>{row[name]}</span>
                ) : (
                  <TextInput
                    size="xs"
                    aria-label={`${label} of ${tierName}`}
                    value={row[name]}
                    maxLength={max}
                    error={errorAt(row, name)}
                    {...(name === 'rank' ? { inputMode: 'numeric' } : {})}
                    {...(name === 'upgradeUrl' ? { placeholder: 'https://' } : {})}
                    onChange={(event) => set(row, { [name]: event.currentTarget.value })}
                  />
                );
              return (
                <tr key={row.id} data-row={row.id} data-gone={row.isRemoved || undefined}>
                  <td>{field('name', 'Name', 80)}</td>
                  <td className={classes.key}>
                    {row.isSaved ? (
                      <span className={classes.fixed}>{row.key}</span>
                    ) : (
                      <TextInput
                        size="xs"
                        aria-label={`Key of ${tierName}`}
                        value={row.key}
                        maxLength={64}
                        error={errorAt(row, 'key')}
                        spellCheck={false}
                        styles={{ input: { fontFamily: 'var(--pb-font-mono)' } }}
                        onChange={(event) => set(row, { key: event.currentTarget.value })}
                      />
                    )}
                  </td>
                  <td className={classes.rank}>{field('rank', 'Rank', 10)}</td>
                  <td>{field('upgradeUrl', 'Address', 2048)}</td>
                  <td>{field('badge', 'Badge', 80)}</td>
                  <td>
                    {row.isRemoved ? (
                      <Button
                        size="compact-xs"
                        variant="subtle"
                        onClick={() => set(row, { isRemoved: false })}
                      >
                        Keep it
                      </Button>
                    ) : (
                      <ActionIcon
                        variant="subtle"
                        color="gray"
                        aria-label={`Take ${tierName} away`}
                        onClick={() => remove(row)}
                      >
                        <Trash2 size={16} strokeWidth={1.75} aria-hidden />
                      </ActionIcon>
                    )}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      {rowToRemove && (
        <RemoveTier
          key={rowToRemove.id}
          tier={rowToRemove}
          onRemove={() => {
            focusTarget.current = `[data-row="${rowToRemove.id}"] button`;
            set(rowToRemove, { isRemoved: true });
            setRowToRemove(null);
          }}
          onClose={() => setRowToRemove(null)}
        />
      )}
      {changes > 0 && (
        <section className={classes.bar} aria-label="What you changed">
          <p>
            {changes === 1 ? '1 tier is' : `${changes} tiers are`} changed and not saved.
            {typeof fault === 'string' && (
              <span className={classes.barFault} role="alert">
                {fault}
              </span>
            )}
          </p>
          <Button size="xs" type="submit" loading={isBusy}>
            Save the tiers
          </Button>
          <Button size="xs" variant="subtle" color="gray" onClick={discard}>
            Discard
          </Button>
        </section>
      )}
    </form>
  );
}
