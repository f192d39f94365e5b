import { fullTime } from '../shell/format-age.js';
import marks from '../shell/marks.module.css';
import { factsOf } from './gate-input-facts.js';
import { useTiers } from './use-tiers.js';
import { ruleText } from './access-labels.js';

interface Props {
  inputs: Record<string, unknown>;
  /** The action that was refused; null: show all actions. */
  action: string | null;
}

/** Everything the gate's answer is based on: in words, and as stored. */
export function GateInputsView({ inputs, action }: Props) {
  const tiers = useTiers();
  const facts = factsOf(inputs, action, {
    tier: (key) => tiers.find((tier) => tier.key === key)?.name ?? key,
    rule: (rule) => ruleText(rule, tiers),
    time: fullTime,
  });
  return (
    <>
      <dl className={marks.facts}>
        {facts.map(({ name, texts }) => (
          <FactRow key={name} name={name} texts={texts} />
        ))}
      </dl>
      <details className={marks.raw}>
        <summary>All inputs as stored</summary>
        <pre tabIndex={0}>{JSON.stringify(inputs, null, 2)}</pre>
      </details>
    </>
  );
}

function FactRow({ name, texts }: { name: string; texts: readonly string[] }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>
        {texts.length === 1 ? (
          texts[0]
        ) : (
          <ul>
            {texts.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        )}
      </dd>
    </>
  );
}
