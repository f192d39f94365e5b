import { ActionIcon, Button, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Pencil } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { api } from '../api.js';
import { fullTime } from '../shell/format-age.js';
import { ConfirmPanel } from '../shell/confirm-panel.js';
import { toFormError } from '../shell/form-error.js';
import type { Passkey } from '../api-types.js';
import { userAgentLabel } from './user-agent-label.js';
import classes from './factors.module.css';
import { addPasskey, wasCancelled } from './passkeys.js';
import { RecoveryCodes } from './recovery-codes.js';

const KEY = ['passkeys'];

/** Passkeys: add, rename and remove them. */
export function PasskeyFactors({ onChanged }: { onChanged: () => void }) {
  const queries = useQueryClient();
  const [codes, setCodes] = useState<string[] | null>(null);
  const { data } = useQuery({ queryKey: KEY, queryFn: ({ signal }) => api.passkeys(signal) });
  const reload = () => {
    void queries.invalidateQueries({ queryKey: KEY });
    onChanged();
  };
  const add = useMutation({
    mutationFn: () => addPasskey(userAgentLabel(navigator.userAgent)),
    onSuccess: (recoveryCodes) => {
      setCodes(recoveryCodes);
      reload();
    },
  });
  const isPossible = data?.possible === true && 'PublicKeyCredential' in window;
  return (
    <li>
      <div className={classes.factor}>
        <div>
          <span className={classes.name}>Passkeys</span>
          <p>
            {data?.possible === false
              ? 'Passkeys need https. Ask the people who run this service.'
              : 'Your device confirms that it is you and signs you in without a password.'}
          </p>
        </div>
        <div className={classes.buttons}>
          <Button
            size="xs"
            variant="default"
            disabled={!isPossible}
            loading={add.isPending}
            onClick={() => add.mutate()}
          >
            Add a passkey
          </Button>
        </div>
      </div>
      {add.error && !wasCancelled(add.error) && (
        <p className={classes.fault} role="alert">
          {add.error.name === 'InvalidStateError'
            ? 'This device already has one of your passkeys.'
            : toFormError(add.error, []).text}
        </p>
      )}
      {data && data.items.length > 0 && (
        <ul className={classes.keys}>
          {data.items.map((passkey) => (
            <PasskeyRow key={passkey.id} passkey={passkey} onChanged={reload} />
          ))}
        </ul>
      )}
      {codes && <RecoveryCodes codes={codes} onSaved={() => setCodes(null)} />}
    </li>
  );
}

function PasskeyRow({ passkey, onChanged }: { passkey: Passkey; onChanged: () => void }) {
  const [open, setOpen] = useState<'name' | 'remove' | null>(null);
  const [name, setName] = useState(passkey.name);
  const rename = useMutation({
    mutationFn: () => api.renamePasskey(passkey.id, name.trim()),
    onSuccess: () => {
      setOpen(null);
      onChanged();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    rename.mutate();
  };
  const used = passkey.usedAt ? `used ${fullTime(passkey.usedAt)}` : 'not used yet';
  return (
    <li>
      {open === 'name' ? (
        <form className={classes.buttons} onSubmit={submit}>
          <TextInput
            size="xs"
            aria-label="Name of the passkey"
            autoFocus
            maxLength={80}
            value={name}
            error={rename.error ? toFormError(rename.error, ['name']).text : null}
            onChange={(event) => setName(event.currentTarget.value)}
            onKeyDown={(event) => event.key === 'Escape' && setOpen(null)}
          />
          <Button size="xs" type="submit" disabled={name.trim() === ''} loading={rename.isPending}>
            Save the name
          </Button>
        </form>
      ) : (
        <div className={classes.factor}>
          <div>
            <span className={classes.name}>
              {passkey.name}
              <ActionIcon
                size="sm"
                variant="subtle"
                color="gray"
                aria-label={`Rename ${passkey.name}`}
                onClick={() => setOpen('name')}
              >
                <Pencil size={13} aria-hidden />
              </ActionIcon>
            </span>
            <p className={classes.soft}>
              Since {fullTime(passkey.createdAt)}, {used}
            </p>
          </div>
          <Button
            size="xs"
            variant="subtle"
            color="rejected"
            onClick={() => setOpen('remove')}
            aria-label={`Remove ${passkey.name}…`}
          >
            Remove…
          </Button>
        </div>
      )}
      {open === 'remove' && (
        <ConfirmPanel
          title={`Remove ${passkey.name}?`}
          text="It no longer signs you in, and your other sessions end. Delete it on the device too."
          action="Remove the passkey"
          isDestructive
          onAct={async () => {
            await api.removePasskey(passkey.id);
            onChanged();
          }}
          onClose={() => setOpen(null)}
        />
      )}
    </li>
  );
}
