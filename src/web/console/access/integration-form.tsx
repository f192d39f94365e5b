import { NativeSelect, NumberInput, PasswordInput, Textarea, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { api } from '../api.js';
import { useConsole } from '../shell/console-context.js';
import { toFormError, type FormError } from '../shell/form-error.js';
import { PanelForm } from '../shell/panel-form.js';
import panels from '../shell/panels.module.css';
import type { BillingIntegrationBody, BillingIntegration, Tier } from '../api-types.js';
import forms from '../shell/forms.module.css';
import { PlanTable, planOf, type Plan } from './plan-table.js';
import { isJson, PROVIDERS, providerName } from './providers.js';

interface Props {
  /** Omitted for a new integration. */
  integration?: BillingIntegration;
  tiers: readonly Tier[];
  /** Providers that already have an integration. */
  usedProviders: readonly string[];
  onSaved: (integration: BillingIntegration) => Promise<unknown>;
  onClose: () => void;
}

const FIELDS = ['secret', 'tiers', 'reader', 'graceDays', 'apiUrl', 'apiKey', 'mapping'];
const EXAMPLE_MAPPING = {
  signature: { by: 'hmac-sha256', header: 'X-Signature' },
  readerKey: '/user/id',
  plans: ['/subscription/plan'],
  status: '/subscription/state',
  time: '/at',
};

/** The settings of a billing system. Secret fields left empty keep their stored value. */
export function IntegrationForm({ integration, tiers, usedProviders, onSaved, onClose }: Props) {
  const { site } = useConsole();
  const availableProviders = PROVIDERS.filter(({ key }) => isJson(key) || !usedProviders.includes(key));
  const [kind, setKind] = useState(availableProviders[0]?.key ?? 'json');
  const [name, setName] = useState('');
  const [secret, setSecret] = useState('');
  const [apiKey, setApiKey] = useState('');
  const [apiUrl, setApiUrl] = useState(integration?.apiUrl ?? '');
  const [reader, setReader] = useState(integration?.reader ?? '');
  const [graceDays, setGraceDays] = useState<number | string>(integration?.graceDays ?? 0);
  const [plans, setPlans] = useState<readonly Plan[]>(() =>
    Object.entries(integration?.tiers ?? {}).map(([providerPlan, tier]) => planOf(providerPlan, tier)),
  );
  const [mapping, setMapping] = useState(() =>
    JSON.stringify(integration?.mapping ?? EXAMPLE_MAPPING, null, 2),
  );
  const [fault, setFault] = useState<FormError | null>(null);
  const [isBusy, setBusy] = useState(false);
  const provider = integration?.provider ?? (kind === 'json' && name.trim() ? `json-${name.trim()}` : kind);
  const selectedProvider = PROVIDERS.find(({ key }) => key === (isJson(provider) ? 'json' : provider));
  const faultAt = (field: string) => (fault?.field === field ? fault.text : undefined);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const named = plans.filter(({ providerPlan }) => providerPlan.trim() !== '');
    const duplicate = named.find((plan, index) =>
      named.slice(0, index).some(({ providerPlan }) => providerPlan.trim() === plan.providerPlan.trim()),
    );
    if (duplicate)
      return setFault({ field: 'tiers', text: `${duplicate.providerPlan.trim()} stands in two lines.` });
    const settings: BillingIntegrationBody = {
      tiers: Object.fromEntries(named.map(({ providerPlan, tier }) => [providerPlan.trim(), tier])),
      reader: reader.trim() || null,
      graceDays: Number(graceDays),
      apiUrl: apiUrl.trim() || null,
      ...(secret ? { secret } : {}),
      ...(apiKey ? { apiKey } : {}),
    };
    if (isJson(provider)) {
      try {
        settings.mapping = JSON.parse(mapping) as BillingIntegrationBody['mapping'];
      } catch {
        return setFault({ field: 'mapping', text: 'This is not JSON yet.' });
      }
    }
    setBusy(true);
    setFault(null);
    try {
      await onSaved(await api.putBillingIntegration(site.id, provider, settings));
    } catch (error) {
      setFault(toFormError(error, FIELDS));
      setBusy(false);
    }
  };

  return (
    <PanelForm
      title={integration ? `Settings of ${providerName(integration.provider)}` : 'Connect a billing system'}
      submit={integration ? 'Save' : 'Connect'}
      fault={fault}
      isBusy={isBusy}
      onSubmit={submit}
      onClose={onClose}
    >
      {!integration && (
        <div className={forms.fields}>
          <NativeSelect
            size="xs"
            label="System"
            value={kind}
            autoFocus
            onChange={(event) => setKind(event.currentTarget.value)}
            data={availableProviders.map(({ key, name: label }) => ({ value: key, label }))}
          />
          {kind === 'json' && (
            <TextInput
              size="xs"
              label="Its name"
              description="Tells several of them apart; in lower case."
              placeholder="tollbooth"
              value={name}
              maxLength={32}
              onChange={(event) => setName(event.currentTarget.value)}
            />
          )}
        </div>
      )}
      <PlanTable plans={plans} tiers={tiers} onChange={setPlans} />
      {fault?.field === 'tiers' && (
        <p className={panels.fault} role="alert">
          {fault.text}
        </p>
      )}
      <div className={forms.fields}>
        <PasswordInput
          size="xs"
          label="Secret"
          description={integration ? 'Leave it empty to keep the current one.' : selectedProvider?.secret}
          value={secret}
          error={faultAt('secret')}
          autoComplete="off"
          onChange={(event) => setSecret(event.currentTarget.value)}
        />
        {!isJson(provider) && (
          <TextInput
            size="xs"
            label="Where the reader’s key is"
            description="A JSON pointer. Leave it empty for the usual place."
            placeholder="/data/object/metadata/readerKey"
            value={reader}
            error={faultAt('reader')}
            onChange={(event) => setReader(event.currentTarget.value)}
          />
        )}
        <NumberInput
          size="xs"
          label="Wait for a failed payment"
          description="In days, if the system gives no end date."
          min={0}
          max={60}
          value={graceDays}
          error={faultAt('graceDays')}
          onChange={setGraceDays}
        />
        {selectedProvider?.needsApiKey && (
          <>
            <PasswordInput
              size="xs"
              label="Key for its API"
              description={
                integration?.hasApiKey
                  ? 'Leave it empty to keep the current one.'
                  : 'It is called for details that a webhook does not contain.'
              }
              value={apiKey}
              error={faultAt('apiKey')}
              autoComplete="off"
              onChange={(event) => setApiKey(event.currentTarget.value)}
            />
            <TextInput
              size="xs"
              label="Its API"
              description="Leave it empty for the usual address."
              placeholder="https://"
              value={apiUrl}
              error={faultAt('apiUrl')}
              onChange={(event) => setApiUrl(event.currentTarget.value)}
            />
          </>
        )}
      </div>
      {isJson(provider) && (
        <Textarea
          size="xs"
          label="Mapping"
          description="How a webhook is read: JSON pointers to the reader, the plan and the time."
          value={mapping}
          error={faultAt('mapping')}
          minRows={8}
          rows={12}
          styles={{ input: { fontFamily: 'var(--pb-font-mono)' } }}
          spellCheck={false}
          onChange={(event) => setMapping(event.currentTarget.value)}
        />
      )}
    </PanelForm>
  );
}
