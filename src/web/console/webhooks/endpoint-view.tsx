import { ActionIcon, Button, Menu, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Ellipsis, Send } from 'lucide-react';
import { useState } from 'react';
import { api } from '../api.js';
import { useConsole } from '../shell/console-context.js';
import { useNow } from '../shell/use-now.js';
import { go, hrefOf } from '../router.js';
import type { EndpointChange, WebhookEndpoint } from '../api-types.js';
import { ConfirmPanel } from '../shell/confirm-panel.js';
import { DeliveryLog } from './delivery-log.js';
import { EndpointForm } from './endpoint-form.js';
import { EndpointState, eventsText } from './endpoint-state.js';
import { PublicKeys } from './public-keys.js';
import { RotatePanel } from '../shell/rotate-panel.js';
import { SecretCard } from '../shell/secret-card.js';
import classes from './webhooks.module.css';

type Panel = 'edit' | 'rotate' | 'replay' | 'delete';

const HOUR_MS = 3_600_000;
/** A value for `datetime-local`, in the moderator's time zone. */
const localText = (at: Date): string =>
  new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);

interface Props {
  endpoint: WebhookEndpoint;
  /** The secret of an endpoint that was just added. */
  newSecret: string | null;
}

/** One endpoint: its state, actions and deliveries. */
export function EndpointView({ endpoint, newSecret }: Props) {
  const { site } = useConsole();
  const queries = useQueryClient();
  const now = useNow();
  const [panel, setPanel] = useState<Panel | null>(null);
  const [secret, setSecret] = useState(
    newSecret && { text: 'This secret signs what is sent. It is not shown again.', value: newSecret },
  );
  const [since, setSince] = useState(() => localText(new Date(Date.now() - 24 * HOUR_MS)));
  const [message, setMessage] = useState<string | null>(null);
  const reload = () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: ['webhooks', site.id] }),
      queries.invalidateQueries({ queryKey: ['deliveries', site.id, endpoint.id] }),
    ]);
  const mutation = useMutation({
    mutationFn: (work: () => Promise<unknown>) => work(),
    onSettled: reload,
  });
  const change = (settings: EndpointChange) => api.changeEndpoint(site.id, endpoint.id, settings);
  const open = (newPanel: Panel) => {
    setMessage(null);
    setPanel(newPanel);
  };
  const close = () => setPanel(null);
  const isDisabled = endpoint.status === 'disabled';

  return (
    <>
      <header className={classes.head}>
        <div className={classes.headText}>
          <h2 title={endpoint.url}>{endpoint.url}</h2>
          <p className={classes.soft}>
            <EndpointState endpoint={endpoint} now={now} />
            {isDisabled && endpoint.disabledReason && <>{endpoint.disabledReason} </>}
            {eventsText(endpoint.events)} · {endpoint.body} bodies
            {endpoint.publicKeys.length > 0 && ' · Ed25519 besides'}
          </p>
        </div>
        <div className={classes.actions}>
          {isDisabled ? (
            <Button
              size="xs"
              loading={mutation.isPending}
              onClick={() => mutation.mutate(() => change({ status: 'enabled' }))}
            >
              Enable
            </Button>
          ) : (
            <Button
              size="xs"
              variant="default"
              leftSection={<Send size={14} aria-hidden />}
              loading={mutation.isPending}
              onClick={() => mutation.mutate(() => api.sendTest(site.id, endpoint.id))}
            >
              Send a test event
            </Button>
          )}
          <Menu position="bottom-end" shadow="md">
            <Menu.Target>
              <ActionIcon size={30} variant="default" aria-label="More for this endpoint">
                <Ellipsis size={16} aria-hidden />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item onClick={() => open('edit')}>Edit…</Menu.Item>
              <Menu.Item onClick={() => open('rotate')}>Rotate the secret…</Menu.Item>
              {!isDisabled && <Menu.Item onClick={() => open('replay')}>Replay what was missed…</Menu.Item>}
              {!isDisabled && (
                <Menu.Item onClick={() => mutation.mutate(() => change({ status: 'disabled' }))}>
                  Disable
                </Menu.Item>
              )}
              <Menu.Divider />
              <Menu.Item color="rejected" onClick={() => open('delete')}>
                Delete…
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        </div>
      </header>
      {endpoint.publicKeys.length > 0 && <PublicKeys keys={endpoint.publicKeys} />}
      {mutation.isError && (
        <p className={classes.fault} role="alert">
          Not done: {mutation.error.message}
        </p>
      )}
      {secret && <SecretCard secret={secret.value} text={secret.text} onClose={() => setSecret(null)} />}
      {message && (
        <p className={classes.message} role="status">
          {message}
        </p>
      )}
      {panel === 'edit' && (
        <EndpointForm
          endpoint={endpoint}
          onClose={close}
          onSave={async (settings) => {
            await change(settings);
            await reload();
            close();
          }}
        />
      )}
      {panel === 'rotate' && (
        <RotatePanel
          into="receiver"
          onRotate={async () => {
            const { secret, previousUntil: until } = await api.rotateSecret(site.id, endpoint.id);
            return { secret, until };
          }}
          onSecret={setSecret}
          onRotated={reload}
          onClose={close}
        />
      )}
      {panel === 'replay' && (
        <ConfirmPanel
          title="Replay what was missed"
          text={
            <>
              Every event since then that this endpoint wants and has not taken, also from when it was
              disabled or not there. What it took is not sent again.
              <TextInput
                size="xs"
                type="datetime-local"
                label="Since"
                value={since}
                max={localText(new Date())}
                onChange={(event) => setSince(event.currentTarget.value)}
              />
            </>
          }
          action="Replay"
          onAct={async () => {
            const at = new Date(since);
            if (Number.isNaN(at.getTime())) throw new Error('Choose a day and a time.');
            const { deliveries } = await api.recover(site.id, endpoint.id, at.toISOString());
            setMessage(
              deliveries === 0
                ? 'Nothing was missed since then.'
                : `${deliveries.toLocaleString()} ${deliveries === 1 ? 'event is' : 'events are'} on the way.`,
            );
            await reload();
            close();
          }}
          onClose={close}
        />
      )}
      {panel === 'delete' && (
        <ConfirmPanel
          title="Delete this endpoint?"
          text="Nothing is sent to it any more, and the log of its deliveries goes with it."
          action="Delete the endpoint"
          isDestructive
          onAct={async () => {
            await api.removeEndpoint(site.id, endpoint.id);
            await queries.invalidateQueries({ queryKey: ['webhooks', site.id] });
            go(hrefOf('/webhooks', { site: site.id }), { replace: true });
          }}
          onClose={close}
        />
      )}
      <DeliveryLog endpoint={endpoint} />
    </>
  );
}
