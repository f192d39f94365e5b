import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useMemo, useState } from 'react';
import parts from '../shell/sections.module.css';
import { LoadState } from '../shell/load-state.js';
import { SectionHeader } from '../shell/section-header.js';
import { tiersOfSite } from '../access/use-tiers.js';
import { useConsole } from '../shell/console-context.js';
import type { Tier } from '../api-types.js';
import { GateSummary } from './gate-summary.js';
import { addRow, rowsOf, type TierRow } from './tier-rows.js';
import { TiersTable } from './tiers-table.js';

/** The subscription tiers of a site and what they allow. */
export function TiersSection() {
  const { site } = useConsole();
  const queries = useQueryClient();
  const { queryKey } = tiersOfSite(site.id);
  const { data, error, isFetching, refetch } = useQuery(tiersOfSite(site.id));
  // The edited rows and the tiers they are based on, because others may change the tiers in the meantime.
  const [draft, setDraft] = useState<{ rows: TierRow[]; base: readonly Tier[] } | null>(null);
  const [isSaved, setSaved] = useState(false);
  const initialRows = useMemo(() => rowsOf(data ?? []), [data]);
  const rows = draft?.rows ?? initialRows;
  const base = draft?.base ?? data ?? [];
  const edit = (next: TierRow[]) => {
    setSaved(false);
    setDraft({ rows: next, base });
  };
  const add = () => edit(addRow(rows));
  const finish = (tiers: Tier[] | null) => {
    if (tiers) queries.setQueryData(queryKey, tiers);
    setDraft(null);
    setSaved(tiers !== null);
    // The policy forms list the tiers and show which ones the policy uses.
    void queries.invalidateQueries({ queryKey: ['policy', site.id] });
  };

  return (
    <section className={parts.part} aria-label="Tiers">
      <SectionHeader
        title="Tiers"
        text="Levels of subscription, the lowest first: who has a higher one may do all that a lower one opens. Tokens, billing systems and the API name a tier by its key."
      >
        <Button size="xs" leftSection={<Plus size={14} aria-hidden />} disabled={!data} onClick={add}>
          Add a tier
        </Button>
      </SectionHeader>
      {!data ? (
        <LoadState what="The tiers" error={error} isFetching={isFetching} onRetry={() => void refetch()} />
      ) : rows.length === 0 ? (
        <div className={parts.empty}>
          <h3>No tier yet</h3>
          <p>
            A tier is a level of subscription, such as Insider and above it Insider Gold. With tiers, reading,
            commenting or replying can be kept for those who have one, and badges stand beside their names.
          </p>
          <Button leftSection={<Plus size={15} aria-hidden />} onClick={add}>
            Add a tier
          </Button>
        </div>
      ) : (
        <TiersTable base={base} rows={rows} onRows={edit} onSettled={finish} />
      )}
      {isSaved && (
        <p className={parts.note} role="status">
          Saved. It counts from now on, in every open page.
        </p>
      )}
      {data && data.length > 0 && <GateSummary tiers={data} />}
    </section>
  );
}
