import { Button, NativeSelect, NumberInput, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { CircleCheck, CirclePause, TriangleAlert } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { api, ProblemError } from '../api.js';
import { fullTime } from '../shell/format-age.js';
import { ConfirmPanel } from '../shell/confirm-panel.js';
import { useConsole } from '../shell/console-context.js';
import { toFormError, type FormError } from '../shell/form-error.js';
import { useNow } from '../shell/use-now.js';
import { PanelForm } from '../shell/panel-form.js';
import panels from '../shell/panels.module.css';
import { RotatePanel, type ShownSecret } from '../shell/rotate-panel.js';
import { SecretCard } from '../shell/secret-card.js';
import type { Lookup, LookupTrial, Tier } from '../api-types.js';
import forms from '../shell/forms.module.css';
import marks from '../shell/marks.module.css';
import classes from '../shell/sections.module.css';
import { LastTime } from '../shell/last-time.js';
import { LoadState } from '../shell/load-state.js';
import { SectionHeader } from '../shell/section-header.js';
import { useTiers } from './use-tiers.js';

type Panel = 'edit' | 'rotate' | 'remove';

/** The publisher's own endpoint, which Postbag queries for a reader's entitlements. */
export function LookupSection() {
  const { site } = useConsole();
  const now = useNow();
  const tiers = useTiers();
  const queries = useQueryClient();
  const [panel, setPanel] = useState<Panel | null>(null);
  const [secret, setSecret] = useState<ShownSecret | null>(null);
  const key = ['look-up', site.id];
  const { data, error, isPending, isFetching, refetch } = useQuery({
    queryKey: key,
    queryFn: async ({ signal }): Promise<Lookup | null> => {
      try {
        return await api.lookup(site.id, signal);
      } catch (failure) {
        if (failure instanceof ProblemError && failure.status === 404) return null;
        throw failure;
      }
    },
    refetchInterval: 5_000,
  });
  const reload = () => queries.invalidateQueries({ queryKey: key });
  const close = () => setPanel(null);

  return (
    <section className={classes.part} aria-label="Look-up">
      <SectionHeader
        title="Look-up"
        text="For subscriptions in a system that cannot send webhooks: Postbag calls your endpoint, caches the answer, and pauses while the endpoint fails."
      >
        {data && (
          <>
            <Button size="xs" variant="default" onClick={() => setPanel('edit')}>
              Edit
            </Button>
            <Button size="xs" variant="default" onClick={() => setPanel('rotate')}>
              Rotate the secret…
            </Button>
            <Button size="xs" variant="subtle" color="rejected" onClick={() => setPanel('remove')}>
              Remove…
            </Button>
          </>
        )}
      </SectionHeader>
      {secret && <SecretCard secret={secret.value} text={secret.text} onClose={() => setSecret(null)} />}
      {panel === 'rotate' && (
        <RotatePanel
          into="endpoint"
          onRotate={async () => {
            const { secret, previousValidUntil: until } = await api.rotateLookup(site.id);
            return { secret, until };
          }}
          onSecret={setSecret}
          onRotated={reload}
          onClose={close}
        />
      )}
      {panel === 'remove' && (
        <ConfirmPanel
          title="Remove the look-up?"
          text="Its answers no longer count. Tokens and stored entitlements count as before."
          action="Remove the look-up"
          isDestructive
          onAct={async () => {
            await api.removeLookup(site.id);
            setSecret(null);
            await reload();
            close();
          }}
          onClose={close}
        />
      )}
      {isPending || (error && !data) ? (
        <LoadState what="The look-up" error={error} isFetching={isFetching} onRetry={() => void refetch()} />
      ) : panel === 'edit' ? (
        <LookupForm
          lookup={data ?? null}
          tiers={tiers}
          onClose={close}
          onSaved={async (newSecret) => {
            if (newSecret)
              setSecret({ value: newSecret, text: 'This secret signs the requests. It is not shown again.' });
            await reload();
            close();
          }}
        />
      ) : data ? (
        <>
          <State lookup={data} now={now} tiers={tiers} />
          <LookupTrialForm tiers={tiers} />
        </>
      ) : (
        <div className={classes.empty}>
          <h3>No look-up endpoint</h3>
          <p>
            If your billing system can send webhooks, they are faster and need no endpoint. If it cannot,
            enter the URL of an endpoint to call.
          </p>
          <Button onClick={() => setPanel('edit')}>Set up the look-up</Button>
        </div>
      )}
    </section>
  );
}

const whenDownText = (whenDown: string, tiers: readonly Tier[]): string => {
  if (whenDown === 'last-known') return 'what it said last, for up to a day';
  if (whenDown === 'nothing') return 'nothing';
  return `${tiers.find(({ key }) => key === whenDown)?.name ?? whenDown}, for everybody`;
};

function State({ lookup, now, tiers }: { lookup: Lookup; now: number; tiers: readonly Tier[] }) {
  const { circuit, lastSuccessAt, lastSuccessMs, lastFailureAt, lastFailure } = lookup;
  const isFailing = lastFailureAt !== null && (lastSuccessAt === null || lastFailureAt > lastSuccessAt);
  const [Icon, kind, word] =
    circuit === 'open'
      ? ([CirclePause, 'bad', 'Paused for ten seconds after five failures in a row'] as const)
      : isFailing
        ? ([TriangleAlert, 'warn', 'Its last answer was a failure'] as const)
        : lastSuccessAt
          ? ([CircleCheck, 'good', 'It answers'] as const)
          : ([CirclePause, 'off', 'Not called yet'] as const);
  return (
    <dl className={marks.facts}>
      <dt>State</dt>
      <dd>
        <span className={marks.mark} data-kind={kind} role="status">
          <Icon size={15} strokeWidth={1.75} aria-hidden />
          {word}
        </span>
      </dd>
      <dt>Address</dt>
      <dd className={marks.mono}>{lookup.url}</dd>
      <dt>Last answer</dt>
      <dd>
        <LastTime at={lastSuccessAt} now={now}>
          {lastSuccessMs !== null && `, after ${lastSuccessMs.toLocaleString()} ms`}
        </LastTime>
      </dd>
      <dt>Last failure</dt>
      <dd>
        <LastTime at={lastFailureAt} now={now}>
          {lastFailure && `: ${lastFailure}`}
        </LastTime>
      </dd>
      <dt>Answers are kept</dt>
      <dd>{lookup.cacheSeconds.toLocaleString()} s</dd>
      <dt>Waited for</dt>
      <dd>{lookup.timeoutMs.toLocaleString()} ms</dd>
      <dt>While it is down</dt>
      <dd>counts {whenDownText(lookup.whenDown, tiers)}</dd>
      {lookup.previousSecretValidUntil && (
        <>
          <dt>Secret before</dt>
          <dd>also signs until {fullTime(lookup.previousSecretValidUntil)}</dd>
        </>
      )}
    </dl>
  );
}

/** Runs a lookup now, bypassing the cache. */
function LookupTrialForm({ tiers }: { tiers: readonly Tier[] }) {
  const { site } = useConsole();
  const [readerKey, setReaderKey] = useState('');
  const runTrial = useMutation({ mutationFn: () => api.tryLookup(site.id, readerKey.trim()) });
  return (
    <form
      className={panels.panel}
      aria-label="Try it"
      onSubmit={(event) => {
        event.preventDefault();
        runTrial.mutate();
      }}
    >
      <h3 className={panels.title}>Try it</h3>
      <div className={forms.fields}>
        <TextInput
          size="xs"
          label="Reader"
          description="The token’s sub."
          value={readerKey}
          onChange={(event) => setReaderKey(event.currentTarget.value)}
        />
      </div>
      <div className={panels.buttons}>
        <Button
          size="xs"
          type="submit"
          variant="default"
          disabled={!readerKey.trim()}
          loading={runTrial.isPending}
        >
          Ask about this reader
        </Button>
      </div>
      {runTrial.isError && (
        <p className={panels.fault} role="alert">
          {runTrial.error.message}
        </p>
      )}
      {runTrial.data && <TrialAnswer answer={runTrial.data} tiers={tiers} />}
    </form>
  );
}

function TrialAnswer({ answer, tiers }: { answer: LookupTrial; tiers: readonly Tier[] }) {
  if (!answer.ok)
    return (
      <p className={panels.fault} role="alert">
        No answer that counts: {answer.reason}
      </p>
    );
  return (
    <div role="status">
      <p className={panels.text}>
        Answered {answer.status} after {answer.durationMs} ms
        {answer.entitlements.length === 0 && ': this reader is entitled to nothing'}.
      </p>
      <ul className={classes.faults}>
        {answer.entitlements.map(({ tier, status, validUntil, counts }) => (
          <li key={`${tier}-${status}`}>
            {tiers.find(({ key }) => key === tier)?.name ?? tier}, {status.replace('_', ' ')}
            {validUntil && ` until ${fullTime(validUntil)}`}
            {!counts && ' – does not count now'}
          </li>
        ))}
      </ul>
    </div>
  );
}

interface FormProps {
  lookup: Lookup | null;
  tiers: readonly Tier[];
  onSaved: (secret: string | null) => Promise<unknown>;
  onClose: () => void;
}

function LookupForm({ lookup, tiers, onSaved, onClose }: FormProps) {
  const { site } = useConsole();
  const [url, setUrl] = useState(lookup?.url ?? '');
  const [cacheSeconds, setCacheSeconds] = useState<number | string>(lookup?.cacheSeconds ?? 60);
  const [timeoutMs, setTimeoutMs] = useState<number | string>(lookup?.timeoutMs ?? 1500);
  const [whenDown, setWhenDown] = useState(lookup?.whenDown ?? 'last-known');
  const [fault, setFault] = useState<FormError | null>(null);
  const [isBusy, setBusy] = useState(false);
  const faultAt = (field: string) => (fault?.field === field ? fault.text : undefined);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setFault(null);
    try {
      const saved = await api.putLookup(site.id, {
        url: url.trim(),
        cacheSeconds: Number(cacheSeconds),
        timeoutMs: Number(timeoutMs),
        whenDown,
      });
      await onSaved(saved.secret);
    } catch (error) {
      setFault(toFormError(error, ['url', 'cacheSeconds', 'timeoutMs', 'whenDown']));
      setBusy(false);
    }
  };
  return (
    <PanelForm
      title="The look-up"
      submit={lookup ? 'Save' : 'Set it up'}
      fault={fault}
      isBusy={isBusy}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextInput
        label="URL"
        type="url"
        placeholder="https://"
        description="Receives a signed POST for each reader. It must use https and a public address."
        value={url}
        error={faultAt('url')}
        autoFocus
        onChange={(event) => setUrl(event.currentTarget.value)}
      />
      <div className={forms.fields}>
        <NumberInput
          size="xs"
          label="Keep an answer for"
          description="5 to 3,600 seconds."
          suffix=" s"
          min={5}
          max={3600}
          value={cacheSeconds}
          error={faultAt('cacheSeconds')}
          onChange={setCacheSeconds}
        />
        <NumberInput
          size="xs"
          label="Wait for it"
          description="100 to 5,000 milliseconds."
          suffix=" ms"
          min={100}
          max={5000}
          value={timeoutMs}
          error={faultAt('timeoutMs')}
          onChange={setTimeoutMs}
        />
        <NativeSelect
          size="xs"
          label="While it is down, use"
          description="Tokens and stored entitlements always count."
          value={whenDown}
          error={faultAt('whenDown')}
          onChange={(event) => setWhenDown(event.currentTarget.value)}
          data={[
            { value: 'last-known', label: 'Its last answer, for a day' },
            { value: 'nothing', label: 'Nothing' },
            ...tiers.map(({ key, name }) => ({ value: key, label: `${name}, for everybody` })),
          ]}
        />
      </div>
    </PanelForm>
  );
}
