import { useQuery } from '@tanstack/react-query';
import { TrendingUp } from 'lucide-react';
import { api } from '../api.js';
import { fullTime, longAge } from '../shell/format-age.js';
import { useConsole } from '../shell/console-context.js';
import { Failed, Page, LoadingRows } from '../shell/page.js';
import page from '../shell/page.module.css';
import table from '../shell/table.module.css';
import { QUEUE_LABELS } from '../queue/decision-options.js';
import { hrefOf, Link } from '../router.js';
import type { Overview, QueueState } from '../api-types.js';
import classes from './overview.module.css';
import { PaceChart } from './pace-chart.js';

/** Frequent enough to watch live, and cheap enough to leave open overnight. */
const REFRESH_MS = 10_000;

/** Live figures for the site. Numbers are updated in place; nothing moves. */
export function OverviewPage() {
  const { site } = useConsole();
  const live = useQuery({
    queryKey: ['overview', site.id],
    queryFn: ({ signal }) => api.overview(site.id, signal),
    refetchInterval: REFRESH_MS,
    refetchOnWindowFocus: true,
  });
  return (
    <Page
      place="overview"
      title="Overview"
      description="New comments, waiting comments and busy stories. Updated every ten seconds."
    >
      {live.isPending ? (
        <LoadingRows />
      ) : !live.data ? (
        <Failed error={live.error} what="The overview" onRetry={() => void live.refetch()} />
      ) : (
        <OverviewPanels live={live.data} isLost={live.isError} siteId={site.id} />
      )}
    </Page>
  );
}

function OverviewPanels({ live, isLost, siteId }: { live: Overview; isLost: boolean; siteId: string }) {
  const now = Date.parse(live.at);
  const spikes = live.stories.filter(({ isSpike }) => isSpike);
  return (
    <>
      {isLost && (
        <div className={page.note} data-state="waiting" role="status">
          <span>The server does not answer. These are the figures of {fullTime(live.at)}.</span>
        </div>
      )}
      {(live.isSpike || spikes.length > 0) && (
        <div className={page.note} data-state="waiting" role="status">
          <span>
            <b>Far more than usual.</b> {spikeText(live)}
          </span>
        </div>
      )}
      <dl className={classes.numbers}>
        <KeyFigure
          name="Comments a minute"
          value={rate(live.perMinute)}
          detail="mean of the last five minutes"
        />
        <KeyFigure
          name="In the last hour"
          value={live.comments.toLocaleString()}
          detail={
            live.usual === null
              ? 'the usual number is known after a week'
              : `usually ${Math.round(live.usual).toLocaleString()} at this hour`
          }
        />
        <KeyFigure name="Held in the last hour" value={live.held.toLocaleString()} detail="by a rule" />
        <KeyFigure name="Decided in the last hour" value={live.decided.toLocaleString()} detail="by people" />
      </dl>
      <PaceChart minutes={live.minutes} usual={live.usual} />
      <div className={classes.layout}>
        <Stories live={live} siteId={siteId} />
        <div>
          <section aria-labelledby="waiting-title">
            <h2 id="waiting-title">What waits</h2>
            <ul className={classes.waiting}>
              {live.waiting.map(({ state, count, oldest, median }) => (
                <li key={state}>
                  <Link
                    href={hrefOf('/', { site: siteId, state: state === 'held' ? null : state })}
                    data-none={count === 0 || undefined}
                  >
                    <span>{QUEUE_LABELS[state as QueueState]}</span>
                    <b>{count.toLocaleString()}</b>
                    <span>
                      {oldest && median
                        ? `Oldest ${longAge(oldest, now)}, half of them ${longAge(median, now)} or longer`
                        : 'Nothing waits'}
                    </span>
                  </Link>
                </li>
              ))}
            </ul>
          </section>
          <section aria-labelledby="present-title">
            <h2 id="present-title" style={{ marginBlockStart: 'var(--pb-space-6)' }}>
              Moderators online
            </h2>
            {live.present.length === 0 ? (
              <p className={page.soft}>Nobody has a comment open.</p>
            ) : (
              <ul className={classes.people}>
                {live.present.map(({ id, name }) => (
                  <li key={id}>{name}</li>
                ))}
              </ul>
            )}
          </section>
        </div>
      </div>
    </>
  );
}

function Stories({ live, siteId }: { live: Overview; siteId: string }) {
  return (
    <section aria-labelledby="stories-title">
      <h2 id="stories-title">Busiest stories</h2>
      {live.stories.length === 0 ? (
        <p className={page.soft}>Nobody has written anything in the last hour.</p>
      ) : (
        <div className={table.ruled} tabIndex={0} role="region" aria-label="Stories of the last hour">
          <table className={table.table}>
            <thead>
              <tr>
                <th scope="col">Story</th>
                <th scope="col" className={table.number}>
                  Last hour
                </th>
                <th scope="col" className={table.number}>
                  Usual
                </th>
                <th scope="col" className={table.number}>
                  Held
                </th>
              </tr>
            </thead>
            <tbody>
              {live.stories.map((story) => (
                <tr key={story.id}>
                  <th scope="row">
                    <span className={classes.story}>
                      <Link href={hrefOf('/stories', { site: siteId, story: story.id })}>{story.title}</Link>
                      {story.isSpike && (
                        <span className={classes.spike}>
                          <TrendingUp size={12} aria-hidden /> Spike
                        </span>
                      )}
                    </span>
                    <span className={page.small}>
                      {[story.section, story.state === 'closed' && 'closed'].filter(Boolean).join(' · ')}
                    </span>
                  </th>
                  <td className={table.number}>{story.comments.toLocaleString()}</td>
                  <td className={table.number}>{rate(story.usual)}</td>
                  <td className={table.number}>
                    {story.waiting >= 1000 ? '1,000+' : story.waiting.toLocaleString()}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <p className={classes.how}>
        A story spikes from 15 comments an hour and three times its usual, which is its own mean of the day
        before or that of the stories of this hour, whichever is more; the site from 30 and twice what this
        hour of the day usually has. What chance alone may give is no spike.
      </p>
    </section>
  );
}

function KeyFigure({ name, value, detail }: { name: string; value: string; detail: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className={classes.big}>{value}</dd>
      <dd className={classes.detail}>{detail}</dd>
    </div>
  );
}

const rate = (value: number): string =>
  value.toLocaleString(undefined, { maximumFractionDigits: value < 10 ? 1 : 0 });

function spikeText({ isSpike, comments, usual, stories }: Overview): string {
  const site = isSpike
    ? `The site has ${comments.toLocaleString()} comments in this hour, usually ${Math.round(usual ?? 0).toLocaleString()}.`
    : '';
  const spikes = stories
    .filter((story) => story.isSpike)
    .map((story) => `“${story.title}” has ${story.comments.toLocaleString()}, usually ${rate(story.usual)}.`);
  return [site, ...spikes].filter(Boolean).join(' ');
}
