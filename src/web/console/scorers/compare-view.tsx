import { Button, Checkbox } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { api } from '../api.js';
import { fullTime } from '../shell/format-age.js';
import { ConfirmPanel } from '../shell/confirm-panel.js';
import { useConsole } from '../shell/console-context.js';
import { labelName } from '../shell/score-labels.js';
import { LoadState } from '../shell/load-state.js';
import marks from '../shell/marks.module.css';
import { MoreButton } from '../shell/more-button.js';
import classes from '../shell/sections.module.css';
import table from '../shell/table.module.css';
import { BlurredText } from '../queue/blurred-text.js';
import type { ScorerCalibrationSummary, ScorerCalibration, CalibrationLabel } from '../api-types.js';
import { absenceText, agreement, progressText, scoreText, shareText } from './compare-labels.js';
import own from './compare.module.css';

/** One comparison: its progress, how well the scorers agree, and the recommended changes. */
export function CompareView({ calibration }: { calibration: ScorerCalibration }) {
  const { site } = useConsole();
  const queries = useQueryClient();
  const [isConfirming, setConfirming] = useState(false);
  const { id, from, to, state, labels } = calibration;
  const [chosen, setChosen] = useState<string | null>(null);
  const shown = labels.find(({ label }) => label === chosen) ?? labels[0];
  const reload = () =>
    Promise.all(
      [
        ['calibrations', site.id],
        ['calibration', site.id, id],
        ['policy', site.id],
        ['policy-version', site.id],
        ['policy-thresholds', site.id],
      ].map((queryKey) => queries.invalidateQueries({ queryKey })),
    );
  const stop = useMutation({
    mutationFn: () => api.stopCalibration(site.id, id),
    onSettled: reload,
  });
  const [changed, setChanged] = useState<Partial<Record<string, boolean>>>({});
  const isAdopted = ({ label, threshold, isUncertain }: CalibrationLabel): boolean =>
    threshold !== null && (changed[label] ?? !isUncertain);
  const hasProposal = labels.some(({ threshold }) => threshold !== null);

  return (
    <>
      <div className={classes.sub}>
        <h3>
          From {from.name} to {to.name}
        </h3>
        <div className={classes.actions}>
          {state === 'running' && (
            <Button size="xs" variant="default" loading={stop.isPending} onClick={() => stop.mutate()}>
              Stop
            </Button>
          )}
          <Button
            size="xs"
            variant={calibration.adoptedVersion === null ? 'filled' : 'default'}
            disabled={!hasProposal || isConfirming}
            onClick={() => setConfirming(true)}
          >
            Adopt the thresholds…
          </Button>
        </div>
      </div>
      {stop.isError && (
        <p className={classes.fault} role="alert">
          Not stopped: {stop.error.message}
        </p>
      )}
      {isConfirming && (
        <ConfirmPanel
          title="Adopt the proposed thresholds?"
          text={
            <Changes
              labels={labels}
              isAdopted={isAdopted}
              onChange={(label, isChosen) => setChanged({ ...changed, [label]: isChosen })}
            />
          }
          action="Adopt them as a new version"
          onAct={async () => {
            const chosenLabels = labels.filter(isAdopted).map(({ label }) => label);
            if (chosenLabels.length === 0) throw new Error('Choose at least one label.');
            await api.adoptCalibration(site.id, id, chosenLabels);
            await reload();
            setConfirming(false);
          }}
          onClose={() => setConfirming(false)}
        />
      )}
      <Progress calibration={calibration} />
      <div className={table.scroll} role="region" aria-label="By label" tabIndex={0}>
        <table className={`${table.table} ${table.inset}`}>
          <thead>
            <tr>
              <th scope="col">Label</th>
              <th scope="col" className={table.number}>
                Compared
              </th>
              <th scope="col" className={table.number}>
                Held from
              </th>
              <th scope="col" className={table.number}>
                Held
              </th>
              <th scope="col" className={table.number}>
                Proposed
              </th>
              <th scope="col" className={table.number}>
                Agree on holds
              </th>
              <th scope="col" className={table.number}>
                Differ
              </th>
            </tr>
          </thead>
          <tbody>
            {labels.map((label) => (
              <LabelRow
                key={label.label}
                label={label}
                isShown={label === shown}
                onShow={() => setChosen(label.label)}
              />
            ))}
          </tbody>
        </table>
      </div>
      {shown && <Differences key={`${id} ${shown.label}`} calibration={calibration} label={shown} />}
    </>
  );
}

