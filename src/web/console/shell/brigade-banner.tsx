import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Users } from 'lucide-react';
import { useState } from 'react';
import { api, ProblemError } from '../api.js';
import type { Brigade } from '../api-types.js';
import { hrefOf, Link } from '../router.js';
import classes from './brigade-banner.module.css';
import { useConsole, useConsoleListener } from './console-context.js';
import { clockTime } from './format-age.js';
import { mayDecide } from './permissions.js';

const STRICT_HOURS = 6;
/** The other groups are shown on request, so that the banner leaves room for the page. */
const MAX_SHOWN = 1;
const OFFLINE = 'The server does not answer. Nothing was changed; try again.';
const brigadesKey = (site: string) => ['brigades', site];

/**
 * Tells staff on every page about groups of new accounts that comment on one story or post one text, with buttons for
 * strict mode and dismissal. Renders nothing if there is none.
 */
export function BrigadeBanner() {
  const { site } = useConsole();
  const queries = useQueryClient();
  const [showsAll, setShowsAll] = useState(false);
  /** The group that was just dismissed here, until the undo message is closed. */
  const [dismissed, setDismissed] = useState<Brigade | null>(null);
  const key = brigadesKey(site.id);
  const { data } = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => api.brigades(site.id, signal),
    refetchInterval: 60_000,
  });
  const brigades = (data?.items ?? []).filter(({ id }) => id !== dismissed?.id);
  const update = () => void queries.invalidateQueries({ queryKey: key });
  const updateCounts = () => {
    if (brigades.length > 0) update();
  };
  useConsoleListener({ brigades: update, resumed: update, bulk: updateCounts, left: updateCounts });
  const change = useMutation({
    mutationFn: (action: () => Promise<unknown>) => action(),
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: key }),
        queries.invalidateQueries({ queryKey: ['story'] }),
        queries.invalidateQueries({ queryKey: ['stories', site.id] }),
      ]),
  });
  if (brigades.length === 0 && !dismissed) return null;
  const shown = showsAll ? brigades : brigades.slice(0, MAX_SHOWN);
  return (
    <section className={classes.banner} aria-label="New accounts at once">
      {change.isError && (
        <div className={classes.row} role="alert">
          <p className={classes.fault}>
            {change.error instanceof ProblemError ? change.error.message : OFFLINE}
          </p>
        </div>
      )}
      {dismissed && (
        <div className={classes.row}>
          <p className={classes.text} role="status">
            Nothing more is held for {subjectOf(dismissed)} until {clockTime(dismissed.dismissedUntil!)}. What
            is held stays held.
          </p>
          <div className={classes.actions}>
            <Button
              size="compact-sm"
              variant="default"
              disabled={change.isPending}
              onClick={() =>
                change.mutate(async () => {
                  await api.restoreBrigade(dismissed.id);
                  setDismissed(null);
                })
              }
            >
              Undo
            </Button>
            <Button size="compact-sm" variant="subtle" color="gray" onClick={() => setDismissed(null)}>
              Close
            </Button>
          </div>
        </div>
      )}
      {shown.map((brigade) => (
        <BrigadeRow
          key={brigade.id}
          brigade={brigade}
          isBusy={change.isPending}
          onStrict={(storyId) =>
            change.mutate(() => api.setStrict(storyId, { reason: reasonOf(brigade), hours: STRICT_HOURS }))
          }
          onStrictEnd={(storyId) => change.mutate(() => api.endStrict(storyId))}
          onDismiss={() => change.mutate(async () => setDismissed(await api.dismissBrigade(brigade.id)))}
        />
      ))}
      {brigades.length > MAX_SHOWN && (
        <div className={classes.row}>
          <Button
            size="compact-sm"
            variant="subtle"
            aria-expanded={showsAll}
            onClick={() => setShowsAll(!showsAll)}
          >
            {showsAll ? 'Show only the newest' : `${brigades.length - MAX_SHOWN} more like this`}
          </Button>
        </div>
      )}
    </section>
  );
}

function BrigadeRow(props: {
  brigade: Brigade;
  isBusy: boolean;
  onStrict: (storyId: string) => void;
  onStrictEnd: (storyId: string) => void;
  onDismiss: () => void;
}) {
  const { brigade, isBusy } = props;
  const { site } = useConsole();
  const { story, strict, held, published } = brigade;
  const canDecide = mayDecide(site.role);
  const listOf = (state: 'published' | null) => hrefOf('/', { site: site.id, state, brigade: brigade.id });
  return (
    <div className={classes.row}>
      <p className={classes.text}>
        <Users size={16} strokeWidth={1.75} aria-hidden />
        <span>
          <b role="status">{reasonOf(brigade)}</b>
          {': '}
          {story ? (
            <Link href={hrefOf('/stories', { site: site.id, story: story.id })} dir="auto">
              {story.title}
            </Link>
          ) : (
            `on ${brigade.stories} stories`
          )}
          .{' '}
          <Link className={classes.count} href={listOf(null)}>
            {held.toLocaleString()} held
          </Link>
          {published > 0 && (
            <>
              ,{' '}
              <Link className={classes.count} href={listOf('published')}>
                {published.toLocaleString()} published
              </Link>
            </>
          )}
        </span>
      </p>
      <div className={classes.actions}>
        {strict && (
          <span className={classes.until}>
            Strict mode{strict.until && ` until ${clockTime(strict.until)}`}
          </span>
        )}
        {canDecide &&
          story &&
          (strict?.until ? (
            <Button
              size="compact-sm"
              variant="default"
              disabled={isBusy}
              onClick={() => props.onStrictEnd(story.id)}
            >
              End strict mode
            </Button>
          ) : strict ? null : (
            <Button
              size="compact-sm"
              disabled={isBusy}
              title={`Every comment on this story waits for a moderator for ${STRICT_HOURS} hours`}
              onClick={() => props.onStrict(story.id)}
            >
              Strict mode for this story
            </Button>
          ))}
        {canDecide && (
          <Button
            size="compact-sm"
            variant="default"
            disabled={isBusy}
            title="Nothing more is held for it for some hours. What is held stays held."
            onClick={props.onDismiss}
          >
            Not a brigade
          </Button>
        )}
      </div>
    </div>
  );
}

const reasonOf = ({ kind, readers }: Brigade): string =>
  `${readers.toLocaleString()} new accounts ${kind === 'story' ? 'commented on one story' : 'posted nearly the same text'}`;

const subjectOf = ({ kind, story }: Brigade): string =>
  kind === 'text' || !story ? 'this text' : `“${story.title}”`;
