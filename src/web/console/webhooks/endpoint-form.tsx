import { SegmentedControl, Switch, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useId, useState, type FormEvent } from 'react';
import { api, ProblemError } from '../api.js';
import type { NewEndpoint, WebhookEndpoint } from '../api-types.js';
import { PanelForm } from '../shell/panel-form.js';
import classes from '../shell/panels.module.css';

interface Props {
  /** Omitted for a new endpoint. */
  endpoint?: WebhookEndpoint;
  onSave: (settings: NewEndpoint) => Promise<unknown>;
  onClose: () => void;
}

/** The endpoint's URL, its event types, and how much each event contains. */
export function EndpointForm({ endpoint, onSave, onClose }: Props) {
  const id = useId();
  const [url, setUrl] = useState(endpoint?.url ?? '');
  const [isAll, setAll] = useState(endpoint?.events.includes('*') ?? true);
  const [events, setEvents] = useState<readonly string[]>(
    endpoint?.events.filter((type) => type !== '*') ?? [],
  );
  const [body, setBody] = useState(endpoint?.body ?? 'thin');
  const [ed25519, setEd25519] = useState((endpoint?.publicKeys.length ?? 0) > 0);
  const [fault, setFault] = useState<{ field: string; text: string } | null>(null);
  const [isBusy, setBusy] = useState(false);
  const types = useQuery({
    queryKey: ['event-types'],
    queryFn: ({ signal }) => api.eventTypes(signal),
    staleTime: Infinity,
    enabled: !isAll,
  });

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!isAll && events.length === 0)
      return setFault({ field: 'events', text: 'Choose at least one kind of event.' });
    setBusy(true);
    setFault(null);
    try {
      const settings = { url: url.trim(), events: isAll ? ['*'] : events, body, ed25519 };
      await onSave(settings as NewEndpoint);
    } catch (error) {
      setFault(faultOf(error));
      setBusy(false);
    }
  };
  const toggle = (type: string) =>
    setEvents(events.includes(type) ? events.filter((selected) => selected !== type) : [...events, type]);

  return (
    <PanelForm
      title={endpoint ? 'Edit the endpoint' : 'A new endpoint'}
      level={endpoint ? 3 : 2}
      submit={endpoint ? 'Save' : 'Add endpoint'}
      fault={fault}
      isBusy={isBusy}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextInput
        label="URL"
        type="url"
        placeholder="https://"
        description="Where events are posted to. https, at a public address."
        value={url}
        error={fault?.field === 'url' ? fault.text : undefined}
        maxLength={2048}
        autoFocus
        onChange={(event) => setUrl(event.currentTarget.value)}
      />
      <Switch label="All events" checked={isAll} onChange={(event) => setAll(event.currentTarget.checked)} />
      {!isAll && (
        <fieldset className={classes.types}>
          <legend>Events</legend>
          {types.isError && (
            <p className={classes.fault} role="alert">
              The event types could not be loaded.
            </p>
          )}
          {(types.data?.items ?? [])
            .filter(({ type }) => type !== 'webhook.test')
            .map(({ type, about }) => (
              <label key={type} title={about}>
                <input type="checkbox" checked={events.includes(type)} onChange={() => toggle(type)} />
                {type}
              </label>
            ))}
        </fieldset>
      )}
      {fault?.field === 'events' && (
        <p className={classes.fault} role="alert">
          {fault.text}
        </p>
      )}
      <div className={classes.choice}>
        <span id={`${id}-body`}>Bodies</span>
        <SegmentedControl
          size="xs"
          aria-labelledby={`${id}-body`}
          value={body}
          onChange={setBody}
          data={[
            { value: 'thin', label: 'Thin' },
            { value: 'full', label: 'Full' },
          ]}
        />
        <span className={classes.soft}>
          {body === 'thin' ? 'Ids and states.' : 'With the text, its author and its scores.'}
        </span>
      </div>
      <Switch
        label="Sign by Ed25519 besides"
        description="For a receiver that should hold no secret."
        checked={ed25519}
        onChange={(event) => setEd25519(event.currentTarget.checked)}
      />
    </PanelForm>
  );
}

function faultOf(error: unknown): { field: string; text: string } {
  if (!(error instanceof ProblemError))
    return { field: 'form', text: 'The server does not answer. Nothing was changed; try again.' };
  const [first] = error.body.errors ?? [];
  const field = first?.pointer.split('/')[1] ?? '';
  return first
    ? { field: ['url', 'events'].includes(field) ? field : 'form', text: first.message }
    : { field: 'form', text: error.message };
}
