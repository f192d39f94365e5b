import { Textarea, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { toFormError, type FormError } from '../shell/form-error.js';
import { PanelForm } from '../shell/panel-form.js';
import type { NewSite, Site } from '../api-types.js';
import { readOrigins } from './origins.js';

interface Props {
  /** Omitted for a new site. */
  site?: Site;
  /** The heading level. */
  level?: 2 | 3;
  onSave: (draft: Required<NewSite>) => Promise<unknown>;
  /** Omitted if the form cannot be closed. */
  onClose?: () => void;
}

const FIELDS = ['name', 'origins', 'signInUrl'];

/** A site's name, its origins, and the sign-in page of its readers. */
export function SiteForm({ site, level = 3, onSave, onClose }: Props) {
  const [name, setName] = useState(site?.name ?? '');
  const [origins, setOrigins] = useState(site?.origins.join('\n') ?? '');
  const [signInUrl, setSignInUrl] = useState(site?.signInUrl ?? '');
  const [fault, setFault] = useState<FormError | null>(null);
  const [isBusy, setBusy] = useState(false);
  const faultAt = (field: string) => (fault?.field === field ? fault.text : undefined);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() === '') return setFault({ field: 'name', text: 'Enter a name.' });
    const parsed = readOrigins(origins);
    if ('fault' in parsed) return setFault({ field: 'origins', text: parsed.fault });
    setBusy(true);
    setFault(null);
    try {
      await onSave({ name: name.trim(), origins: parsed.origins, signInUrl: signInUrl.trim() || null });
    } catch (error) {
      setFault(toFormError(error, FIELDS));
      setBusy(false);
    }
  };

  return (
    <PanelForm
      title={site ? 'Name and addresses of the site' : 'A new site'}
      level={level}
      submit={site ? 'Save' : 'Create the site'}
      fault={fault}
      isBusy={isBusy}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextInput
        label="Name"
        description="The name that readers and moderators see."
        placeholder="The Example Ledger"
        value={name}
        error={faultAt('name')}
        maxLength={120}
        autoFocus
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Textarea
        label="Origins"
        description="Scheme and host of its pages, such as https://news.example. One per line."
        placeholder="https://news.example"
        value={origins}
        error={faultAt('origins')}
        autosize
        minRows={2}
        maxRows={8}
        spellCheck={false}
        onChange={(event) => setOrigins(event.currentTarget.value)}
      />
      <TextInput
        label="Where readers sign in (optional)"
        description="Readers who must sign in to comment are sent there."
        type="url"
        placeholder="https://news.example/login"
        value={signInUrl}
        error={faultAt('signInUrl')}
        maxLength={2048}
        onChange={(event) => setSignInUrl(event.currentTarget.value)}
      />
    </PanelForm>
  );
}
