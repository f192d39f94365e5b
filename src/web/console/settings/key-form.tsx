import { Checkbox, NumberInput, Radio, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useConsole } from '../shell/console-context.js';
import { toFormError, type FormError } from '../shell/form-error.js';
import { PanelForm } from '../shell/panel-form.js';
import panels from '../shell/panels.module.css';
import { mayManage } from '../shell/permissions.js';
import { useSession } from '../session/session.js';
import type { KeyScope, NewPublisherKey } from '../api-types.js';
import { KEY_SCOPES, SCOPE_LABELS, SCOPE_DESCRIPTIONS } from './key-labels.js';
import classes from './settings.module.css';

interface Props {
  onSave: (draft: NewPublisherKey) => Promise<unknown>;
  onClose: () => void;
}

type SiteScope = 'here' | 'chosen' | 'every';

/** Sets a new key's name, scopes and sites. */
export function KeyForm({ onSave, onClose }: Props) {
  const { site } = useConsole();
  const { moderator, sites } = useSession();
  const manageableSites = sites.filter(
    ({ role, needsSecondFactor }) => mayManage(role) && !needsSecondFactor,
  );
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<readonly KeyScope[]>([]);
  const [siteScope, setSiteScope] = useState<SiteScope>('here');
  const [chosen, setChosen] = useState<readonly string[]>([site.id]);
  const [unread, setUnread] = useState<'error' | 'score'>('error');
  const [value, setValue] = useState<number | string>(1);
  const [fault, setFault] = useState<FormError | null>(null);
  const [isBusy, setBusy] = useState(false);
  const faultAt = (field: string) => (fault?.field === field ? fault.text : undefined);
  const toggled = <T,>(list: readonly T[], item: T): T[] =>
    list.includes(item) ? list.filter((each) => each !== item) : [...list, item];

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() === '')
      return setFault({ field: 'name', text: 'Enter a name, so that you know which key to revoke.' });
    if (scopes.length === 0) return setFault({ field: 'scopes', text: 'Choose at least one permission.' });
    if (siteScope === 'chosen' && chosen.length === 0)
      return setFault({ field: 'sites', text: 'Choose at least one site.' });
    const isScore = scopes.includes('score') && unread === 'score';
    if (isScore && typeof value !== 'number')
      return setFault({ field: 'unread', text: 'Enter a score from 0 to 1.' });
    setBusy(true);
    setFault(null);
    try {
      const siteIds = siteScope === 'every' ? null : siteScope === 'here' ? [site.id] : [...chosen];
      await onSave({
        name: name.trim(),
        scopes: [...scopes],
        sites: siteIds,
        ...(isScore ? { unread: { mode: 'score', value: Number(value) } } : {}),
      });
    } catch (error) {
      setFault(toFormError(error, ['name', 'scopes', 'sites', 'unread']));
      setBusy(false);
    }
  };

  return (
    <PanelForm
      title="A new key"
      submit="Create the key"
      fault={fault}
      isBusy={isBusy}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextInput
        label="Name"
        description="The program that will use it. Create one key per program, so that each can be revoked separately."
        placeholder="The editorial system"
        value={name}
        error={faultAt('name')}
        maxLength={120}
        autoFocus
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <fieldset className={classes.choices}>
        <legend>It may</legend>
        {KEY_SCOPES.map((scope) => (
          <Checkbox
            key={scope}
            label={SCOPE_LABELS[scope]}
            description={SCOPE_DESCRIPTIONS[scope]}
            checked={scopes.includes(scope)}
            onChange={() => setScopes(toggled(scopes, scope))}
          />
        ))}
        {faultAt('scopes') && (
          <p className={panels.fault} role="alert">
            {faultAt('scopes')}
          </p>
        )}
      </fieldset>
      {scopes.includes('score') && (
        <Radio.Group
          label="Text in an unsupported language"
          description="Some programs publish a comment if they get an error. For those, return a score above their hold threshold."
          value={unread}
          onChange={(mode) => setUnread(mode)}
        >
          <Radio mt="xs" value="error" label="Answer with an error, as Perspective API does" />
          <Radio mt="xs" value="score" label="Answer with a score for every attribute" />
          {unread === 'score' && (
            <NumberInput
              mt="xs"
              ml={32}
              maw={220}
              aria-label="Score for text in an unsupported language"
              value={value}
              error={faultAt('unread')}
              min={0}
              max={1}
              step={0.05}
              decimalScale={4}
              onChange={setValue}
            />
          )}
        </Radio.Group>
      )}
      {(manageableSites.length > 1 || moderator.mayAddSites) && (
        <Radio.Group label="On" value={siteScope} onChange={(value) => setSiteScope(value)}>
          <Radio mt="xs" value="here" label={`This site, ${site.name}`} />
          {manageableSites.length > 1 && <Radio mt="xs" value="chosen" label="Several sites" />}
          {siteScope === 'chosen' && (
            <fieldset className={classes.choices} aria-label="The sites">
              <div className={classes.nested}>
                {manageableSites.map(({ id, name: label }) => (
                  <Checkbox
                    key={id}
                    label={label}
                    checked={chosen.includes(id)}
                    onChange={() => setChosen(toggled(chosen, id))}
                  />
                ))}
              </div>
            </fieldset>
          )}
          {moderator.mayAddSites && <Radio mt="xs" value="every" label="Every site, including future ones" />}
        </Radio.Group>
      )}
      {faultAt('sites') && (
        <p className={panels.fault} role="alert">
          {faultAt('sites')}
        </p>
      )}
    </PanelForm>
  );
}
