import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { api, ProblemError } from '../api.js';
import type { Invitation, ModeratorRole } from '../api-types.js';
import { mayBeLimited, ROLE_LABELS, ROLE_DESCRIPTIONS, isWidening } from './roles.js';
import { SectionsField } from './sections-field.js';
import classes from './team.module.css';

interface Props {
  siteId: string;
  roles: readonly ModeratorRole[];
  /** Sections of the site's stories. */
  knownSections: readonly string[];
  onInvited: (invitation: Invitation) => void;
  onClose: () => void;
}

/** Sets the person and role of an invitation; the link is shown afterwards. */
export function InviteForm({ siteId, roles, knownSections, onInvited, onClose }: Props) {
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<ModeratorRole>('moderator');
  const [sections, setSections] = useState<string[]>([]);
  const [fault, setFault] = useState<{ field: string; text: string } | null>(null);
  const [isBusy, setBusy] = useState(false);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() === '') {
      setFault({ field: 'name', text: 'A name, as colleagues will see it.' });
      return;
    }
    setBusy(true);
    setFault(null);
    try {
      const address = email.trim();
      onInvited(
        await api.invite(siteId, {
          name: name.trim(),
          role,
          ...(address && { email: address }),
          ...(mayBeLimited(role) && sections.length > 0 && { sections }),
        }),
      );
    } catch (error) {
      setFault(faultOf(error));
      setBusy(false);
    }
  };
  const faultAt = (field: string) => (fault?.field === field ? fault.text : undefined);

  return (
    <form className={classes.invite} onSubmit={(event) => void submit(event)} noValidate>
      <TextInput
        label="Name"
        value={name}
        error={faultAt('name')}
        maxLength={80}
        data-autofocus
        autoFocus
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <TextInput
        label="Email (optional)"
        type="email"
        value={email}
        error={faultAt('email')}
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
      <NativeSelect
        label="Role"
        value={role}
        data={roles.map((value) => ({ value, label: ROLE_LABELS[value] }))}
        onChange={(event) => setRole(event.currentTarget.value as ModeratorRole)}
      />
      <p className={classes.effect}>
        {ROLE_DESCRIPTIONS[role]}.
        {isWidening({ sections: sections.length > 0 ? sections : null }, role) &&
          ` The whole site: not limited to ${sections.join(', ')}.`}
      </p>
      {mayBeLimited(role) && (
        <div className={classes.whole}>
          <SectionsField
            label="Sections (optional)"
            description="Only comments of stories in these are there for them."
            value={sections}
            knownSections={knownSections}
            error={faultAt('sections')}
            onChange={setSections}
          />
        </div>
      )}
      {fault?.field === 'form' && (
        <p className={classes.fault} role="alert">
          {fault.text}
        </p>
      )}
      <div className={classes.buttons}>
        <Button type="submit" loading={isBusy}>
          Make the invitation
        </Button>
        <Button variant="subtle" color="gray" onClick={onClose}>
          Cancel
        </Button>
      </div>
    </form>
  );
}

function faultOf(error: unknown): { field: string; text: string } {
  if (!(error instanceof ProblemError))
    return { field: 'form', text: 'The server does not answer. Nobody was invited; try again.' };
  if (error.code === 'already-member' || error.code === 'account-elsewhere')
    return { field: 'email', text: error.message };
  const [first] = error.body.errors ?? [];
  return first
    ? { field: first.pointer.split('/')[1] ?? 'form', text: first.message }
    : { field: 'form', text: error.message };
}
