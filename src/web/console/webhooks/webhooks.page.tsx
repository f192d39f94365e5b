import { Button, Skeleton } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Send } from 'lucide-react';
import { useEffect, useState } from 'react';
import { api, ProblemError } from '../api.js';
import { longAge } from '../desk/age.js';
import { useDesk } from '../desk/desk.js';
import { Frame } from '../desk/frame.js';
import { HelpModal } from '../desk/help-modal.js';
import { useKeys } from '../desk/keys.js';
import { useNow } from '../desk/now.js';
import { placeKeys } from '../desk/places.js';
import { hrefOf, Link, useAddress } from '../router.js';
import type { WebhookEndpoint } from '../wire.js';
import { DeliveryLog } from './delivery-log.js';
import classes from './webhooks.module.css';

/** The site's webhook endpoints and what was delivered to each. */
export function WebhooksPage() {
  const { site } = useDesk();
  const { params } = useAddress();
  const [isHelpOpen, setHelpOpen] = useState(false);
  const { data, error, isPending, isFetching, refetch } = useQuery({
    queryKey: ['webhooks', site.id],
    queryFn: ({ signal }) => api.webhooks(site.id, signal),
  });
  const endpoints = data?.items ?? [];
  const chosen = endpoints.find(({ id }) => id === params.get('endpoint')) ?? endpoints[0];

  useEffect(() => {
    document.title = `Webhooks · ${site.name} · Postbag`;
  }, [site.name]);
  useKeys({
    ...placeKeys(site),
    '?': () => setHelpOpen(true),
  });

  return (
    <Frame active="webhooks" onHelp={() => setHelpOpen(true)}>
      <main className={classes.page}>
        <section className={classes.endpoints} aria-labelledby="webhooks-title">
          <h1 className={classes.title} id="webhooks-title">
            Webhooks
          </h1>
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
              aria-current={endpoint.id === chosen?.id ? 'true' : undefined}
            >
              <EndpointUrl url={endpoint.url} />
              <span className={classes.soft}>{eventsText(endpoint.events)}</span>
            </Link>
          ))}
        </section>
        <section className={classes.log} aria-label="Deliveries">
          {error ? (
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
          ) : chosen ? (
            <Endpoint key={chosen.id} endpoint={chosen} />
          ) : (
            !isPending && (
              <div className={classes.empty}>
                <h2>No webhook endpoint yet</h2>
                <p>
                  Your systems can hear of every comment as it is held, published or rejected. Create an
                  endpoint with the publisher key:
                </p>
                <pre
                  tabIndex={0}
                >{`POST /api/v1/sites/${site.id}/webhooks\n{"url": "https://…", "events": ["*"]}`}</pre>
                <a href="/api/docs">Read the API reference</a>
              </div>
            )
          )}
        </section>
      </main>
      <HelpModal opened={isHelpOpen} onClose={() => setHelpOpen(false)} />
    </Frame>
  );
}

function Endpoint({ endpoint }: { endpoint: WebhookEndpoint }) {
  const { site } = useDesk();
  const queries = useQueryClient();
  const now = useNow();
  const test = useMutation({
    mutationFn: () => api.sendTest(site.id, endpoint.id),
    onSettled: () => queries.invalidateQueries({ queryKey: ['deliveries', site.id, endpoint.id] }),
  });
  return (
    <>
      <header className={classes.head}>
        <div className={classes.headText}>
          <h2>{endpoint.url}</h2>
          <p className={classes.soft}>
            {endpoint.status === 'disabled' && (
              <b className={classes.off}>
                Disabled{endpoint.disabledReason && `: ${endpoint.disabledReason}`}
              </b>
            )}
            {endpoint.status === 'enabled' && endpoint.failingSince && (
              <b className={classes.failing}>Failing for {longAge(endpoint.failingSince, now)}</b>
            )}
            {eventsText(endpoint.events)} · {endpoint.body} bodies
          </p>
        </div>
        <Button
          size="xs"
          variant="default"
          leftSection={<Send size={14} aria-hidden />}
          loading={test.isPending}
          onClick={() => test.mutate()}
        >
          Send a test event
        </Button>
      </header>
      {test.isError && (
        <p className={classes.fault} role="alert">
          Not sent: {test.error.message}
        </p>
      )}
      <DeliveryLog endpointId={endpoint.id} />
    </>
  );
}

/** The host is what people know an endpoint by; the path may be cut. */
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

function eventsText(events: string[]): string {
  if (events.includes('*')) return 'Every event';
  return events.length <= 2 ? events.join(', ') : `${events.length} kinds of event`;
}
