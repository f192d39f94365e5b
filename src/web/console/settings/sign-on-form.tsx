import { Radio, Textarea, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { api } from '../api.js';
import { useConsole } from '../shell/console-context.js';
import { toFormError, type FormError } from '../shell/form-error.js';
import { PanelForm } from '../shell/panel-form.js';
import panels from '../shell/panels.module.css';
import type { SignOn, SignOnSettings } from '../api-types.js';

interface Props {
  signOn: SignOn;
  onSaved: (saved: SignOn) => void;
  onClose: () => void;
}

const FIELDS = ['issuer', 'jwksUrl', 'jwks'];

/** Either a shared secret or the publisher's own keys, never both. */
export function SignOnForm({ signOn, onSaved, onClose }: Props) {
  const { site } = useConsole();
  const [family, setFamily] = useState(signOn.family);
  const [issuer, setIssuer] = useState(signOn.issuer ?? '');
  const [jwksUrl, setJwksUrl] = useState(signOn.jwksUrl ?? '');
  const [jwks, setJwks] = useState(signOn.jwks ? JSON.stringify(signOn.jwks, null, 2) : '');
  const [fault, setFault] = useState<FormError | null>(null);
  const [isBusy, setBusy] = useState(false);
  const faultAt = (field: string) => (fault?.field === field ? fault.text : undefined);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    let keys: SignOnSettings['jwks'] = null;
    try {
      if (jwks.trim() !== '') keys = JSON.parse(jwks) as SignOnSettings['jwks'];
    } catch {
      return setFault({ field: 'jwks', text: 'This is not JSON yet: {"keys": [ … ]}.' });
    }
    setBusy(true);
    setFault(null);
    try {
      const settings = { family, issuer: issuer.trim() || null, jwksUrl: jwksUrl.trim() || null, jwks: keys };
      onSaved(await api.putSignOn(site.id, settings));
    } catch (error) {
      setFault(toFormError(error, FIELDS));
      setBusy(false);
    }
  };

  return (
    <PanelForm
      title="How reader tokens are signed"
      submit="Save"
      fault={fault}
      isBusy={isBusy}
      onSubmit={submit}
      onClose={onClose}
    >
      <Radio.Group
        label="Tokens are signed by"
        value={family}
        onChange={(value) => setFamily(value === 'hmac' ? 'hmac' : 'public-key')}
      >
        <Radio
          mt="xs"
          value="hmac"
          label="A shared secret"
          description="HS256. The simplest: your server stores the secret that is shown once here."
        />
        <Radio
          mt="xs"
          value="public-key"
          label="Keys of your own"
          description="RS256, PS256, ES256 or EdDSA. Only the public keys are stored here."
        />
      </Radio.Group>
      {family !== signOn.family && (
        <p className={panels.text} role="status">
          From the moment you save, tokens signed the other way are refused: readers who are signed in need a
          new token first.
        </p>
      )}
      {family === 'public-key' && (
        <>
          <TextInput
            label="Address of your keys"
            description="URL of a JSON Web Key Set, with https. Leave it empty to use only the keys below."
            type="url"
            placeholder="https://news.example/.well-known/jwks.json"
            value={jwksUrl}
            error={faultAt('jwksUrl')}
            maxLength={2048}
            onChange={(event) => setJwksUrl(event.currentTarget.value)}
          />
          <Textarea
            label="Keys stored here"
            description="The same format, public keys only. They are valid in addition to those at the address."
            placeholder={'{"keys": [{"kty": "EC", "crv": "P-256", "kid": "2026", "x": "…", "y": "…"}]}'}
            value={jwks}
            error={faultAt('jwks')}
            autosize
            minRows={3}
            maxRows={14}
            spellCheck={false}
            styles={{ input: { fontFamily: 'var(--pb-font-mono)' } }}
            onChange={(event) => setJwks(event.currentTarget.value)}
          />
        </>
      )}
      <TextInput
        label="Issuer (optional)"
        description="Every token must have exactly this iss. Leave it empty to skip the check."
        placeholder="https://login.news.example"
        value={issuer}
        error={faultAt('issuer')}
        maxLength={255}
        onChange={(event) => setIssuer(event.currentTarget.value)}
      />
    </PanelForm>
  );
}