function Progress({ calibration }: { calibration: ScorerCalibration }) {
  const { site } = useConsole();
  const currentVersion = useQuery({
    queryKey: ['policy-version', site.id],
    queryFn: async ({ signal }) =>
      (await api.policyVersions(site.id, null, signal)).items[0]?.version ?? null,
    enabled: calibration.adoptedVersion !== null,
  });
  const { from, to, state, comments, maxComments, startedAt, endsAt, endedAt, absences } = calibration;
  return (
    <dl className={marks.facts}>
      <dt>State</dt>
      <dd>
        {state === 'running' && (
          <span className={marks.progress} aria-hidden>
            <span style={{ transform: `scaleX(${Math.min(1, comments / maxComments)})` }} />
          </span>
        )}
        <span role="status">{progressText(calibration, currentVersion.data ?? null)}</span>
      </dd>
      <dt>Time</dt>
      <dd>
        {fullTime(startedAt)} to {endedAt ? fullTime(endedAt) : `${fullTime(endsAt)} at the latest`}
      </dd>
      <dt>Without a score</dt>
      <dd>
        {absences.length === 0 ? (
          'None'
        ) : (
          <ul>
            {absences.map(({ side, why, comments: count }) => (
              <li key={`${side} ${why}`}>
                {side === 'from' ? from.name : to.name}: {count.toLocaleString()} ({absenceText(why)})
              </li>
            ))}
          </ul>
        )}
      </dd>
    </dl>
  );
}

function LabelRow({
  label: row,
  isShown,
  onShow,
}: {
  label: CalibrationLabel;
  isShown: boolean;
  onShow: () => void;
}) {
  const { label, comments, heldFrom, held, threshold, range, onlyFromHolds, onlyToHolds, isUncertain } = row;
  const agreed = agreement(row);
  const disagreements = onlyFromHolds + onlyToHolds;
  return (
    <tr>
      <th scope="row">{labelName(label)}</th>
      <td className={table.number}>{comments.toLocaleString()}</td>
      <td className={table.number}>{scoreText(heldFrom)}</td>
      <td className={table.number}>
        {held.toLocaleString()}
        <span className={marks.small}>{comments > 0 && shareText(held / comments)}</span>
      </td>
      <td className={table.number}>
        {threshold === null ? '–' : scoreText(threshold)}
        {range && <span className={marks.small}>{range.map(scoreText).join(' to ')}</span>}
        {isUncertain && threshold !== null && (
          <span className={own.uncertain}>
            <TriangleAlert size={12} aria-hidden /> uncertain
          </span>
        )}
      </td>
      <td className={table.number}>
        {agreed === null ? '–' : shareText(agreed.shared / agreed.either)}
        {agreed && (
          <span className={marks.small}>
            {agreed.shared.toLocaleString()} of {agreed.either.toLocaleString()}
          </span>
        )}
      </td>
      <td className={table.number}>
        <Button
          size="compact-xs"
          variant={isShown ? 'light' : 'subtle'}
          aria-pressed={isShown}
          aria-label={`${labelName(label)}: show the ${disagreements} comments about which they differ`}
          onClick={onShow}
        >
          {disagreements.toLocaleString()}
        </Button>
      </td>
    </tr>
  );
}

