import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { api } from '../api.js';
import { useConsole } from '../shell/console-context.js';
import { go, hrefOf, Link, useAddress } from '../router.js';
import classes from '../shell/sections.module.css';
import { LoadState } from '../shell/load-state.js';
import { SectionHeader } from '../shell/section-header.js';
import { providerName } from './providers.js';
import { useTiers } from './use-tiers.js';
import { IntegrationForm } from './integration-form.js';
import { IntegrationView } from './integration-view.js';

/** Billing systems that send subscription changes to Postbag. */
export function BillingSection() {
  const { site } = useConsole();
  const { params } = useAddress();
  const tiers = useTiers();
  const [isAdding, setAdding] = useState(false);
  const key = ['inbound', site.id];
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => api.billingIntegrations(site.id, signal),
  });
  const integrations = data?.items ?? [];
  const chosen = integrations.find(({ provider }) => provider === params.get('provider')) ?? integrations[0];
  const hrefTo = (provider: string) => hrefOf('/access', { site: site.id, part: 'billing', provider });

  return (
    <section className={classes.part} aria-label="Billing systems">
      <SectionHeader
        title="Billing systems"
        text="They send a signed webhook for each change of a subscription. The table sets which of their prices and plans grants which of your tiers."
      >
        <Button
          size="xs"
          leftSection={<Plus size={14} aria-hidden />}
          disabled={!data}
          onClick={() => setAdding(true)}
        >
          Connect a billing system
        </Button>
      </SectionHeader>
      {integrations.length > 1 && (
        <nav className={classes.tabs} aria-label="Connected">
          {integrations.map(({ provider }) => (
            <Link
              key={provider}
              href={hrefTo(provider)}
              aria-current={provider === chosen?.provider ? 'true' : undefined}
            >
              {providerName(provider)}
            </Link>
          ))}
        </nav>
      )}
      {isAdding && (
        <IntegrationForm
          tiers={tiers}
          usedProviders={integrations.map(({ provider }) => provider)}
          onClose={() => setAdding(false)}
          onSaved={async ({ provider }) => {
            await refetch();
            setAdding(false);
            go(hrefTo(provider));
          }}
        />
      )}
      {!data ? (
        <LoadState
          what="The billing systems"
          error={error}
          isFetching={isFetching}
          onRetry={() => void refetch()}
        />
      ) : chosen ? (
        <IntegrationView key={chosen.provider} integration={chosen} tiers={tiers} />
      ) : (
        !isAdding && (
          <div className={classes.empty}>
            <h3>No billing system is connected yet</h3>
            <p>
              Stripe, Chargebee, Recurly, Paddle, RevenueCat, Zephr, your own program, or any JSON with a
              mapping. Each webhook is kept for 30 days with its outcome.
            </p>
            <Button leftSection={<Plus size={15} aria-hidden />} onClick={() => setAdding(true)}>
              Connect a billing system
            </Button>
          </div>
        )
      )}
    </section>
  );
}
