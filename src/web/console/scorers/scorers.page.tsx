import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { CircleCheck, CirclePause, CircleSlash, Plus, TriangleAlert } from 'lucide-react';
import { useEffect, useState } from 'react';
import marks from '../shell/marks.module.css';
import classes from '../shell/sections.module.css';
import { LoadState } from '../shell/load-state.js';
import { SectionHeader } from '../shell/section-header.js';
import { api } from '../api.js';
import { useConsole } from '../shell/console-context.js';
import { Frame } from '../shell/frame.js';
import { HelpModal } from '../shell/help-modal.js';
import { useKeys } from '../shell/keys.js';
import { useNow } from '../shell/use-now.js';
import { navigationKeys } from '../shell/navigation.js';
import { mayManage } from '../shell/permissions.js';
import type { ShownSecret } from '../shell/rotate-panel.js';
import { SecretCard } from '../shell/secret-card.js';
import { go, hrefOf, Link, useAddress } from '../router.js';
import type { Scorer } from '../api-types.js';
import { CompareSection } from './compare.section.js';
import { ScorerForm } from './scorer-form.js';
import { KIND_LABELS, stateOf } from './scorer-labels.js';
import { ScorerView } from './scorer-view.js';

/** External scorers used alongside the local model, and their health. */
export function ScorersPage() {
  const { site } = useConsole();
  const { params } = useAddress();
  const now = useNow();
  const [isHelpOpen, setHelpOpen] = useState(false);
  const [isAdding, setAdding] = useState(false);
  const [secret, setSecret] = useState<ShownSecret | null>(null);
  const isAllowed = mayManage(site.role);
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ['scorers', site.id],
    queryFn: ({ signal }) => api.scorers(site.id, signal),
    refetchInterval: 10_000,
    enabled: isAllowed,
  });
  const calibrations = useQuery({
    queryKey: ['calibrations', site.id],
    queryFn: ({ signal }) => api.scorerCalibrations(site.id, signal),
    refetchInterval: 10_000,
    enabled: isAllowed,
  });
  const runningCalibration = calibrations.data?.items.find(({ state }) => state === 'running');
  const isCompared = (key: string) =>
    [runningCalibration?.from.id, runningCalibration?.to.id].some((id) => id === `external:${key}`);
  const scorers = data?.items ?? [];
  const chosen = scorers.find(({ key }) => key === params.get('scorer')) ?? scorers[0];
  const isComparing = params.get('view') === 'compare';
  const hrefTo = (key: string) => hrefOf('/scorers', { site: site.id, scorer: key });

  useEffect(() => {
    document.title = `Scorers · ${site.name} · Postbag`;
  }, [site.name]);
  useKeys({ ...navigationKeys(site), '?': () => setHelpOpen(true) });

  return (
    <Frame active="scorers" onHelp={() => setHelpOpen(true)}>
      <main className={classes.page}>
        <nav className={classes.parts} aria-labelledby="scorers-title">
          <h1 id="scorers-title">Scorers</h1>
          {scorers.map((scorer) => (
            <Link
              key={scorer.key}
              href={hrefTo(scorer.key)}
              aria-current={!isComparing && !isAdding && scorer.key === chosen?.key ? 'true' : undefined}
              onClick={() => setAdding(false)}
            >
              <b>{scorer.name}</b>
              <span className={marks.line}>
                <ScorerMark scorer={scorer} now={now} isCompared={isCompared(scorer.key)} />{' '}
                {KIND_LABELS[scorer.kind]}
              </span>
            </Link>
          ))}
          {scorers.length === 0 && (
            <Link
              href={hrefOf('/scorers', { site: site.id })}
              aria-current={isComparing ? undefined : 'true'}
            >
              <b>External scorers</b>
              <span>None yet</span>
            </Link>
          )}
          {isAllowed && (
            <Link
              href={hrefOf('/scorers', { site: site.id, view: 'compare' })}
              aria-current={isComparing ? 'true' : undefined}
            >
              <b>Compare two scorers</b>
              <span>Before you switch</span>
            </Link>
          )}
        </nav>
        {isComparing && isAllowed ? (
          <CompareSection key={site.id} />
        ) : (
          <section className={classes.part} aria-label="External scorers">
            <SectionHeader
              title="External scorers"
              text="They score new texts in addition to the local model. If one returns no score, the comment is held or the local model decides, as you choose."
            >
              {isAllowed && (
                <Button
                  size="xs"
                  leftSection={<Plus size={14} aria-hidden />}
                  disabled={!data}
                  onClick={() => setAdding(true)}
                >
                  Add a scorer
                </Button>
              )}
            </SectionHeader>
            {secret && (
              <SecretCard secret={secret.value} text={secret.text} onClose={() => setSecret(null)} />
            )}
            {!isAllowed ? (
              <p className={classes.note}>Only owners and admins of the site can see its scorers.</p>
            ) : !data ? (
              <LoadState
                what="The scorers"
                error={error}
                isFetching={isFetching}
                onRetry={() => void refetch()}
              />
            ) : isAdding ? (
              <ScorerForm
                usedKeys={scorers.map(({ key }) => key)}
                onClose={() => setAdding(false)}
                onSaved={async (saved) => {
                  if (saved.secret)
                    setSecret({
                      value: saved.secret,
                      text: 'This secret signs the requests. It is not shown again.',
                    });
                  await refetch();
                  setAdding(false);
                  go(hrefTo(saved.key));
                }}
              />
            ) : chosen ? (
              <ScorerView
                key={chosen.key}
                scorer={chosen}
                now={now}
                isCompared={isCompared(chosen.key)}
                onSecret={setSecret}
              />
            ) : (
              <div className={classes.empty}>
                <h3>Only the local model scores</h3>
                <p>
                  Your own model, a chat model that judges by your rules, an endpoint compatible with OpenAI’s
                  moderations, Perspective API or Akismet can score in addition. Texts are sent to whoever
                  runs it.
                </p>
                <Button leftSection={<Plus size={15} aria-hidden />} onClick={() => setAdding(true)}>
                  Add a scorer
                </Button>
              </div>
            )}
          </section>
        )}
      </main>
      <HelpModal opened={isHelpOpen} onClose={() => setHelpOpen(false)} />
    </Frame>
  );
}

const ICONS = { good: CircleCheck, warn: TriangleAlert, bad: CirclePause, off: CircleSlash };

/** The state of a scorer in a word. */
export function ScorerMark({
  scorer,
  now,
  isCompared,
}: {
  scorer: Scorer;
  now: number;
  isCompared: boolean;
}) {
  const { kind, text } = stateOf(scorer, now, isCompared);
  const Icon = ICONS[kind];
  return (
    <span className={marks.mark} data-kind={kind}>
      <Icon size={13} strokeWidth={2} aria-hidden />
      {text}
    </span>
  );
}
