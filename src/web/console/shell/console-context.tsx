import { useQueryClient } from '@tanstack/react-query';
import { createContext, useContext, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { api } from '../api.js';
import { BulkDecisionStore } from '../queue/bulk-decision-store.js';
import { DecisionStore } from '../queue/decision-store.js';
import { useAddress } from '../router.js';
import { SecondFactorRequired } from '../session/second-factor-required.js';
import { useSessionContext } from '../session/session.js';
import type { QueueEvents, ConsoleSettings, SiteRef } from '../api-types.js';
import { useConsoleSettings } from './console-settings.js';
import { BreakReminder } from './break-reminder.js';
import { useQueueEvents, type StreamState } from './use-queue-events.js';

interface Listener {
  arrived?(event: QueueEvents['arrived']): void;
  left?(event: QueueEvents['left']): void;
  bulk?(): void;
  brigades?(): void;
  resumed?(): void;
}

interface ConsoleContextValue {
  site: SiteRef;
  streamState: StreamState;
  decisions: DecisionStore;
  bulkDecisions: BulkDecisionStore;
  settings: ConsoleSettings;
  /** The moderator is on a break and has no claims. */
  isPaused: boolean;
  setPaused: (paused: boolean) => void;
  listeners: Set<Listener>;
}

const Context = createContext<ConsoleContextValue | null>(null);
const LAST_SITE_KEY = 'pb-site';

/**
 * Provides what all screens share: the site, its event stream, and decisions that can still be undone. `noSite` is
 * rendered instead if there is no site.
 */
export function ConsoleProvider({ children, noSite }: { children: ReactNode; noSite: ReactNode }) {
  const { state } = useSessionContext();
  const { params } = useAddress();
  const queries = useQueryClient();
  const sites = state.kind === 'signed-in' ? state.session.sites : [];
  const siteId = params.get('site') ?? localStorage.getItem(LAST_SITE_KEY);
  const site = sites.find(({ id }) => id === siteId) ?? sites[0];
  if (!site) return noSite;
  if (site.needsSecondFactor) return <SecondFactorRequired site={site} />;
  return (
    <ConsoleForSite
      key={site.id}
      site={site}
      queries={queries}
      ended={state.kind === 'signed-in' && state.ended}
    >
      {children}
    </ConsoleForSite>
  );
}

function ConsoleForSite(props: {
  site: SiteRef;
  queries: ReturnType<typeof useQueryClient>;
  ended: boolean;
  children: ReactNode;
}) {
  const { site, queries } = props;
  const [decisions] = useState(() => new DecisionStore(api, queries));
  const [bulkDecisions] = useState(
    () => new BulkDecisionStore(api, decisions, sessionStorage, `pb-bulk-decisions-${site.id}`),
  );
  const [isPaused, setPaused] = useState(false);
  const settings = useConsoleSettings();
  const [listeners] = useState(() => new Set<Listener>());
  const streamState = useQueueEvents(
    site.id,
    {
      arrived: (event) => listeners.forEach((listener) => listener.arrived?.(event)),
      left: (event) => listeners.forEach((listener) => listener.left?.(event)),
      bulk: () => listeners.forEach((listener) => listener.bulk?.()),
      brigades: () => listeners.forEach((listener) => listener.brigades?.()),
      resumed: () => listeners.forEach((listener) => listener.resumed?.()),
    },
    props.ended,
  );
  useEffect(() => localStorage.setItem(LAST_SITE_KEY, site.id), [site.id]);
  const value = useMemo(
    () => ({
      site,
      streamState,
      decisions,
      bulkDecisions,
      settings,
      isPaused,
      setPaused,
      listeners,
    }),
    [site, streamState, decisions, bulkDecisions, settings, isPaused, listeners],
  );
  return (
    <Context.Provider value={value}>
      {props.children}
      <BreakReminder afterMinutes={settings.pauseAfterMinutes} isPaused={isPaused} onPause={setPaused} />
    </Context.Provider>
  );
}

export function useConsole(): ConsoleContextValue {
  const context = useContext(Context);
  if (!context) throw new Error('useConsole is used outside of ConsoleProvider');
  return context;
}

/** Listens to the site's event stream while mounted. */
export function useConsoleListener(listener: Listener): void {
  const { listeners } = useConsole();
  const latest = useRef(listener);
  useEffect(() => {
    latest.current = listener;
  });
  useEffect(() => {
    const latestListener: Listener = {
      arrived: (event) => latest.current.arrived?.(event),
      left: (event) => latest.current.left?.(event),
      bulk: () => latest.current.bulk?.(),
      brigades: () => latest.current.brigades?.(),
      resumed: () => latest.current.resumed?.(),
    };
    listeners.add(latestListener);
    return () => void listeners.delete(latestListener);
  }, [listeners]);
}
