import { Button, NumberInput, PasswordInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { CircleCheck, CirclePause, TriangleAlert } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { api, ProblemError } from '../api.js';
import { fullTime } from '../shell/format-age.js';
import { ConfirmPanel } from '../shell/confirm-panel.js';
import { useConsole } from '../shell/console-context.js';
import { toFormError, type FormError } from '../shell/form-error.js';
import forms from '../shell/forms.module.css';
import { LastTime } from '../shell/last-time.js';
import { LoadState } from '../shell/load-state.js';
import marks from '../shell/marks.module.css';
import { useNow } from '../shell/use-now.js';
import { PanelForm } from '../shell/panel-form.js';
import panels from '../shell/panels.module.css';
import { SectionHeader } from '../shell/section-header.js';
import parts from '../shell/sections.module.css';
import type { CoralPhase } from '../api-types.js';
import { coralStateOf, RESULT_LABELS } from './coral-labels.js';
import classes from './settings.module.css';
import { Snippet } from './snippet.js';

/** Settings for publishers that keep Coral and let Postbag moderate its comments. */
export function CoralSection() {
  const { site } = useConsole();
  const queries = useQueryClient();
  const [panel, setPanel] = useState<'edit' | 'remove' | null>(null);
  const key = ['coral-phase', site.id];
  const { data, error, isPending, isFetching, refetch } = useQuery({
    queryKey: key,
    queryFn: async ({ signal }): Promise<CoralPhase | null> => {
      try {
        return await api.coralPhase(site.id, signal);
      } catch (failure) {
        if (failure instanceof ProblemError && failure.status === 404) return null;
        throw failure;
      }
    },
    refetchInterval: 5_000,
  });
  const close = () => setPanel(null);

  return (
    <section className={parts.part} aria-label="Coral">
      <SectionHeader
        title="Coral"
        text="If you keep your comments in Coral, Postbag can moderate them: Coral sends each comment before it is published and follows this site’s policy."
      >
        {data && (
          <>
            <Button size="xs" variant="default" onClick={() => setPanel('edit')}>
              Edit
            </Button>
            <Button size="xs" variant="subtle" color="rejected" onClick={() => setPanel('remove')}>
              Disconnect…
            </Button>
          </>
        )}
      </SectionHeader>
      {panel === 'remove' && (
        <ConfirmPanel
          title="Disconnect Coral?"
          text="Coral’s requests will be refused, and Coral then publishes comments by its own rules. Disable the phase in Coral first."
          action="Disconnect Coral"
          isDestructive
          onAct={async () => {
            await api.removeCoralPhase(site.id);
            queries.setQueryData(key, null);
            close();
          }}
          onClose={close}
        />
      )}
      {isPending || (error && !data) ? (
        <LoadState
          what="Coral’s settings"
          error={error}
          isFetching={isFetching}
          onRetry={() => void refetch()}
        />
      ) : panel === 'edit' ? (
        <CoralForm
          phase={data ?? null}
          onClose={close}
          onSaved={(saved) => {
            queries.setQueryData(key, saved);
            close();
          }}
        />
      ) : data ? (
        <State phase={data} />
      ) : (
        <div className={parts.empty}>
          <h3>Coral is not connected</h3>
          <p>
            Add an external moderation phase in Coral, with the callback URL that you find here. Then enter
            the signing secret that Coral shows for it.
          </p>
          <Button onClick={() => setPanel('edit')}>Connect Coral</Button>
        </div>
      )}
    </section>
  );
}

const callbackUrl = (site: string): string =>
  `${window.location.origin}/api/v1/sites/${site}/coral/moderation-phase`;

const ICONS = { good: CircleCheck, warn: TriangleAlert, off: CirclePause };

function State({ phase }: { phase: CoralPhase }) {
  const now = useNow();
  const { lastAnswerAt, lastAnswer, lastRule, lastFailureAt, lastFailure } = phase;
  const state = coralStateOf(phase);
  const Icon = ICONS[state.kind];
  return (
    <>
      <dl className={`${marks.facts} ${classes.facts}`}>
        <dt>State</dt>
        <dd>
          <span className={marks.mark} data-kind={state.kind} role="status">
            <Icon size={15} strokeWidth={1.75} aria-hidden />
            {state.text}
          </span>
        </dd>
        <dt>Last answer</dt>
        <dd>
          <LastTime at={lastAnswerAt} now={now}>
            {lastAnswer && `: ${RESULT_LABELS[lastAnswer]}`}
            {lastRule && <span className={marks.soft}> ({lastRule})</span>}
          </LastTime>
        </dd>
        <dt>Last failure</dt>
        <dd>
          <LastTime at={lastFailureAt} now={now}>
            {lastFailure && `: ${lastFailure}`}
          </LastTime>
        </dd>
        <dt>Timeout in Coral</dt>
        <dd>
          {phase.timeoutMs.toLocaleString()} ms; an answer comes within{' '}
          {phase.answerWithinMs.toLocaleString()} ms
        </dd>
        {phase.previousSecretValidUntil && (
          <>
            <dt>Secret before</dt>
            <dd>counts until {fullTime(phase.previousSecretValidUntil)}</dd>
          </>
        )}
      </dl>
      <div className={parts.sub}>
        <h3>In Coral</h3>
      </div>
      <p className={classes.note}>
        Configure, Moderation phases: the phase has this callback URL, and the same timeout as above.
      </p>
      <Snippet name="Callback URL" code={phase.url} />
    </>
  );
}

interface FormProps {
  phase: CoralPhase | null;
  onSaved: (saved: CoralPhase) => void;
  onClose: () => void;
}

function CoralForm({ phase, onSaved, onClose }: FormProps) {
  const { site } = useConsole();
  const [secret, setSecret] = useState('');
  const [timeoutMs, setTimeoutMs] = useState<number | string>(phase?.timeoutMs ?? 2_000);
  const [fault, setFault] = useState<FormError | null>(null);
  const [isBusy, setBusy] = useState(false);
  const faultAt = (field: string) => (fault?.field === field ? fault.text : undefined);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setFault(null);
    try {
      onSaved(
        await api.putCoralPhase(site.id, {
          timeoutMs: Number(timeoutMs),
          ...(secret.trim() ? { secret: secret.trim() } : {}),
        }),
      );
    } catch (error) {
      setFault(toFormError(error, ['secret', 'timeoutMs']));
      setBusy(false);
    }
  };
  return (
    <PanelForm
      title={phase ? 'Settings of Coral' : 'Connect Coral'}
      submit={phase ? 'Save' : 'Connect'}
      fault={fault}
      isBusy={isBusy}
      onSubmit={submit}
      onClose={onClose}
    >
      <p className={`${panels.text} ${panels.soft}`}>
        In Coral: Configure, Moderation phases, Add external moderation phase. Its callback URL:
      </p>
      <Snippet name="Callback URL" code={phase?.url ?? callbackUrl(site.id)} />
      <PasswordInput
        size="xs"
        label="Signing secret"
        description={
          phase
            ? 'Leave it empty to keep the current one. After a rotation in Coral, enter the new one here. The previous one stays valid for another 24 hours.'
            : 'Coral shows it after the phase is added.'
        }
        autoComplete="off"
        value={secret}
        error={faultAt('secret')}
        onChange={(event) => setSecret(event.currentTarget.value)}
      />
      <div className={forms.fields}>
        <NumberInput
          size="xs"
          label="Timeout in Coral"
          description="The same number as in Coral. Coral proposes 200; 2,000 leaves time for outside scorers."
          suffix=" ms"
          min={100}
          max={10_000}
          value={timeoutMs}
          error={faultAt('timeoutMs')}
          onChange={setTimeoutMs}
        />
      </div>
    </PanelForm>
  );
}
