import { Button, Skeleton } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useEffect, useState } from 'react';
import { api, ProblemError } from '../api.js';
import { useConsole } from '../shell/console-context.js';
import { Frame } from '../shell/frame.js';
import { HelpModal } from '../shell/help-modal.js';
import { KeyCap } from '../shell/key-button.js';
import { useKeys } from '../shell/keys.js';
import { useNow } from '../shell/use-now.js';
import { navigationKeys } from '../shell/navigation.js';
import { go, hrefOf, Link, useAddress } from '../router.js';
import { EndpointForm } from './endpoint-form.js';
import { EndpointState, eventsText } from './endpoint-state.js';
import { EndpointView } from './endpoint-view.js';
import classes from './webhooks.module.css';

/** The site's webhook endpoints and their deliveries. */
export function WebhooksPage() {
  const { site } = useConsole();
  const { params } = useAddress();
  const queries = useQueryClient();
  const now = useNow();
  const [isHelpOpen, setHelpOpen] = useState(false);
  const [isAdding, setAdding] = useState(false);
  const [createdEndpoint, setCreatedEndpoint] = useState<{ endpointId: string; secret: string } | null>(null);
  const { data, error, isPending, isFetching, refetch } = useQuery({
    queryKey: ['webhooks', site.id],
    queryFn: ({ signal }) => api.webhooks(site.id, signal),
    refetchInterval: 15_000,
  });
  const endpoints = data?.items ?? [];
  const chosen = endpoints.find(({ id }) => id === params.get('endpoint')) ?? endpoints[0];

  useEffect(() => {
    document.title = `Webhooks · ${site.name} · Postbag`;
  }, [site.name]);
  useKeys({
    ...navigationKeys(site),
    '?': () => setHelpOpen(true),
    i: data && !isAdding ? () => setAdding(true) : undefined,
  });

  return (
    <Frame active="webhooks" onHelp={() => setHelpOpen(true)}>
      <main className={classes.page}>
        <section className={classes.endpoints} aria-labelledby="webhooks-title">
          <div className={classes.title}>
            <h1 id="webhooks-title">Webhooks</h1>
            {data && (
              <Button
                size="xs"
                variant="subtle"
                data-key="i"
                aria-keyshortcuts="I"
                leftSection={<Plus size={14} aria-hidden />}
                rightSection={<KeyCap>i</KeyCap>}
                onClick={() => setAdding(true)}
              >
                Add
              </Button>
            )}
          </div>
          {isPending && (
            <div className={classes.waiting}>
              <Skeleton height={14} />
              <Skeleton height={14} width="60%" />
            </div>
          )}
          {endpoints.map((endpoint) => (
            <Link
              key={endpoint.id}
              className={classes.endpoint}
              href={hrefOf('/webhooks', { site: site.id, endpoint: endpoint.id })}
              onClick={() => setAdding(false)}
              aria-current={endpoint.id === chosen?.id ? 'true' : undefined}
            >
              <EndpointUrl url={endpoint.url} />
              <span className={classes.soft}>
                <EndpointState endpoint={endpoint} now={now} />
                {eventsText(endpoint.events)}
              </span>
            </Link>
          ))}
        </section>
        <section className={classes.log} aria-label="Deliveries">
          {error && !data ? (
            <div className={classes.empty} role="alert">
              <h2>{forbidden(error) ? 'Webhooks are for owners' : 'The endpoints could not be loaded'}</h2>
              <p>
                {error instanceof ProblemError
                  ? error.message
                  : 'The server does not answer. Deliveries go on without this screen.'}
              </p>
              {!forbidden(error) && (
                <Button loading={isFetching} onClick={() => void refetch()}>
                  Try again
                </Button>
              )}
            </div>
          ) : isAdding ? (
            <EndpointForm
              onClose={() => setAdding(false)}
              onSave={async (settings) => {
                const added = await api.addEndpoint(site.id, settings);
                await queries.invalidateQueries({ queryKey: ['webhooks', site.id] });
                setCreatedEndpoint({ endpointId: added.id, secret: added.secret });
                setAdding(false);
                go(hrefOf('/webhooks', { site: site.id, endpoint: added.id }));
              }}
            />
          ) : chosen ? (
            <EndpointView
              key={chosen.id}
              endpoint={chosen}
              newSecret={createdEndpoint?.endpointId === chosen.id ? createdEndpoint.secret : null}
            />
          ) : (
            !isPending && (
              <div className={classes.empty}>
                <h2>No webhook endpoint yet</h2>
                <p>
                  Your systems can hear of every comment as it is held, published or rejected: each event is
                  signed, sent again until it is taken, and kept in order per comment.
                </p>
                <Button leftSection={<Plus size={15} aria-hidden />} onClick={() => setAdding(true)}>
                  Add an endpoint
                </Button>
                <a href="/api/docs">Read the API reference</a>
              </div>
            )
          )}
        </section>
      </main>
      <HelpModal
        opened={isHelpOpen}
        onClose={() => setHelpOpen(false)}
        groups={[{ title: 'Webhooks', keys: [['I', 'Add an endpoint']] }]}
      />
    </Frame>
  );
}

/** People recognise an endpoint by its host, so only the path may be truncated. */
function EndpointUrl({ url }: { url: string }) {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  return (
    <span className={classes.url} title={url}>
      <b>{parsed?.host ?? url}</b>
      {parsed && parsed.pathname !== '/' && <span>{parsed.pathname}</span>}
    </span>
  );
}

const forbidden = (error: Error) => error instanceof ProblemError && error.status === 403;
