import { Button, NativeSelect, SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { api } from '../api.js';
import { intervalText, percent } from '../charts/chart-labels.js';
import { useConsole } from '../shell/console-context.js';
import { Failed, Page, LoadingRows } from '../shell/page.js';
import page from '../shell/page.module.css';
import { mayManage } from '../shell/permissions.js';
import { go, hrefOf, Link, useAddress } from '../router.js';
import type { Estimate, Quality } from '../api-types.js';
import { AgreementSection } from './agreement.section.js';
import { CalibrationSection } from './calibration.section.js';
import { DaysChart, HoursChart } from './quality-charts.js';
import classes from './quality.module.css';
import { RulesTable } from './rules-table.js';
import { SamplingSection } from './sampling.section.js';

const WINDOWS = [
  { value: '7', label: 'The last 7 days' },
  { value: '30', label: 'The last 30 days' },
  { value: '90', label: 'The last 90 days' },
];
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';

/** Quality figures of decisions, each with the sample it is based on. */
export function QualityPage() {
  const { site } = useConsole();
  const { params } = useAddress();
  const days = WINDOWS.some(({ value }) => value === params.get('days')) ? Number(params.get('days')) : 30;
  const part = params.get('part') === 'sample' && mayManage(site.role) ? 'sample' : 'figures';
  const navigate = (change: { days?: string; part?: string }) =>
    go(
      hrefOf('/quality', {
        site: site.id,
        days: String(days),
        part: part === 'figures' ? null : part,
        ...change,
      }),
      { replace: true },
    );
  const quality = useQuery({
    queryKey: ['quality', site.id, days, zone],
    queryFn: ({ signal }) => api.quality(site.id, { days, zone }, signal),
  });
  const exportUrl = (format: 'csv' | 'json') => api.qualityExportUrl(site.id, { days, zone, format });

  return (
    <Page
      place="quality"
      title="Quality"
      description="How often rules and people decide correctly. Every share shows its number of decisions and its 95 % confidence interval."
      actions={
        <>
          <Button
            component="a"
            href={exportUrl('csv')}
            download
            variant="default"
            leftSection={<Download size={15} aria-hidden />}
          >
            Export CSV
          </Button>
          <Button component="a" href={exportUrl('json')} download variant="default">
            JSON
          </Button>
        </>
      }
    >
      <div className={classes.bar}>
        <NativeSelect
          size="xs"
          label="Period"
          value={String(days)}
          data={WINDOWS}
          onChange={(event) => navigate({ days: event.currentTarget.value })}
        />
        {mayManage(site.role) && (
          <SegmentedControl
            aria-label="Part"
            size="xs"
            value={part}
            data={[
              { value: 'figures', label: 'Figures' },
              { value: 'sample', label: 'The sample' },
            ]}
            onChange={(value) => navigate({ part: value === 'figures' ? '' : value })}
          />
        )}
      </div>
      {part === 'sample' ? (
        <SamplingSection siteId={site.id} />
      ) : quality.isPending ? (
        <LoadingRows />
      ) : !quality.data ? (
        <Failed error={quality.error} what="The figures" onRetry={() => void quality.refetch()} />
      ) : quality.data.rules.length === 0 ? (
        <div className={page.empty}>
          <h2>No decisions in this period</h2>
          <p>
            This page shows what rules decide on their own, how often people would decide differently, and how
            long comments wait. Figures are at most a minute old.
          </p>
        </div>
      ) : (
        <Figures quality={quality.data} siteId={site.id} days={days} />
      )}
    </Page>
  );
}

function Figures({ quality, siteId, days }: { quality: Quality; siteId: string; days: number }) {
  const { sample } = quality;
  return (
    <>
      <dl className={classes.numbers}>
        <Share name="Decided without a person" estimate={quality.automatic} />
        <Share name="Held, and people published it" estimate={quality.falseHolds} />
        <Share name="Published, and people would reject it" estimate={sample.published.wrong} />
        <Share name="Rejected, and people would publish it" estimate={sample.rejected.wrong} />
      </dl>
      {sample.waiting > 0 && (
        <div className={page.note} role="status">
          <span>
            {sample.waiting.toLocaleString()} {sample.waiting === 1 ? 'text' : 'texts'} of the sample{' '}
            {sample.waiting === 1 ? 'waits' : 'wait'} for a judgement; the last two figures grow surer with
            each.
          </span>
          <Button size="xs" variant="default" component={Link} href={hrefOf('/sample', { site: siteId })}>
            Review some
          </Button>
        </div>
      )}
      <section className={classes.part} aria-labelledby="days-title">
        <h2 id="days-title">What rules decided</h2>
        <DaysChart days={quality.perDay} />
        <RulesTable rules={quality.rules} />
      </section>
      <CalibrationSection siteId={siteId} days={days} />
      <section className={classes.part} aria-labelledby="hours-title">
        <h2 id="hours-title">How long comments wait</h2>
        <p>
          From when a person was waited for to the decision, by the hour in which it was made (
          {quality.zone.replace(/_/g, ' ')}).
        </p>
        <HoursChart hours={quality.hours} waited={quality.waited} />
      </section>
      <AgreementSection quality={quality} />
    </>
  );
}

function Share({ name, estimate }: { name: string; estimate: Estimate }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className={classes.big} data-unknown={estimate.value === null || undefined}>
        {estimate.value === null ? 'Not known yet' : percent(estimate.value)}
      </dd>
      <dd className={classes.interval}>{intervalText(estimate)}</dd>
    </div>
  );
}
