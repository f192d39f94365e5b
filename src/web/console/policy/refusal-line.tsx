import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api } from '../api.js';
import { percent } from '../charts/chart-labels.js';
import { Failed, LoadingRows } from '../shell/page.js';
import page from '../shell/page.module.css';
import classes from './policy.module.css';

interface Props {
  siteId: string;
  /** The hold threshold of `refusal` in the draft; null: it holds nothing. */
  hold: number | null;
  onHold: (hold: number) => void;
}

/** The threshold of `refusal`, chosen by what it would have done with the site's latest comments. */
export function RefusalLine({ siteId, hold, onHold }: Props) {
  const calibration = useQuery({
    queryKey: ['quality-label', siteId, 'refusal', 30, 50],
    queryFn: ({ signal }) => api.calibration(siteId, 'refusal', { days: 30, errorPerMille: 50 }, signal),
  });
  if (calibration.isPending) return <LoadingRows rows={2} />;
  if (!calibration.data)
    return (
      <Failed
        error={calibration.error}
        what="The figures for your comments"
        onRetry={() => void calibration.refetch()}
      />
    );
  const { effects, latestComments } = calibration.data;
  if (effects.length === 0)
    return (
      <p className={page.soft}>
        As soon as comments are scored, you see here how many each threshold would hold.
      </p>
    );
  const distance = (effect: { hold: number }): number => Math.abs(effect.hold - (hold ?? 1));
  const nearest = effects.reduce((best, effect) => (distance(effect) < distance(best) ? effect : best));
  const choose = (index: number) => onHold(effects[index]!.hold);
  const select = (label: string, shareOf: (effect: typeof nearest) => number) => (
    <NativeSelect
      size="xs"
      label={label}
      value={String(effects.indexOf(nearest))}
      data={effects.map((effect, index) => ({
        value: String(index),
        label: `${percent(shareOf(effect))} (from ${effect.hold})`,
      }))}
      onChange={(event) => choose(Number(event.currentTarget.value))}
    />
  );
  return (
    <div className={classes.line}>
      <label className={classes.slider}>
        Hold more or less
        <input
          type="range"
          min={0}
          max={effects.length - 1}
          // Moving the slider to the right holds more.
          value={effects.length - 1 - effects.indexOf(nearest)}
          aria-valuetext={`held from ${nearest.hold}`}
          onChange={(event) => choose(effects.length - 1 - Number(event.currentTarget.value))}
        />
      </label>
      <div className={classes.fields}>
        {select('Hold about', ({ held }) => held)}
        {select('Miss about', ({ missed }) => missed)}
      </div>
      <p className={page.soft} aria-live="polite">
        {hold === null
          ? 'Refusal holds nothing now.'
          : `Of your latest ${latestComments.toLocaleString('en')} comments, ${percent(nearest.held)} score ${nearest.hold} or more and would be held. Of what moderators would refuse, about ${percent(nearest.missed)} score less, as far as the scores are right.`}
      </p>
    </div>
  );
}
