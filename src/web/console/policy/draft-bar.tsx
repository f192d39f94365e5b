import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ProblemError } from '../api.js';
import { errorText } from '../shell/page.js';
import page from '../shell/page.module.css';
import type { PolicyPatch } from '../api-types.js';
import { changesText } from './policy-draft.js';
import classes from './policy.module.css';

interface Props {
  siteId: string;
  patch: PolicyPatch;
  /** The policy version that the draft is based on. */
  version: number;
  onSaved: () => void;
  onDiscard: () => void;
  onTested: () => void;
}

/** Actions on a draft: replay it on past comments, run it in shadow mode, save it as a version, or discard it. */
export function DraftBar({ siteId, patch, version, onSaved, onDiscard, onTested }: Props) {
  const queries = useQueryClient();
  const [note, setNote] = useState('');
  const [comments, setComments] = useState('5000');
  const save = useMutation({
    mutationFn: () => api.changePolicy(siteId, patch, { note: note.trim() || null, expect: version }),
    onSuccess: onSaved,
  });
  const replay = useMutation({
    mutationFn: () => api.startReplay(siteId, { policy: patch, comments: Number(comments) }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['replays', siteId] });
      onTested();
    },
  });
  const shadow = useMutation({
    mutationFn: () => api.setShadow(siteId, patch),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['shadow', siteId] });
      onTested();
    },
  });
  const fault = save.error ?? replay.error ?? shadow.error;
  // Reasons do not affect decisions, so a draft that only changes reasons cannot be tested.
  const isTestable = Object.keys(patch).some((name) => name !== 'reasons');
  return (
    <section className={classes.bar} aria-label="What you changed">
      <div className={classes.barRow}>
        <TextInput
          size="xs"
          label={`${changesText(patch)}, not saved. Why?`}
          placeholder="A note for the version history"
          maxLength={500}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <Button size="xs" loading={save.isPending} onClick={() => save.mutate()}>
          Save as version {version + 1}
        </Button>
        <Button size="xs" variant="subtle" color="gray" onClick={onDiscard}>
          Discard
        </Button>
      </div>
      {isTestable && (
        <div className={classes.barRow}>
          <NativeSelect
            size="xs"
            label="Or try it first, over the latest"
            value={comments}
            data={['1000', '5000', '20000', '100000'].map((value) => ({
              value,
              label: `${Number(value).toLocaleString()} comments`,
            }))}
            onChange={(event) => setComments(event.currentTarget.value)}
          />
          <Button size="xs" variant="default" loading={replay.isPending} onClick={() => replay.mutate()}>
            Replay
          </Button>
          <Button size="xs" variant="default" loading={shadow.isPending} onClick={() => shadow.mutate()}>
            Put it in the shadow
          </Button>
        </div>
      )}
      {fault && (
        <p className={page.fault} role="alert">
          {fault instanceof ProblemError && fault.body.errors?.[0]
            ? fault.body.errors[0].message
            : errorText(fault, 'Not saved: the server does not answer. Your changes are still here.')}
        </p>
      )}
    </section>
  );
}
