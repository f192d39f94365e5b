import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, type ReactNode } from 'react';
import { AccessPage } from './access/access.page.js';
import { ProblemError } from './api.js';
import { AuditPage } from './audit/audit.page.js';
import { ConsoleProvider } from './shell/console-context.js';
import { StateScreen } from './shell/state-screen.js';
import { PolicyPage } from './policy/policy.page.js';
import { QueuePage } from './queue/queue.page.js';
import { ReadersPage } from './readers/readers.page.js';
import { go, hrefOf, useAddress } from './router.js';
import { LearningPage } from './learning/learning.page.js';
import { ScorersPage } from './scorers/scorers.page.js';
import { SamplePage } from './sample/sample.page.js';
import { SearchPage } from './search/search.page.js';
import { ReauthenticateDialog } from './session/reauthenticate-dialog.js';
import { SecurityPage } from './session/security.page.js';
import { SessionEnded } from './session/session-ended.js';
import { SessionProvider, useSessionContext } from './session/session.js';
import { SignInPage } from './session/sign-in.page.js';
import { FirstSite } from './settings/first-site.js';
import { SettingsPage } from './settings/settings.page.js';
import { cssVariablesResolver, theme } from './theme.js';
import { StoriesPage } from './stories/stories.page.js';
import { TeamPage } from './team/team.page.js';
import { WebhooksPage } from './webhooks/webhooks.page.js';

// Load the chart code only when a page with charts is opened.
const QualityPage = lazy(async () => ({ default: (await import('./quality/quality.page.js')).QualityPage }));
const OverviewPage = lazy(async () => ({
  default: (await import('./overview/overview.page.js')).OverviewPage,
}));

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      retry: (failures, error) => {
        const refused = error instanceof ProblemError && error.status < 500 && error.status !== 429;
        return !refused && failures < 2;
      },
      retryDelay: (attempt) => 600 * 3 ** attempt,
      staleTime: 10_000,
      refetchOnWindowFocus: false,
      // The browser's online state is unreliable, so always try the request. Offline, it fails at once with an error.
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
});

export function App() {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariablesResolver} defaultColorScheme="auto">
      <QueryClientProvider client={queries}>
        <SessionProvider>
          <SignInOrPage />
        </SessionProvider>
      </QueryClientProvider>
    </MantineProvider>
  );
}

function SignInOrPage() {
  const { path } = useAddress();
  if (path === '/sign-in') return <SignInPage />;
  return (
    <SignInRequired>
      <ConsoleProvider noSite={<FirstSite />}>
        <Suspense fallback={<StateScreen kind="loading" />}>
          <RoutedPage path={path} />
        </Suspense>
      </ConsoleProvider>
    </SignInRequired>
  );
}

/**
 * Renders its children for signed-in moderators. Everyone else is sent to sign in and then returned to the page they
 * asked for.
 */
function SignInRequired({ children }: { children: ReactNode }) {
  const { state, retry } = useSessionContext();
  useEffect(() => {
    if (state.kind !== 'signed-out') return;
    const currentUrl = window.location.pathname + window.location.search;
    go(hrefOf('/sign-in', { next: currentUrl === hrefOf('/') ? null : currentUrl }), { replace: true });
  }, [state.kind]);

  switch (state.kind) {
    case 'loading':
      return <StateScreen kind="loading" />;
    case 'unreachable':
      return <StateScreen kind="unreachable" onRetry={retry} />;
    case 'signed-out':
      return null;
    case 'signed-in':
      return (
        <>
          {children}
          <ReauthenticateDialog />
          {state.ended && <SessionEnded />}
        </>
      );
  }
}

function RoutedPage({ path }: { path: string }) {
  switch (path) {
    case '/':
      return <QueuePage />;
    case '/access':
      return <AccessPage />;
    case '/scorers':
      return <ScorersPage />;
    case '/learning':
      return <LearningPage />;
    case '/webhooks':
      return <WebhooksPage />;
    case '/overview':
      return <OverviewPage />;
    case '/quality':
      return <QualityPage />;
    case '/sample':
      return <SamplePage />;
    case '/search':
      return <SearchPage />;
    case '/policy':
      return <PolicyPage />;
    case '/audit':
      return <AuditPage />;
    case '/readers':
      return <ReadersPage />;
    case '/stories':
      return <StoriesPage />;
    case '/security':
      return <SecurityPage />;
    case '/settings':
      return <SettingsPage />;
    case '/team':
      return <TeamPage />;
    default:
      return <StateScreen kind="not-found" />;
  }
}
