import { useQueryClient } from '@tanstack/react-query';
import { createContext, useContext, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { api } from '../api.js';
import { BulkDesk } from '../queue/bulk-desk.js';
import { DecisionDesk } from '../queue/decision-desk.js';
import { useAddress } from '../router.js';
import { SecondFactorAsked } from '../session/second-factor-asked.js';
import { useSessionDesk } from '../session/session.js';
import type { DeskEvents, DeskSettings, SiteRef } from '../wire.js';
import { useDeskSettings } from './desk-settings.js';
import { PauseReminder } from './pause-reminder.js';
import { useDeskEvents, type Wire } from './use-desk-events.js';

interface Listener {
  arrived?(event: DeskEvents['arrived']): void;
  left?(event: DeskEvents['left']): void;
  bulk?(): void;
  resumed?(): void;
}

interface Desk {
  site: SiteRef;
  wire: Wire;
  decisions: DecisionDesk;
  bulks: BulkDesk;
  settings: DeskSettings;
  /** The moderator takes a break: nothing is in their hand. */
  isPaused: boolean;
  setPaused: (paused: boolean) => void;
  listeners: Set<Listener>;
}

const Context = createContext<Desk | null>(null);
const LAST_SITE = 'pb-site';

/** What all screens share: the site, its event stream, and the decisions that can still be undone. `noSite`: in their place, where there is none. */
export function DeskProvider({ children, noSite }: { children: ReactNode; noSite: ReactNode }) {
  const { state } = useSessionDesk();
  const { params } = useAddress();
  const queries = useQueryClient();
  const sites = state.kind === 'signed-in' ? state.session.sites : [];
  const wanted = params.get('site') ?? localStorage.getItem(LAST_SITE);
  const site = sites.find(({ id }) => id === wanted) ?? sites[0];
  if (!site) return noSite;
  if (site.closed) return <SecondFactorAsked site={site} />;
  return (
    <Loaded key={site.id} site={site} queries={queries} ended={state.kind === 'signed-in' && state.ended}>
      {children}
    </Loaded>
  );
}

function Loaded(props: {
  site: SiteRef;
  queries: ReturnType<typeof useQueryClient>;
  ended: boolean;
  children: ReactNode;
}) {
  const { site, queries } = props;
  const [decisions] = useState(() => new DecisionDesk(api, queries));
  const [bulks] = useState(() => new BulkDesk(api, decisions, sessionStorage, `pb-many-${site.id}`));
  const [isPaused, setPaused] = useState(false);
  const settings = useDeskSettings();
  const [listeners] = useState(() => new Set<Listener>());
  const wire = useDeskEvents(
    site.id,
    {
      arrived: (event) => listeners.forEach((each) => each.arrived?.(event)),
      left: (event) => listeners.forEach((each) => each.left?.(event)),
      bulk: () => listeners.forEach((each) => each.bulk?.()),
      resumed: () => listeners.forEach((each) => each.resumed?.()),
    },
    props.ended,
  );
  useEffect(() => localStorage.setItem(LAST_SITE, site.id), [site.id]);
  const desk = useMemo(
    () => ({ site, wire, decisions, bulks, settings, isPaused, setPaused, listeners }),
    [site, wire, decisions, bulks, settings, isPaused, listeners],
  );
  return (
    <Context.Provider value={desk}>
      {props.children}
      <PauseReminder afterMinutes={settings.pauseAfterMinutes} isPaused={isPaused} onPause={setPaused} />
    </Context.Provider>
  );
}

export function useDesk(): Desk {
  const desk = useContext(Context);
  if (!desk) throw new Error('useDesk is used outside of DeskProvider');
  return desk;
}

/** Hears the site's event stream while mounted. */
export function useDeskListener(listener: Listener): void {
  const { listeners } = useDesk();
  const latest = useRef(listener);
  useEffect(() => {
    latest.current = listener;
  });
  useEffect(() => {
    const through: Listener = {
      arrived: (event) => latest.current.arrived?.(event),
      left: (event) => latest.current.left?.(event),
      bulk: () => latest.current.bulk?.(),
      resumed: () => latest.current.resumed?.(),
    };
    listeners.add(through);
    return () => void listeners.delete(through);
  }, [listeners]);
}
