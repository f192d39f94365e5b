import { useQueryClient } from '@tanstack/react-query';
import { createContext, useCallback, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import { api, onSessionEnded, ProblemError, type Credentials } from '../api.js';
import { go, hrefOf } from '../router.js';
import type { Session } from '../api-types.js';

type State =
  | { kind: 'loading' }
  | { kind: 'unreachable' }
  | { kind: 'signed-out' }
  | { kind: 'signed-in'; session: Session; ended: boolean };

interface SessionContext {
  state: State;
  signIn: (credentials: Credentials) => Promise<Session>;
  signOut: () => Promise<void>;
  adopt: (session: Session) => void;
  /** Fetches the session again after an account change. */
  refresh: () => void;
  retry: () => void;
}

const Context = createContext<SessionContext | null>(null);

/** Provides the session. When the server ends it, the console stays as it is under a sign-in form. */
export function SessionProvider({ children }: { children: ReactNode }) {
  const queries = useQueryClient();
  const [state, setState] = useState<State>({ kind: 'loading' });
  const [attempt, setAttempt] = useState(0);

  useEffect(() => {
    let isCurrent = true;
    // A one-time link may sign in while this request is pending, which makes its response out of date.
    const finishLoading = (next: State) =>
      setState((previous) => (previous.kind === 'loading' ? next : previous));
    api.session().then(
      (session) => isCurrent && finishLoading({ kind: 'signed-in', session, ended: false }),
      (error: unknown) => {
        if (!isCurrent) return;
        const refused = error instanceof ProblemError && error.status === 401;
        finishLoading({ kind: refused ? 'signed-out' : 'unreachable' });
      },
    );
    return () => {
      isCurrent = false;
    };
  }, [attempt]);

  useEffect(
    () =>
      onSessionEnded(() =>
        setState((previous) => (previous.kind === 'signed-in' ? { ...previous, ended: true } : previous)),
      ),
    [],
  );

  const adopt = useCallback(
    (session: Session) => {
      setState((previous) => {
        const isSamePerson =
          previous.kind === 'signed-in' && previous.session.moderator.id === session.moderator.id;
        // Another person using the same browser must not see the previous person's data.
        if (!isSamePerson) queries.clear();
        return { kind: 'signed-in', session, ended: false };
      });
      void queries.invalidateQueries();
    },
    [queries],
  );

  const value = useMemo<SessionContext>(
    () => ({
      state,
      adopt,
      signIn: async (credentials) => {
        const session = await api.signIn(credentials);
        adopt(session);
        return session;
      },
      signOut: async () => {
        await api.signOut();
        queries.clear();
        setState({ kind: 'signed-out' });
        go(hrefOf('/sign-in'));
      },
      refresh: () => void api.session().then(adopt, () => undefined),
      retry: () => {
        setState({ kind: 'loading' });
        setAttempt((n) => n + 1);
      },
    }),
    [state, adopt, queries],
  );

  return <Context.Provider value={value}>{children}</Context.Provider>;
}

export function useSessionContext(): SessionContext {
  const context = useContext(Context);
  if (!context) throw new Error('useSessionContext is used outside of SessionProvider');
  return context;
}

/** The current session. Use it only below `SignInRequired`. */
export function useSession(): Session {
  const { state } = useSessionContext();
  if (state.kind !== 'signed-in') throw new Error('useSession is used before sign-in');
  return state.session;
}
