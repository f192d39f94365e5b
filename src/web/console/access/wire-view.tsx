import { ActionIcon, Button, Menu } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Check, Copy, Ellipsis } from 'lucide-react';
import { useState } from 'react';
import { copyText } from '../desk/copy-text.js';
import { api } from '../api.js';
import { fullTime } from '../desk/age.js';
import { AskPanel } from '../desk/ask-panel.js';
import { useDesk } from '../desk/desk.js';
import type { InboundWire, Tier } from '../wire.js';
import marks from '../desk/marks.module.css';
import classes from '../desk/parts.module.css';
import { providerName } from './providers.js';
import { PushLog } from './push-log.js';
import { WireForm } from './wire-form.js';

interface Props {
  wire: InboundWire;
  tiers: readonly Tier[];
}

/** One billing system: where it pushes to, what opens which tier, and what it pushed. */
export function WireView({ wire, tiers }: Props) {
  const { site } = useDesk();
  const queries = useQueryClient();
  const [panel, setPanel] = useState<'edit' | 'remove' | null>(null);
  const [isCopied, setCopied] = useState(false);
  const reload = () => queries.invalidateQueries({ queryKey: ['inbound', site.id] });
  const close = () => setPanel(null);
  const nameOf = (tier: string) => tiers.find(({ key }) => key === tier)?.name ?? tier;
  const plans = Object.entries(wire.tiers);

  return (
    <>
      <div className={classes.sub}>
        <h3>{providerName(wire.provider)}</h3>
        <div className={classes.acts}>
          <Button size="xs" variant="default" onClick={() => setPanel('edit')}>
            Edit
          </Button>
          <Menu position="bottom-end" shadow="md">
            <Menu.Target>
              <ActionIcon size={30} variant="default" aria-label={`More for ${providerName(wire.provider)}`}>
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
        <WireForm
          wire={wire}
          tiers={tiers}
          taken={[]}
          onClose={close}
          onSaved={async () => {
            await reload();
            close();
          }}
        />
      ) : (
        <dl className={marks.facts}>
          <dt>Pushes go to</dt>
          <dd className={marks.line}>
            <span className={marks.mono}>{wire.url}</span>
            <ActionIcon
              size="sm"
              variant="subtle"
              color="gray"
              aria-label="Copy the address"
              onClick={() => void copyText(wire.url).then(() => setCopied(true))}
            >
              {isCopied ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />}
            </ActionIcon>
          </dd>
          <dt>Opens</dt>
          <dd>
            {plans.length === 0 ? (
              'What is named as one of your tiers'
            ) : (
              <ul>
                {plans.map(([theirs, tier]) => (
                  <li key={theirs}>
                    <span className={marks.mono}>{theirs}</span> → {nameOf(tier)}
                  </li>
                ))}
              </ul>
            )}
          </dd>
          {wire.reader && (
            <>
              <dt>Reader’s key at</dt>
              <dd className={marks.mono}>{wire.reader}</dd>
            </>
          )}
          {wire.graceDays > 0 && (
            <>
              <dt>A failed payment</dt>
              <dd>is waited for {wire.graceDays === 1 ? 'a day' : `${wire.graceDays} days`}</dd>
            </>
          )}
          {wire.previousSecretValidUntil && (
            <>
              <dt>Secret before</dt>
              <dd>counts too until {fullTime(wire.previousSecretValidUntil)}</dd>
            </>
          )}
        </dl>
      )}
      {panel === 'remove' && (
        <AskPanel
          title={`Disconnect ${providerName(wire.provider)}?`}
          text="Its pushes are not taken any more, and its secrets are forgotten. Entitlements that it told stay as they are."
          action="Disconnect"
          isGrave
          onAct={async () => {
            await api.removeInbound(site.id, wire.provider);
            await reload();
          }}
          onClose={close}
        />
      )}
      <PushLog provider={wire.provider} />
    </>
  );
}
