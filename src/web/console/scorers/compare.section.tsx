import { Button, NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Scale } from 'lucide-react';
import { useState } from 'react';
import { api } from '../api.js';
import { fullTime } from '../shell/format-age.js';
import { useConsole } from '../shell/console-context.js';
import { LoadState } from '../shell/load-state.js';
import { SectionHeader } from '../shell/section-header.js';
import classes from '../shell/sections.module.css';
import { CompareForm } from './compare-form.js';
import { CompareView } from './compare-view.js';

/** Compares two scorers, in order to migrate from one to the other. */
export function CompareSection() {
  const { site } = useConsole();
  const [isStarting, setStarting] = useState(false);
  const [selectedId, setSelectedId] = useState<string | null>(null);
  const list = useQuery({
    queryKey: ['calibrations', site.id],
    queryFn: ({ signal }) => api.scorerCalibrations(site.id, signal),
    refetchInterval: 10_000,
  });
  const items = list.data?.items ?? [];
  const id = items.find((item) => item.id === selectedId)?.id ?? items[0]?.id ?? null;
  const calibration = useQuery({
    queryKey: ['calibration', site.id, id],
    queryFn: ({ signal }) => api.scorerCalibration(site.id, id!, signal),
    refetchInterval: 10_000,
    enabled: id !== null,
  });
  const isRunning = items.some(({ state }) => state === 'running');

  return (
    <section className={classes.part} aria-label="Compare two scorers">
      <SectionHeader
        title="Compare two scorers"
        text="Both score every new comment for a while, without changing decisions. Then thresholds are proposed at which the second holds the same share of comments as the first."
      >
        {items.length > 0 && (
          <Button
            size="xs"
            variant="default"
            disabled={isRunning || isStarting}
            onClick={() => setStarting(true)}
          >
            Start another
          </Button>
        )}
      </SectionHeader>
      {!list.data ? (
        <LoadState
          what="The comparisons"
          error={list.error}
          isFetching={list.isFetching}
          onRetry={() => void list.refetch()}
        />
      ) : isStarting ? (
        <CompareForm
          scorers={list.data.scorers}
          onClose={() => setStarting(false)}
          onStarted={async (started) => {
            await list.refetch();
            setSelectedId(started.id);
            setStarting(false);
          }}
        />
      ) : items.length === 0 ? (
        <div className={classes.empty}>
          <h3>Nothing has been compared yet</h3>
          <p>
            Leaving Perspective API, or trying another model? Let both score the same comments, see where they
            differ, and adopt thresholds that hold as many comments as before. Add an outside scorer first,
            under “External scorers”; to compare it only, clear “It takes part in decisions” there.
          </p>
          <Button leftSection={<Scale size={15} aria-hidden />} onClick={() => setStarting(true)}>
            Compare two scorers
          </Button>
        </div>
      ) : (
        <>
          {items.length > 1 && (
            <NativeSelect
              size="xs"
              maw={420}
              mx="md"
              mt="md"
              aria-label="Comparison"
              value={id ?? ''}
              data={items.map(({ id: value, from, to, startedAt }) => ({
                value,
                label: `${from.name} to ${to.name}, ${fullTime(startedAt)}`,
              }))}
              onChange={(event) => setSelectedId(event.currentTarget.value)}
            />
          )}
          {calibration.data ? (
            <CompareView key={calibration.data.id} calibration={calibration.data} />
          ) : (
            <LoadState
              what="The comparison"
              error={calibration.error}
              isFetching={calibration.isFetching}
              onRetry={() => void calibration.refetch()}
            />
          )}
        </>
      )}
    </section>
  );
}
