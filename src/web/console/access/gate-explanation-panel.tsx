import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { CircleCheck, CircleX } from 'lucide-react';
import { useId, useState, type FormEvent } from 'react';
import { api } from '../api.js';
import { useConsole } from '../shell/console-context.js';
import panels from '../shell/panels.module.css';
import forms from '../shell/forms.module.css';
import marks from '../shell/marks.module.css';
import table from '../shell/table.module.css';
import { GateInputsView } from './gate-inputs-view.js';
import { ACTIONS } from './access-labels.js';

const SOURCES: Readonly<Record<string, string>> = {
  token: 'the token',
  entitlement: 'an entitlement',
  'look-up': 'the look-up',
};

/**
 * Shows what the gate would answer a given reader right now. This is a dry run: it does not count towards limits and
 * writes nothing.
 */
export function GateExplanationPanel({ onClose }: { onClose: () => void }) {
  const { site } = useConsole();
  const id = useId();
  const [readerKey, setReaderKey] = useState('');
  const [storyKey, setStoryKey] = useState('');
  const explain = useMutation({
    mutationFn: () =>
      api.explain(site.id, {
        ...(readerKey.trim() ? { readerKey: readerKey.trim() } : {}),
        ...(storyKey.trim() ? { storyKey: storyKey.trim() } : {}),
      }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    explain.mutate();
  };
  return (
    <form
      className={panels.panel}
      aria-labelledby={`${id}-title`}
      onSubmit={submit}
      onKeyDown={(event) => event.key === 'Escape' && onClose()}
    >
      <h3 className={panels.title} id={`${id}-title`}>
        What may a reader do now?
      </h3>
      <div className={forms.fields}>
        <TextInput
          size="xs"
          label="Reader"
          description="The token’s sub. Leave it empty for a signed-out reader."
          value={readerKey}
          autoFocus
          onChange={(event) => setReaderKey(event.currentTarget.value)}
        />
        <TextInput
          size="xs"
          label="Story"
          description="Its key. Leave it empty for a story without settings of its own."
          value={storyKey}
          onChange={(event) => setStoryKey(event.currentTarget.value)}
        />
      </div>
      <div className={panels.buttons}>
        <Button size="xs" type="submit" loading={explain.isPending}>
          Ask the gate
        </Button>
        <Button size="xs" variant="subtle" color="gray" onClick={onClose}>
          Close
        </Button>
      </div>
      {explain.isError && (
        <p className={panels.fault} role="alert">
          {explain.error.message}
        </p>
      )}
      {explain.data && (
        <div role="status">
          <table className={`${table.table} ${table.inset}`}>
            <thead>
              <tr>
                <th scope="col">May they</th>
                <th scope="col">Answer</th>
                <th scope="col">Because</th>
              </tr>
            </thead>
            <tbody>
              {ACTIONS.map((action) => {
                const { allowed, message, by } = explain.data.reasons[action];
                const Icon = allowed ? CircleCheck : CircleX;
                return (
                  <tr key={action}>
                    <th scope="row">{action}</th>
                    <td>
                      <span className={marks.mark} data-kind={allowed ? 'good' : 'bad'}>
                        <Icon size={15} strokeWidth={1.75} aria-hidden />
                        {allowed ? 'Yes' : 'No'}
                      </span>
                    </td>
                    <td>
                      {message}
                      {by.length > 0 && (
                        <span className={marks.small}>
                          By {by.map((source) => SOURCES[source] ?? source).join(', or ')}
                        </span>
                      )}
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
          <GateInputsView inputs={explain.data.inputs} action={null} />
        </div>
      )}
    </form>
  );
}
