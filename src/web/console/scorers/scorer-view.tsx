import { ActionIcon, Button, Menu, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Ellipsis } from 'lucide-react';
import { useState } from 'react';
import { RotatePanel, type ShownSecret } from '../shell/rotate-panel.js';
import marks from '../shell/marks.module.css';
import classes from '../shell/sections.module.css';
import { api } from '../api.js';
import { ConfirmPanel } from '../shell/confirm-panel.js';
import { useConsole } from '../shell/console-context.js';
import { LastTime } from '../shell/last-time.js';
import panels from '../shell/panels.module.css';
import { go, hrefOf } from '../router.js';
import type { Scorer, ScorerSettings, ScorerTrial } from '../api-types.js';
import { chatDraftOf, chatSettingsOf } from './chat-fields.js';
import { ScorerForm } from './scorer-form.js';
import { KIND_LABELS, OUTCOME_LABELS, ownUses, stateOf } from './scorer-labels.js';

interface Props {
  scorer: Scorer;
  /** Milliseconds since the epoch. */
  now: number;
  /** Whether a running comparison uses its scores. */
  isCompared: boolean;
  onSecret: (secret: ShownSecret) => void;
}

/** The scorer's current settings, to be saved with one change. */
export function settingsOf(scorer: Scorer): ScorerSettings {
  const { kind, name, url, model, blog, labels, languages, timeoutMs, callsPerDay, callsPerMonth } = scorer;
  const { sendContext, isShadow, whenAbsent, enabled } = scorer;
  return {
    kind,
    name,
    url,
    ...(model === null ? {} : { model }),
    ...(blog === null ? {} : { blog }),
    ...(kind === 'chat' ? chatSettingsOf(chatDraftOf(scorer)) : {}),
    labels: ownUses(labels),
    languages,
    timeoutMs,
    callsPerDay,
    callsPerMonth,
    sendContext,
    isShadow,
    whenAbsent,
    enabled,
  };
}

