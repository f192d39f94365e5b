import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Dumbbell } from 'lucide-react';
import { useEffect } from 'react';
import { api } from '../api.js';
import { useConsole } from '../shell/console-context.js';
import { Failed, errorText, Page, LoadingRows } from '../shell/page.js';
import page from '../shell/page.module.css';
import { mayManage } from '../shell/permissions.js';
import { SiteModelsList } from './site-models-list.js';
import { AutomaticShare } from './automatic-share.js';
import { LabelTable } from './label-table.js';
import classes from './learning.module.css';
import { Picks } from './picks.js';
import { TrainingExamples } from './training-examples.js';
import { StateView } from './state-view.js';
import { LearnedWords } from './learned-words.js';

const TRAINING_REFETCH_INTERVAL_MS = 1_000;
const REFETCH_INTERVAL_MS = 15_000;

/** What the scorer learned from this site's decisions, and whether the result is active. */
export function LearningPage() {
  const { site } = useConsole();
  const queries = useQueryClient();
  const isAllowed = mayManage(site.role);
  const state = useQuery({
    queryKey: ['learning', site.id],
    queryFn: ({ signal }) => api.learning(site.id, signal),
    refetchInterval: ({ state: { data } }) =>
      data?.training ? TRAINING_REFETCH_INTERVAL_MS : REFETCH_INTERVAL_MS,
    enabled: isAllowed,
  });
  const { data } = state;
  const trainedAt = data?.lastTraining.at;
  useEffect(() => {
    void queries.invalidateQueries({ queryKey: ['site-models', site.id] });
    void queries.invalidateQueries({ queryKey: ['training-examples', site.id] });
  }, [queries, site.id, trainedAt]);
  const train = useMutation({
    mutationFn: () => api.trainSiteModel(site.id),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['learning', site.id] }),
  });

  return (
    <Page
      place="learning"
      title="The newsroom’s line"
      description="What your moderators let through and what they refuse teaches the scorer where this newsroom draws its line. It is measured on decisions that it has not seen, and has no say before it is better there."
      actions={
        isAllowed &&
        data &&
        data.learning !== 'off' && (
          <Button
            variant="default"
            leftSection={<Dumbbell size={15} aria-hidden />}
            loading={train.isPending || (data.training !== null && !data.training.isStalled)}
            onClick={() => train.mutate()}
          >
            Train now
          </Button>
        )
      }
    >
      {train.isError && (
        <p className={page.fault} role="alert">
          {errorText(train.error, 'Nothing is trained: the server does not answer.')}
        </p>
      )}
      {!isAllowed ? (
        <p className={page.note}>Only owners and admins of the site see what the scorer learned.</p>
      ) : state.isPending ? (
        <LoadingRows />
      ) : !data ? (
        <Failed error={state.error} what="What the scorer learned" onRetry={() => void state.refetch()} />
      ) : (
        <div className={classes.sections}>
          <StateView state={data} />
          <AutomaticShare state={data} />
          <LabelTable state={data} />
          <LearnedWords siteModel={data.active ?? data.shadow} />
          <SiteModelsList state={data} />
          <Picks />
          <TrainingExamples />
        </div>
      )}
    </Page>
  );
}
