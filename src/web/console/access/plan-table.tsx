import { ActionIcon, Button, NativeSelect, TextInput } from '@mantine/core';
import { ArrowRight, Plus, X } from 'lucide-react';
import type { Tier } from '../api-types.js';
import forms from '../shell/forms.module.css';

export interface Plan {
  /** A stable React key while the row is edited. */
  readonly id: number;
  readonly providerPlan: string;
  readonly tier: string;
}

let nextId = 0;
export const planOf = (providerPlan: string, tier: string): Plan => ({ id: nextId++, providerPlan, tier });

interface Props {
  plans: readonly Plan[];
  tiers: readonly Tier[];
  onChange: (plans: readonly Plan[]) => void;
}

/** Maps the provider's prices, plans and products to tiers. */
export function PlanTable({ plans, tiers, onChange }: Props) {
  const change = (id: number, part: Partial<Plan>) =>
    onChange(plans.map((plan) => (plan.id === id ? { ...plan, ...part } : plan)));
  const last = plans.at(-1);
  return (
    <fieldset className={forms.plans}>
      <legend>Which plan grants which tier</legend>
      {plans.length === 0 && (
        <p>
          A price or plan with the same name as one of your tiers needs no line. All others grant nothing.
        </p>
      )}
      {plans.map(({ id, providerPlan, tier }) => (
        <div key={id} className={forms.plan}>
          <TextInput
            size="xs"
            aria-label="Their price, plan or product"
            placeholder="price_1QdF2e"
            value={providerPlan}
            maxLength={255}
            autoFocus={id === last?.id && providerPlan === ''}
            onChange={(event) => change(id, { providerPlan: event.currentTarget.value })}
          />
          <ArrowRight size={14} aria-hidden />
          <NativeSelect
            size="xs"
            aria-label={`Tier that ${providerPlan || 'it'} opens`}
            value={tier}
            onChange={(event) => change(id, { tier: event.currentTarget.value })}
            data={tiers.map(({ key, name }) => ({ value: key, label: name }))}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={`Remove the line of ${providerPlan || 'no name'}`}
            onClick={() => onChange(plans.filter((plan) => plan.id !== id))}
          >
            <X size={15} strokeWidth={1.75} aria-hidden />
          </ActionIcon>
        </div>
      ))}
      <Button
        size="compact-xs"
        variant="subtle"
        leftSection={<Plus size={13} aria-hidden />}
        disabled={tiers.length === 0}
        onClick={() => onChange([...plans, planOf('', tiers.at(-1)?.key ?? '')])}
      >
        Add a line
      </Button>
      {tiers.length === 0 && <p>The site has no tiers yet.</p>}
    </fieldset>
  );
}