/** One scorer: its health, its settings, and a test form. */
export function ScorerView({ scorer, now, isCompared, onSecret }: Props) {
  const { site } = useConsole();
  const queries = useQueryClient();
  const [panel, setPanel] = useState<'edit' | 'rotate' | 'remove' | null>(null);
  const reload = () => queries.invalidateQueries({ queryKey: ['scorers', site.id] });
  const close = () => setPanel(null);
  const toggle = useMutation({
    mutationFn: (enabled: boolean) => api.putScorer(site.id, scorer.key, { ...settingsOf(scorer), enabled }),
    onSettled: reload,
  });
  const labels = Object.entries(ownUses(scorer.labels));

  return (
    <>
      <div className={classes.sub}>
        <h3>{scorer.name}</h3>
        <div className={classes.actions}>
          <Button
            size="xs"
            variant="default"
            loading={toggle.isPending}
            onClick={() => toggle.mutate(!scorer.enabled)}
          >
            {scorer.enabled ? 'Disable' : 'Enable'}
          </Button>
          <Button size="xs" variant="default" onClick={() => setPanel('edit')}>
            Edit
          </Button>
          <Menu position="bottom-end" shadow="md">
            <Menu.Target>
              <ActionIcon size={30} variant="default" aria-label="More for this scorer">
                <Ellipsis size={16} aria-hidden />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              {scorer.kind === 'signed-http' && (
                <Menu.Item onClick={() => setPanel('rotate')}>Rotate the secret…</Menu.Item>
              )}
              <Menu.Item color="rejected" onClick={() => setPanel('remove')}>
                Remove…
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        </div>
      </div>
      {toggle.isError && (
        <p className={classes.fault} role="alert">
          Not changed: {toggle.error.message}
        </p>
      )}
      {panel === 'rotate' && (
        <RotatePanel
          into="service"
          onRotate={async () => {
            const { secret, previousUntil: until } = await api.rotateScorer(site.id, scorer.key);
            return { secret, until };
          }}
          onSecret={onSecret}
          onRotated={reload}
          onClose={close}
        />
      )}
      {panel === 'remove' && (
        <ConfirmPanel
          title={`Remove ${scorer.name}?`}
          text="It is no longer called and its key is deleted. Its scores stay with their comments."
          action="Remove the scorer"
          isDestructive
          onAct={async () => {
            await api.removeScorer(site.id, scorer.key);
            await reload();
            go(hrefOf('/scorers', { site: site.id }), { replace: true });
          }}
          onClose={close}
        />
      )}
      {panel === 'edit' ? (
        <ScorerForm
          scorer={scorer}
          usedKeys={[]}
          onClose={close}
          onSaved={async (saved) => {
            if (saved.secret)
              onSecret({
                value: saved.secret,
                text: 'This secret signs the requests. It is not shown again.',
              });
            await reload();
            close();
          }}
        />
      ) : (
        <dl className={marks.facts}>
          <dt>State</dt>
          <dd>
            <span role="status">
              {stateOf(scorer, now, isCompared).text}
              {scorer.openUntil &&
                scorer.circuit === 'open' &&
                ': calls in a row failed, or it asked for a pause'}
            </span>
          </dd>
          <dt>Kind</dt>
          <dd>
            {KIND_LABELS[scorer.kind]}, as <span className={marks.mono}>{scorer.key}</span> in the API
          </dd>
          <dt>Address</dt>
          <dd className={marks.mono}>{scorer.url}</dd>
          {scorer.model !== null && (
            <>
              <dt>Model</dt>
              <dd className={marks.mono}>{scorer.model}</dd>
            </>
          )}
          {scorer.band && (
            <>
              <dt>Asked about</dt>
              <dd>
                comments that the local model scores from {scorer.band.from} to {scorer.band.to}
                {scorer.mayRelease ? '; it may release them' : '; it can only hold them'}
              </dd>
            </>
          )}
          {scorer.sendContext && (
            <>
              <dt>Also sent</dt>
              <dd>the story’s title and the parent comment</dd>
            </>
          )}
          <dt>Calls today</dt>
          <dd>
            {scorer.callsToday.toLocaleString()}
            {scorer.callsPerDay !== null && ` of ${scorer.callsPerDay.toLocaleString()}`}, per UTC day
          </dd>
          {scorer.callsPerMonth !== null && (
            <>
              <dt>Calls this month</dt>
              <dd>
                {scorer.callsThisMonth.toLocaleString()} of {scorer.callsPerMonth.toLocaleString()}
              </dd>
            </>
          )}
          <dt>Last answer</dt>
          <dd>
            <LastTime at={scorer.lastSuccessAt} now={now} />
          </dd>
          <dt>Last failure</dt>
          <dd>
            <LastTime at={scorer.lastFailureAt} now={now}>
              {scorer.lastFailure && `: ${scorer.lastFailure}`}
            </LastTime>
          </dd>
          <dt>Without an answer</dt>
          <dd>
            {scorer.whenAbsent === 'hold' && !scorer.isShadow
              ? 'the comment is held'
              : 'the local model decides'}
          </dd>
          <dt>Waited for</dt>
          <dd>{scorer.timeoutMs.toLocaleString()} ms</dd>
          <dt>What counts</dt>
          <dd>
            {labels.length === 0 ? (
              scorer.kind === 'signed-http' ? (
                'Labels that are named as ours'
              ) : (
                'Nothing'
              )
            ) : (
              <ul>
                {scorer.kind === 'signed-http' && <li>Labels that are named as ours</li>}
                {labels.map(([label, use]) => (
                  <li key={label}>
                    <span className={marks.mono}>{label}</span>: {useText(use)}
                  </li>
                ))}
              </ul>
            )}
          </dd>
          {scorer.languages.length > 0 && (
            <>
              <dt>Reads</dt>
              <dd>{scorer.languages.join(', ')}</dd>
            </>
          )}
          {scorer.rules !== null && (
            <>
              <dt>Rules</dt>
              <dd className={marks.lines}>{scorer.rules}</dd>
            </>
          )}
        </dl>
      )}
      {panel === null && <ScorerTrialForm scorer={scorer} />}
    </>
  );
}