/** The changes to adopt, by label. Uncertain thresholds are adopted only if explicitly selected. */
function Changes({
  labels,
  isAdopted,
  onChange,
}: {
  labels: readonly CalibrationLabel[];
  isAdopted: (label: CalibrationLabel) => boolean;
  onChange: (label: string, isChosen: boolean) => void;
}) {
  const proposals = labels.filter(({ threshold }) => threshold !== null);
  return (
    <>
      <ul className={own.changes}>
        {proposals.map((row) => (
          <li key={row.label}>
            <Checkbox
              size="xs"
              label={`${labelName(row.label)}: held from ${scoreText(row.threshold!)}${row.isUncertain ? ' (uncertain: too few comments were compared or held)' : ''}`}
              checked={isAdopted(row)}
              onChange={(event) => onChange(row.label, event.currentTarget.checked)}
            />
          </li>
        ))}
      </ul>
      They become a new version of the policy, and you can go back to the one before. No scorer is switched on
      or off.
    </>
  );
}

const LONG_CHARS = 600;
const HUMAN_OUTCOME_LABELS: Readonly<Record<string, string>> = {
  publish: 'published it',
  refuse: 'refused it',
};

/** Comments that one scorer would hold and the other would not. */
function Differences({
  calibration,
  label,
}: {
  calibration: ScorerCalibrationSummary;
  label: CalibrationLabel;
}) {
  const { site } = useConsole();
  const { id, from, to } = calibration;
  const list = useInfiniteQuery({
    queryKey: ['calibration', site.id, id, 'differences', label.label],
    queryFn: ({ pageParam, signal }) =>
      api.calibrationDifferences(site.id, id, label.label, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
  const items = list.data?.pages.flatMap((page) => page.items);
  return (
    <section aria-labelledby="differences-title">
      <div className={classes.sub}>
        <h3 id="differences-title">{labelName(label.label)}: where they differ</h3>
      </div>
      {!items ? (
        <LoadState
          what="The comments"
          error={list.error}
          isFetching={list.isFetching}
          onRetry={() => void list.refetch()}
        />
      ) : items.length === 0 ? (
        <p className={classes.note}>
          {label.comments === 0
            ? 'No comment has been compared by this label yet.'
            : 'They would hold the same comments.'}
        </p>
      ) : (
        <ul className={own.comments}>
          {items.map(({ commentId, body, hidden, fromHolds, toHolds, from: first, to: second, people }) => (
            <li key={commentId}>
              <ComparedText text={body} hidden={hidden} />
              <dl className={own.sides}>
                <Side name={from.name} value={first} holds={fromHolds} />
                <Side name={to.name} value={second} holds={toHolds} />
                {people && (
                  <div>
                    <dt>Moderators</dt>
                    <dd>{HUMAN_OUTCOME_LABELS[people] ?? people}</dd>
                  </div>
                )}
              </dl>
            </li>
          ))}
        </ul>
      )}
      <MoreButton list={list} isInset>
        Show more
      </MoreButton>
    </section>
  );
}

/** Shows the beginning of a long text, and the rest on demand. */
function ComparedText({ text, hidden }: { text: string; hidden: readonly (readonly [number, number])[] }) {
  const [isWhole, setWhole] = useState(text.length <= LONG_CHARS);
  const shown = isWhole ? text : text.slice(0, LONG_CHARS);
  return (
    <p className={own.body} dir="auto">
      <BlurredText text={shown} hidden={hidden.filter(([, end]) => end <= shown.length)} />
      {!isWhole && (
        <>
          …{' '}
          <Button size="compact-xs" variant="subtle" onClick={() => setWhole(true)}>
            Show all of it
          </Button>
        </>
      )}
    </p>
  );
}

function Side({ name, value, holds }: { name: string; value: number; holds: boolean }) {
  return (
    <div data-holds={holds}>
      <dt>{name}</dt>
      <dd>
        {value.toFixed(2)} {holds ? 'holds it' : 'lets it pass'}
      </dd>
    </div>
  );
}
