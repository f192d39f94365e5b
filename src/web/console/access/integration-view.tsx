import { ActionIcon, Button, Menu } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Check, Copy, Ellipsis } from 'lucide-react';
import { useState } from 'react';
import { copyText } from '../shell/copy-text.js';
import { api } from '../api.js';
import { fullTime } from '../shell/format-age.js';
import { ConfirmPanel } from '../shell/confirm-panel.js';
import { useConsole } from '../shell/console-context.js';
import type { BillingIntegration, Tier } from '../api-types.js';
import marks from '../shell/marks.module.css';
import classes from '../shell/sections.module.css';
import { providerName } from './providers.js';
import { BillingWebhookLog } from './billing-webhook-log.js';
import { IntegrationForm } from './integration-form.js';

interface Props {
  integration: BillingIntegration;
  tiers: readonly Tier[];
}

/** One billing system: the URL it sends webhooks to, which plan grants which tier, and the webhooks received. */
export function IntegrationView({ integration, tiers }: Props) {
  const { site } = useConsole();
  const queries = useQueryClient();
  const [panel, setPanel] = useState<'edit' | 'remove' | null>(null);
  const [isCopied, setCopied] = useState(false);
  const reload = () => queries.invalidateQueries({ queryKey: ['inbound', site.id] });
  const close = () => setPanel(null);
  const nameOf = (tier: string) => tiers.find(({ key }) => key === tier)?.name ?? tier;
  const plans = Object.entries(integration.tiers);

  return (
    <>
      <div className={classes.sub}>
        <h3>{providerName(integration.provider)}</h3>
        <div className={classes.actions}>
          <Button size="xs" variant="default" onClick={() => setPanel('edit')}>
            Edit
          </Button>
          <Menu position="bottom-end" shadow="md">
            <Menu.Target>
              <ActionIcon
                size={30}
                variant="default"
                aria-label={`More for ${providerName(integration.provider)}`}
              >
                <Ellipsis size={16} aria-hidden />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item color="rejected" onClick={() => setPanel('remove')}>
                Disconnect…
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        </div>
      </div>
      {panel === 'edit' ? (
        <IntegrationForm
          integration={integration}
          tiers={tiers}
          usedProviders={[]}
          onClose={close}
          onSaved={async () => {
            await reload();
            close();
          }}
        />
      ) : (
        <dl className={marks.facts}>
          <dt>Webhook URL</dt>
          <dd className={marks.line}>
            <span className={marks.mono}>{integration.url}</span>
            <ActionIcon
              size="sm"
              variant="subtle"
              color="gray"
              aria-label="Copy the address"
              onClick={() => void copyText(integration.url).then(() => setCopied(true))}
            >
              {isCopied ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />}
            </ActionIcon>
          </dd>
          <dt>Opens</dt>
          <dd>
            {plans.length === 0 ? (
              'Plans named like one of your tiers'
            ) : (
              <ul>
                {plans.map(([providerPlan, tier]) => (
                  <li key={providerPlan}>
                    <span className={marks.mono}>{providerPlan}</span> → {nameOf(tier)}
                  </li>
                ))}
              </ul>
            )}
          </dd>
          {integration.reader && (
            <>
              <dt>Reader’s key at</dt>
              <dd className={marks.mono}>{integration.reader}</dd>
            </>
          )}
          {integration.graceDays > 0 && (
            <>
              <dt>A failed payment</dt>
              <dd>is waited for {integration.graceDays === 1 ? 'a day' : `${integration.graceDays} days`}</dd>
            </>
          )}
          {integration.previousSecretValidUntil && (
            <>
              <dt>Secret before</dt>
              <dd>also valid until {fullTime(integration.previousSecretValidUntil)}</dd>
            </>
          )}
        </dl>
      )}
      {panel === 'remove' && (
        <ConfirmPanel
          title={`Disconnect ${providerName(integration.provider)}?`}
          text="Its webhooks are no longer accepted and its secrets are deleted. Entitlements that it reported do not change."
          action="Disconnect"
          isDestructive
          onAct={async () => {
            await api.removeBillingIntegration(site.id, integration.provider);
            await reload();
          }}
          onClose={close}
        />
      )}
      <BillingWebhookLog provider={integration.provider} />
    </>
  );
}