function useText({ as = [], hold, reject }: Scorer['labels'][string]): string {
  const parts = [
    as.length > 0 ? `counts as ${as.join(', ')}` : '',
    hold == null ? '' : `holds from ${hold}`,
    reject == null ? '' : `rejects from ${reject}`,
  ].filter(Boolean);
  return parts.length === 0 ? 'shown only' : parts.join(', ');
}

/** Scores any text as a test, without a comment. */
function ScorerTrialForm({ scorer }: { scorer: Scorer }) {
  const { site } = useConsole();
  const queries = useQueryClient();
  const [text, setText] = useState('');
  const [title, setTitle] = useState('');
  const [parent, setParent] = useState('');
  const runTrial = useMutation({
    mutationFn: () =>
      api.tryScorer(site.id, scorer.key, {
        text,
        ...(title.trim() ? { title } : {}),
        ...(parent.trim() ? { parent } : {}),
      }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['scorers', site.id] }),
  });
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
      <Textarea
        size="xs"
        label="Text"
        description="It is sent to the scorer and is not posted as a comment. It counts as one call."
        rows={3}
        maxLength={5000}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {scorer.sendContext && (
        <>
          <TextInput
            size="xs"
            label="Title of the story"
            maxLength={500}
            value={title}
            onChange={(event) => setTitle(event.currentTarget.value)}
          />
          <Textarea
            size="xs"
            label="Parent comment"
            rows={2}
            maxLength={5000}
            value={parent}
            onChange={(event) => setParent(event.currentTarget.value)}
          />
        </>
      )}
      <div className={panels.buttons}>
        <Button
          size="xs"
          type="submit"
          variant="default"
          disabled={!text.trim()}
          loading={runTrial.isPending}
        >
          Ask about this text
        </Button>
      </div>
      {runTrial.isError && (
        <p className={panels.fault} role="alert">
          {runTrial.error.message}
        </p>
      )}
      {runTrial.data && <TrialAnswer answer={runTrial.data} />}
    </form>
  );
}

function TrialAnswer({ answer }: { answer: ScorerTrial }) {
  const { outcome, durationMs, status, scores, explanation, error } = answer;
  const isScored = outcome === 'scored';
  const sorted = Object.entries(scores ?? {}).sort(([, a], [, b]) => b.value - a.value);
  return (
    <div role={isScored ? 'status' : 'alert'}>
      <p className={isScored ? panels.text : panels.fault}>
        {OUTCOME_LABELS[outcome]}
        {durationMs > 0 && ` after ${durationMs.toLocaleString()} ms`}
        {status !== null && !isScored && `, with ${status}`}
        {error && `: ${error}`}
      </p>
      {sorted.length > 0 && (
        <dl className={marks.facts}>
          {sorted.map(([label, { value }]) => (
            <Score key={label} label={label} value={value} />
          ))}
        </dl>
      )}
      {explanation && <ExplanationFacts explanation={explanation} />}
    </div>
  );
}

function ExplanationFacts({
  explanation: { rule, reason },
}: {
  explanation: NonNullable<ScorerTrial['explanation']>;
}) {
  return (
    <dl className={marks.facts}>
      <dt>Rule</dt>
      <dd>{rule ?? 'none cited'}</dd>
      {reason !== null && (
        <>
          <dt>Reason</dt>
          <dd>{reason}</dd>
        </>
      )}
    </dl>
  );
}

function Score({ label, value }: { label: string; value: number }) {
  return (
    <>
      <dt className={marks.mono}>{label}</dt>
      <dd className={marks.nowrap}>{value.toFixed(2)}</dd>
    </>
  );
}
