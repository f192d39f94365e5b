import { SegmentedControl } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { api } from '../api.js';
import { useConsole } from '../shell/console-context.js';
import { Failed, Page, LoadingRows } from '../shell/page.js';
import { go, hrefOf, useAddress } from '../router.js';
import type { Policy, PolicyPatch } from '../api-types.js';
import { DraftBar } from './draft-bar.js';
import { countOf, patchBetween, withPatch } from './policy-draft.js';
import { ReasonsForm } from './reasons-form.js';
import { RulesForm } from './rules-form.js';
import { PolicySimulation } from './policy-simulation.js';
import { PolicyVersions } from './policy-versions.js';

const VIEWS = [
  { value: 'rules', label: 'Rules' },
  { value: 'reasons', label: 'Reasons' },
  { value: 'try', label: 'Try out' },
  { value: 'versions', label: 'Versions' },
];

/** The site's policy: edit it, test changes on past comments, and see all versions. */
export function PolicyPage() {
  const { site } = useConsole();
  const queries = useQueryClient();
  const { params } = useAddress();
  const view = VIEWS.find(({ value }) => value === params.get('view'))?.value ?? 'rules';
  const show = (newView: string) =>
    go(hrefOf('/policy', { site: site.id, view: newView === 'rules' ? null : newView }), { replace: true });
  const [draft, setDraft] = useState<Policy | null>(null);
  // Changed after saving or discarding, to remount the form with the current policy.
  const [formKey, setFormKey] = useState(0);
  const live = useQuery({
    queryKey: ['policy', site.id],
    queryFn: async ({ signal }) => {
      // Read the version first: if someone else saves in the meantime, this change is refused and does not overwrite
      // theirs.
      const { items } = await api.policyVersions(site.id, null, signal);
      const [policy, tiers, reasons] = await Promise.all([
        api.policy(site.id, signal),
        api.tiers(site.id, signal),
        api.reasons(site.id, signal),
      ]);
      return { policy, tiers, builtIn: reasons.builtIn, version: items[0]?.version ?? 1 };
    },
    staleTime: Infinity,
  });
  const patch = useMemo(
    () => (live.data && draft ? patchBetween(live.data.policy, draft) : {}),
    [live.data, draft],
  );
  const isChanged = draft !== null && countOf(patch) > 0;
  const resetDraft = () => {
    setDraft(null);
    setFormKey(formKey + 1);
  };

  /** Loads an earlier draft, or a colleague's, into the form again. */
  const editDraft = (draftPatch: PolicyPatch) => {
    if (!live.data) return;
    setDraft(withPatch(live.data.policy, draftPatch));
    setFormKey(formKey + 1);
    show('rules');
  };
  /** Applies the unsaved changes to the new policy after another version was restored. */
  const rebase = async () => {
    const { data } = await live.refetch();
    if (data && isChanged) setDraft(withPatch(data.policy, patch));
    setFormKey(formKey + 1);
  };

  return (
    <Page
      place="policy"
      title="Policy"
      description="What holds or rejects a comment, and who may write. Nothing counts before you save it, and every version can be brought back."
      actions={
        <SegmentedControl aria-label="Which part" value={view} onChange={show} data={VIEWS} size="xs" />
      }
    >
      {view === 'versions' ? (
        <PolicyVersions siteId={site.id} onRestored={rebase} />
      ) : view === 'try' ? (
        <PolicySimulation siteId={site.id} onLoadDraft={editDraft} />
      ) : live.isPending ? (
        <LoadingRows />
      ) : live.isError && !live.data ? (
        <Failed error={live.error} what="The policy" onRetry={() => void live.refetch()} />
      ) : view === 'reasons' ? (
        <ReasonsForm
          key={formKey}
          reasons={(draft ?? live.data.policy).reasons}
          builtIn={live.data.builtIn}
          onReasons={(reasons) => setDraft({ ...(draft ?? live.data.policy), reasons })}
        />
      ) : (
        <RulesForm
          key={formKey}
          siteId={site.id}
          tiers={live.data.tiers}
          live={live.data.policy}
          draft={draft ?? live.data.policy}
          onDraft={setDraft}
        />
      )}
      {isChanged && live.data && view !== 'versions' && (
        <DraftBar
          siteId={site.id}
          patch={patch}
          version={live.data.version}
          onSaved={() => {
            void queries.invalidateQueries({ queryKey: ['policy-versions', site.id] });
            void queries.invalidateQueries({ queryKey: ['reasons', site.id] });
            void queries.invalidateQueries({ queryKey: ['policy', site.id] }).then(resetDraft);
          }}
          onDiscard={resetDraft}
          onTested={() => show('try')}
        />
      )}
    </Page>
  );
}
