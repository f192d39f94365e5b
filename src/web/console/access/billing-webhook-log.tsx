import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ChevronRight, CircleCheck, CircleDashed, CircleX, RotateCw, TriangleAlert } from 'lucide-react';
import { Fragment, useState } from 'react';
import { api } from '../api.js';
import { fullTime, shortAge } from '../shell/format-age.js';
import { ConfirmPanel } from '../shell/confirm-panel.js';
import { useConsole } from '../shell/console-context.js';
import { instantOf, localText } from '../shell/local-time.js';
import { MoreButton } from '../shell/more-button.js';
import { useNow } from '../shell/use-now.js';
import type { BillingWebhookLogLine } from '../api-types.js';
import forms from '../shell/forms.module.css';
import marks from '../shell/marks.module.css';
import classes from '../shell/sections.module.css';
import table from '../shell/table.module.css';
import { LoadState } from '../shell/load-state.js';
import { OUTCOME_LABELS, OUTCOMES } from './providers.js';
import { prettyJson } from '../shell/pretty-json.js';

const DAY_MS = 24 * 3_600_000;

/** The webhook requests of the last 30 days and their outcomes, newest first. */
export function BillingWebhookLog({ provider }: { provider: string }) {
  const { site } = useConsole();
  const now = useNow();
  const queries = useQueryClient();
  const [outcome, setOutcome] = useState('');
  const [readerKey, setReaderKey] = useState('');
  const [openId, setOpenId] = useState<string | null>(null);
  const [isConfirming, setConfirming] = useState(false);
  const [since, setSince] = useState(() => localText(new Date(Date.now() - DAY_MS)));
  const [message, setMessage] = useState<string | null>(null);
  const key = ['pushes', site.id, provider];
  const requestedFilter = { outcome: outcome || null, readerKey: readerKey.trim() || null };
  const log = useInfiniteQuery({
    queryKey: [...key, requestedFilter],
    queryFn: ({ pageParam, signal }) =>
      api.billingWebhookLog(site.id, provider, { ...requestedFilter, cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    refetchInterval: 10_000,
  });
  const reload = () => queries.invalidateQueries({ queryKey: key });
  const replay = useMutation({
    mutationFn: (push: string) => api.replayPush(site.id, provider, push),
    onSuccess: ({ outcome: newOutcome }) =>
      setMessage(`Replayed: ${OUTCOME_LABELS[newOutcome].toLowerCase()}.`),
    onSettled: reload,
  });
  const shown = log.data?.pages.flatMap(({ items }) => items) ?? [];

  return (
    <>
      <div className={classes.sub}>
        <h3>Pushes</h3>
        <Button
          size="xs"
          variant="subtle"
          leftSection={<RotateCw size={14} aria-hidden />}
          disabled={shown.length === 0}
          onClick={() => {
            setMessage(null);
            setConfirming(true);
          }}
        >
          Replay webhooks that were not applied…
        </Button>
      </div>
      {isConfirming && (
        <ConfirmPanel
          title="Replay webhooks that were not applied?"
          text={
            <>
              All webhooks since then that were not mapped or were refused are processed again with the
              current settings. Webhooks without a valid signature are not stored and cannot be replayed.
              <TextInput
                size="xs"
                type="datetime-local"
                label="Since"
                value={since}
                max={localText(new Date())}
                onChange={(event) => setSince(event.currentTarget.value)}
              />
            </>
          }
          action="Replay"
          onAct={async () => {
            const from = instantOf(since);
            if (!from) throw new Error('Choose a day and a time.');
            const { replayed, outcomes, more } = await api.replayPushes(site.id, provider, from);
            const parts = Object.entries(outcomes).map(
              ([newOutcome, count]) =>
                `${count.toLocaleString()} ${(OUTCOME_LABELS[newOutcome as BillingWebhookLogLine['outcome']] ?? newOutcome).toLowerCase()}`,
            );
            setMessage(
              replayed === 0
                ? 'There was nothing to replay.'
                : `${replayed.toLocaleString()} replayed: ${parts.join(', ')}${more ? '. There are more: replay again to include them' : ''}.`,
            );
            await reload();
            setConfirming(false);
          }}
          onClose={() => setConfirming(false)}
        />
      )}
      {message && (
        <p className={classes.note} role="status">
          {message}
        </p>
      )}
      {replay.isError && (
        <p className={classes.fault} role="alert">
          Not replayed: {replay.error.message}
        </p>
      )}
      <div className={forms.filter} role="group" aria-label="Which pushes">
        <NativeSelect
          size="xs"
          label="Outcome"
          value={outcome}
          onChange={(event) => setOutcome(event.currentTarget.value)}
          data={[
            { value: '', label: 'Anything' },
            ...OUTCOMES.map((value) => ({ value, label: OUTCOME_LABELS[value] })),
          ]}
        />
        <TextInput
          size="xs"
          label="Reader"
          placeholder="Their key: the token’s sub"
          value={readerKey}
          onChange={(event) => setReaderKey(event.currentTarget.value)}
        />
      </div>
      {!log.data ? (
        <LoadState
          what="The pushes"
          error={log.error}
          isFetching={log.isFetching}
          onRetry={() => void log.refetch()}
        />
      ) : shown.length === 0 ? (
        <p className={classes.note}>
          {requestedFilter.outcome || requestedFilter.readerKey
            ? 'No matching webhooks in the last 30 days.'
            : 'No webhooks yet. Enter the address above at the provider and send a test from there.'}
        </p>
      ) : (
        <div className={table.scroll}>
          <table className={`${table.table} ${table.inset}`}>
            <thead>
              <tr>
                <th scope="col">Outcome</th>
                <th scope="col">Reader</th>
                <th scope="col">Entitlement</th>
                <th scope="col" className={table.number}>
                  Came
                </th>
                <td />
              </tr>
            </thead>
            <tbody>
              {shown.map((line) => (
                <Fragment key={line.id}>
                  <tr>
                    <th scope="row">
                      <button
                        type="button"
                        className={marks.toggle}
                        aria-expanded={openId === line.id}
                        onClick={() => setOpenId(openId === line.id ? null : line.id)}
                      >
                        <ChevronRight size={14} aria-hidden />
                        <Outcome line={line} />
                      </button>
                      {(line.detail ?? line.reason) && (
                        <span className={marks.small}>{line.detail ?? line.reason}</span>
                      )}
                    </th>
                    <td>{line.readerKey ?? '–'}</td>
                    <td className={marks.mono}>{line.entitlementKey ?? '–'}</td>
                    <td className={table.number}>
                      <time dateTime={line.receivedAt} title={fullTime(line.receivedAt)}>
                        {shortAge(line.receivedAt, now)}
                      </time>
                      {line.replayOf && <span className={marks.small}>a replay</span>}
                    </td>
                    <td className={table.number}>
                      {line.isReplayable && (
                        <Button
                          size="compact-xs"
                          variant="subtle"
                          leftSection={<RotateCw size={13} aria-hidden />}
                          loading={replay.isPending && replay.variables === line.id}
                          onClick={() => {
                            setMessage(null);
                            replay.mutate(line.id);
                          }}
                        >
                          Replay
                        </Button>
                      )}
                    </td>
                  </tr>
                  {openId === line.id && (
                    <tr>
                      <td colSpan={5} className={table.detail}>
                        <BillingWebhookEntry provider={provider} line={line} />
                      </td>
                    </tr>
                  )}
                </Fragment>
              ))}
            </tbody>
          </table>
          <MoreButton list={log} isInset>
            Show older pushes
          </MoreButton>
        </div>
      )}
    </>
  );
}

function Outcome({ line: { outcome } }: { line: BillingWebhookLogLine }) {
  const [Icon, kind] =
    outcome === 'refused'
      ? ([CircleX, 'bad'] as const)
      : outcome === 'unmapped'
        ? ([TriangleAlert, 'warn'] as const)
        : outcome === 'applied'
          ? ([CircleCheck, 'good'] as const)
          : ([CircleDashed, 'off'] as const);
  return (
    <span className={marks.mark} data-kind={kind}>
      <Icon size={15} strokeWidth={1.75} aria-hidden />
      {OUTCOME_LABELS[outcome]}
    </span>
  );
}

/** One webhook request with its body as received. */
function BillingWebhookEntry({ provider, line }: { provider: string; line: BillingWebhookLogLine }) {
  const { site } = useConsole();
  const { data, error } = useQuery({
    queryKey: ['push', site.id, provider, line.id],
    queryFn: ({ signal }) => api.billingWebhook(site.id, provider, line.id, signal),
    staleTime: Infinity,
  });
  return (
    <>
      <dl className={marks.facts}>
        <dt>Came</dt>
        <dd>{fullTime(line.receivedAt)}</dd>
        {line.messageId && (
          <>
            <dt>Message</dt>
            <dd className={marks.mono}>{line.messageId}</dd>
          </>
        )}
        {(line.reason ?? line.detail) && (
          <>
            <dt>{line.reason ? 'Reason' : 'Done'}</dt>
            <dd>
              {line.reason && <span className={marks.mono}>{line.reason}</span>} {line.detail}
            </dd>
          </>
        )}
        <dt>Body</dt>
        <dd>
          {error ? (
            `It could not be loaded: ${error.message}`
          ) : data ? (
            data.body === null ? (
              missingBodyReason(line)
            ) : (
              <pre className={marks.pre} tabIndex={0}>
                {prettyJson(data.body)}
              </pre>
            )
          ) : (
            '…'
          )}
        </dd>
      </dl>
    </>
  );
}

/** Requests refused before any of the body was parsed. */
const UNREADABLE_REASONS: ReadonlySet<string> = new Set(['too-large', 'cut-off', 'bad-json', 'bad-type']);

/** Bodies without a valid signature are not stored. Other bodies are deleted when their reader is forgotten. */
const missingBodyReason = ({ outcome, reason }: BillingWebhookLogLine): string =>
  outcome !== 'refused'
    ? 'Deleted together with its reader.'
    : UNREADABLE_REASONS.has(reason ?? '')
      ? 'Not stored: it could not be read.'
      : 'Not stored: it had no valid signature.';
