import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api.js';
import type { QueueFilter, QueueSort, QueueState } from '../api-types.js';
import classes from './filter-bar.module.css';
import { queueSentence } from './filters.js';
import { savedKey } from './queue-cache.js';

interface Props {
  site: string;
  state: QueueState;
  sort: QueueSort;
  filter: QueueFilter;
  onDone: () => void;
}

const WAITING_TARGETS: [string, string][] = [
  ['', 'No target'],
  ['15', '15 minutes'],
  ['30', '30 minutes'],
  ['60', '1 hour'],
  ['240', '4 hours'],
  ['1440', '1 day'],
];

/** Saves the current list as a queue with a name and a target. All moderators of the site see it. */
export function SaveQueueForm({ site, state, sort, filter, onDone }: Props) {
  const queries = useQueryClient();
  const [name, setName] = useState('');
  const [target, setTarget] = useState('');
  const save = useMutation({
    mutationFn: () =>
      api.saveQueue({
        site,
        name: name.trim(),
        state,
        sort,
        filter,
        targetMinutes: target ? Number(target) : null,
      }),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: savedKey(site) });
      onDone();
    },
  });
  return (
    <form
      className={classes.stack}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <TextInput
        size="xs"
        label="Save as a queue named"
        description={queueSentence(state, filter)}
        value={name}
        maxLength={60}
        required
        data-autofocus
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <NativeSelect
        size="xs"
        label="Target for the oldest comment"
        value={target}
        onChange={(event) => setTarget(event.currentTarget.value)}
        data={WAITING_TARGETS.map(([value, label]) => ({ value, label }))}
      />
      {save.isError && (
        <p className={classes.refused} role="alert">
          {save.error.message}
        </p>
      )}
      <div className={classes.buttons}>
        <Button size="xs" type="submit" loading={save.isPending} disabled={!name.trim()}>
          Keep it
        </Button>
      </div>
    </form>
  );
}
