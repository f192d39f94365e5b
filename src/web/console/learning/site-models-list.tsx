import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api.js';
import { fullTime } from '../shell/format-age.js';
import { ConfirmPanel } from '../shell/confirm-panel.js';
import { useConsole } from '../shell/console-context.js';
import { labelName } from '../shell/score-labels.js';
import { Failed, LoadingRows } from '../shell/page.js';
import page from '../shell/page.module.css';
import table from '../shell/table.module.css';
import type { Learning, SiteModel } from '../api-types.js';
import classes from './learning.module.css';
import { labelsWhereAhead } from './learning-state.js';

const STATE_LABELS: Readonly<Record<SiteModel['state'], string>> = {
  active: 'Counts',
  shadow: 'In the shadow',
  retired: 'Kept',
};

/** All stored trainings: the decisions each would have made, and a way to return to it. */
export function SiteModelsList({ state }: { state: Learning }) {
  const { site } = useConsole();
  const queries = useQueryClient();
  const [modelToRestore, setModelToRestore] = useState<SiteModel | null>(null);
  const list = useQuery({
    queryKey: ['site-models', site.id],
    queryFn: ({ signal }) => api.siteModels(site.id, signal),
    enabled: state.active !== null || state.shadow !== null || state.lastTraining.at !== null,
  });
  if (list.isPending && list.fetchStatus === 'idle') return null;
  const items = list.data?.items ?? [];
  if (list.isSuccess && items.length === 0) return null;
  const choose = async (siteModel: SiteModel) => {
    await api.chooseSiteModel(site.id, siteModel.id);
    await Promise.all(
      ['learning', 'site-models'].map((key) => queries.invalidateQueries({ queryKey: [key, site.id] })),
    );
    setModelToRestore(null);
  };
  return (
    <section>
      <h2 id="learning-site-models">Trainings</h2>
      <p className={page.soft}>
        The newest first. In the shadow each scores new comments and changes none; the last columns say what
        it would have done.
      </p>
      {list.isPending ? (
        <LoadingRows rows={3} />
      ) : list.isError && items.length === 0 ? (
        <Failed error={list.error} what="The trainings" onRetry={() => void list.refetch()} />
      ) : (
        <div className={table.ruled} role="region" aria-labelledby="learning-site-models" tabIndex={0}>
          <table className={table.table}>
            <thead>
              <tr>
                <th scope="col">Trained</th>
                <th scope="col">State</th>
                <th scope="col" className={table.number}>
                  Texts
                </th>
                <th scope="col">Ahead on</th>
                <th scope="col" className={table.number}>
                  Seen
                </th>
                <th scope="col" className={table.number}>
                  Held only by it
                </th>
                <th scope="col" className={table.number}>
                  Published only by it
                </th>
                <th scope="col">
                  <span className={page.hidden}>Act</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {items.map((siteModel) => {
                const leadingLabels = labelsWhereAhead(siteModel);
                return (
                  <tr key={siteModel.id}>
                    <th scope="row" className={page.time}>
                      {fullTime(siteModel.createdAt)}
                    </th>
                    <td>
                      <span className={classes.standing} data-state={siteModel.state}>
                        {STATE_LABELS[siteModel.state]}
                      </span>
                    </td>
                    <td className={table.number}>{siteModel.texts.toLocaleString()}</td>
                    <td>
                      {leadingLabels.length === 0 ? 'nothing' : leadingLabels.map(labelName).join(', ')}
                    </td>
                    <td className={table.number}>{siteModel.shadow.comments.toLocaleString()}</td>
                    <td className={table.number}>{siteModel.shadow.onlyItHolds.toLocaleString()}</td>
                    <td className={table.number}>{siteModel.shadow.onlyItPasses.toLocaleString()}</td>
                    <td>
                      {siteModel.state === 'retired' && leadingLabels.length > 0 && (
                        <Button
                          size="compact-xs"
                          variant="subtle"
                          aria-label={`Bring back… the training of ${fullTime(siteModel.createdAt)}`}
                          onClick={() => setModelToRestore(siteModel)}
                        >
                          Bring back…
                        </Button>
                      )}
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      )}
      {modelToRestore && (
        <ConfirmPanel
          title={`Bring back the training of ${fullTime(modelToRestore.createdAt)}?`}
          text={`From the next comment on its scores count for ${labelsWhereAhead(modelToRestore).map(labelName).join(', ')}.`}
          action="Bring it back"
          onAct={() => choose(modelToRestore)}
          onClose={() => setModelToRestore(null)}
        />
      )}
    </section>
  );
}
