import { Checkbox, NativeSelect, NumberInput, PasswordInput, Textarea, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import forms from '../shell/forms.module.css';
import { api } from '../api.js';
import { useConsole } from '../shell/console-context.js';
import { toFormError, type FormError } from '../shell/form-error.js';
import { PanelForm } from '../shell/panel-form.js';
import type { Scorer, ScorerSettings } from '../api-types.js';
import { ChatFields, chatDraftOf, chatSettingsOf } from './chat-fields.js';
import { KIND_LABELS, ownUses } from './scorer-labels.js';

type Kind = Scorer['kind'];

interface Props {
  /** Omitted for a new scorer. */
  scorer?: Scorer;
  usedKeys: readonly string[];
  onSaved: (saved: Scorer & { secret?: string }) => Promise<unknown>;
  onClose: () => void;
}

const FIELDS = [
  'name',
  'url',
  'secret',
  'model',
  'blog',
  'labels',
  'languages',
  'timeoutMs',
  'callsPerDay',
  'callsPerMonth',
  'rules',
  'band',
  'maxTokens',
  'whenAbsent',
];
const SECRET_TEXTS: Readonly<Record<Kind, string>> = {
  'signed-http': 'Leave it empty to generate one, which is shown once.',
  'openai-moderation': 'The API key.',
  akismet: 'The API key.',
  perspective: 'The API key.',
  chat: 'The API key. Leave it empty if the server needs none.',
};
const URL_TEXTS: Readonly<Record<Kind, string>> = {
  'signed-http': 'Receives the texts. It must use https and a public address.',
  'openai-moderation': 'Leave it empty for the usual one.',
  akismet: 'Leave it empty for the usual one.',
  perspective: 'Leave it empty for the usual one.',
  chat: 'The complete address of chat/completions. A server on your own network must be in OUTBOUND_ALLOW.',
};
const DEFAULT_TIMEOUTS_MS: Partial<Record<Kind, number>> = { chat: 4000 };
const CONTEXT_KINDS: readonly Kind[] = ['signed-http', 'perspective', 'chat'];

/** A scorer's URL, how its labels are used, and its cost limit. */
export function ScorerForm({ scorer, usedKeys, onSaved, onClose }: Props) {
  const { site } = useConsole();
  const [kind, setKind] = useState<Kind>(scorer?.kind ?? 'signed-http');
  const [name, setName] = useState(scorer?.name ?? '');
  const [url, setUrl] = useState(scorer?.url ?? '');
  const [secret, setSecret] = useState('');
  const [model, setModel] = useState(scorer?.model ?? '');
  const [blog, setBlog] = useState(scorer?.blog ?? '');
  const [languages, setLanguages] = useState(scorer?.languages.join(', ') ?? '');
  const [timeoutMs, setTimeoutMs] = useState<number | string>(scorer?.timeoutMs ?? '');
  const [callsPerDay, setCallsPerDay] = useState<number | string>(scorer?.callsPerDay ?? '');
  const [callsPerMonth, setCallsPerMonth] = useState<number | string>(scorer?.callsPerMonth ?? '');
  const [chat, setChat] = useState(() => chatDraftOf(scorer));
  const [sendsContext, setSendsContext] = useState(scorer?.sendContext ?? false);
  const [isShadow, setShadow] = useState(scorer?.isShadow ?? false);
  const [whenAbsent, setWhenAbsent] = useState<Scorer['whenAbsent']>(scorer?.whenAbsent ?? 'hold');
  const [isEnabled, setEnabled] = useState(scorer?.enabled ?? true);
  const [labels, setLabels] = useState(scorer ? JSON.stringify(ownUses(scorer.labels), null, 2) : '');
  const [fault, setFault] = useState<FormError | null>(null);
  const [isBusy, setBusy] = useState(false);
  const takesModel = kind === 'openai-moderation' || kind === 'chat';
  const faultAt = (field: string) => (fault?.field === field ? fault.text : undefined);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    let uses: ScorerSettings['labels'];
    if (labels.trim()) {
      try {
        uses = JSON.parse(labels) as ScorerSettings['labels'];
      } catch {
        return setFault({ field: 'labels', text: 'This is not JSON yet.' });
      }
    }
    if (!scorer && name.trim() === '')
      return setFault({ field: 'name', text: 'The name that moderators see.' });
    if (kind === 'chat' && model.trim() === '')
      return setFault({ field: 'model', text: 'Enter the name of the model.' });
    if (kind === 'chat' && chat.rules.trim() === '')
      return setFault({ field: 'rules', text: 'Enter the rules by which it judges.' });
    const languageCodes = languages.split(/[\s,]+/).filter(Boolean);
    setBusy(true);
    setFault(null);
    try {
      await onSaved(
        await api.putScorer(site.id, scorer?.key ?? keyFor(name, usedKeys), {
          kind,
          ...(name.trim() ? { name: name.trim() } : {}),
          ...(url.trim() ? { url: url.trim() } : {}),
          ...(secret ? { secret } : {}),
          ...(takesModel && model.trim() ? { model: model.trim() } : {}),
          ...(kind === 'akismet' && blog.trim() ? { blog: blog.trim() } : {}),
          ...(kind === 'chat' ? chatSettingsOf(chat) : {}),
          ...(uses === undefined ? {} : { labels: uses }),
          languages: languageCodes,
          ...(timeoutMs === '' ? {} : { timeoutMs: Number(timeoutMs) }),
          callsPerDay: callsPerDay === '' ? null : Number(callsPerDay),
          callsPerMonth: callsPerMonth === '' ? null : Number(callsPerMonth),
          sendContext: sendsContext && CONTEXT_KINDS.includes(kind),
          isShadow,
          whenAbsent,
          enabled: isEnabled,
        }),
      );
    } catch (error) {
      setFault(toFormError(error, FIELDS));
      setBusy(false);
    }
  };

  return (
    <PanelForm
      title={scorer ? `Settings of ${scorer.name}` : 'A new scorer'}
      submit={scorer ? 'Save' : 'Add the scorer'}
      fault={fault}
      isBusy={isBusy}
      onSubmit={submit}
      onClose={onClose}
    >
      <div className={forms.fields}>
        {!scorer && (
          <NativeSelect
            size="xs"
            label="Kind"
            description="The API that the scorer implements."
            value={kind}
            autoFocus
            onChange={(event) => setKind(event.currentTarget.value as Kind)}
            data={Object.entries(KIND_LABELS).map(([value, label]) => ({ value, label }))}
          />
        )}
        <TextInput
          size="xs"
          label="Name"
          description="The name that moderators see."
          value={name}
          error={faultAt('name')}
          maxLength={60}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <PasswordInput
          size="xs"
          label={kind === 'signed-http' ? 'Signing secret' : 'Key'}
          description={scorer ? 'Leave it empty to keep the current one.' : SECRET_TEXTS[kind]}
          value={secret}
          error={faultAt('secret')}
          autoComplete="off"
          onChange={(event) => setSecret(event.currentTarget.value)}
        />
        <TextInput
          size="xs"
          className={forms.wide}
          label="URL"
          type="url"
          placeholder="https://"
          description={URL_TEXTS[kind]}
          value={url}
          error={faultAt('url')}
          onChange={(event) => setUrl(event.currentTarget.value)}
        />
        {takesModel && (
          <TextInput
            size="xs"
            label="Model"
            placeholder={kind === 'chat' ? 'gpt-oss-safeguard:20b' : 'omni-moderation-latest'}
            {...(kind === 'chat' ? { description: 'Its name on the server.' } : {})}
            value={model}
            error={faultAt('model')}
            onChange={(event) => setModel(event.currentTarget.value)}
          />
        )}
        {kind === 'akismet' && (
          <TextInput
            size="xs"
            label="Your front page"
            description="As registered there. Leave it empty for the site’s first origin."
            placeholder="https://"
            value={blog}
            error={faultAt('blog')}
            onChange={(event) => setBlog(event.currentTarget.value)}
          />
        )}
        <NumberInput
          size="xs"
          label="Wait for it"
          description="200 to 5,000 milliseconds per comment."
          suffix=" ms"
          placeholder={`${DEFAULT_TIMEOUTS_MS[kind] ?? 2000} ms`}
          min={200}
          max={5000}
          value={timeoutMs}
          error={faultAt('timeoutMs')}
          onChange={setTimeoutMs}
        />
        <NumberInput
          size="xs"
          label="Calls a day"
          description="Leave it empty for no limit."
          thousandSeparator=","
          min={1}
          value={callsPerDay}
          error={faultAt('callsPerDay')}
          onChange={setCallsPerDay}
        />
        <NumberInput
          size="xs"
          label="Calls a month"
          description="Leave it empty for no limit."
          thousandSeparator=","
          min={1}
          value={callsPerMonth}
          error={faultAt('callsPerMonth')}
          onChange={setCallsPerMonth}
        />
        <NativeSelect
          size="xs"
          label="If it returns no score"
          description="Too slow, not reachable, or out of budget."
          value={whenAbsent}
          onChange={(event) => setWhenAbsent(event.currentTarget.value as Scorer['whenAbsent'])}
          data={[
            { value: 'hold', label: 'Hold the comment' },
            { value: 'go-on', label: 'The local model decides' },
          ]}
        />
        <TextInput
          size="xs"
          label="Languages it reads"
          description="Two letters each: de, fr."
          value={languages}
          error={faultAt('languages')}
          onChange={(event) => setLanguages(event.currentTarget.value)}
        />
      </div>
      {kind === 'chat' && <ChatFields draft={chat} onChange={setChat} faultAt={faultAt} />}
      <Textarea
        size="xs"
        label="Use of its labels"
        description="JSON. For each label of the scorer, “as” counts it as one or more of Postbag’s labels, “hold” and “reject” are thresholds from 0 to 1, and {} only shows it. Leave empty to use the defaults of this kind."
        placeholder={'{"off-brand": {"hold": 0.8}}'}
        rows={4}
        spellCheck={false}
        styles={{ input: { fontFamily: 'var(--pb-font-mono)' } }}
        value={labels}
        error={faultAt('labels')}
        onChange={(event) => setLabels(event.currentTarget.value)}
      />
      {CONTEXT_KINDS.includes(kind) && (
        <Checkbox
          size="xs"
          label="Send the story’s title and the parent comment too"
          description="The parent comment is another reader’s text. Leave it off if your agreement with the operator of the scorer does not cover it."
          checked={sendsContext}
          onChange={(event) => setSendsContext(event.currentTarget.checked)}
        />
      )}
      <Checkbox
        size="xs"
        label="Shadow mode"
        description="It is called and its scores are shown, but no decision depends on it."
        checked={isShadow}
        onChange={(event) => setShadow(event.currentTarget.checked)}
      />
      {!scorer && (
        <Checkbox
          size="xs"
          label="It takes part in decisions"
          description="If off, it is called only while it is compared with another scorer."
          checked={isEnabled}
          onChange={(event) => setEnabled(event.currentTarget.checked)}
        />
      )}
    </PanelForm>
  );
}

/** Creates a readable, unused key that prefixes the scorer's labels. */
function keyFor(name: string, usedKeys: readonly string[]): string {
  const slug = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '')
    .slice(0, 28);
  const base = slug || 'scorer';
  for (let n = 1; ; n++) {
    const candidate = n === 1 ? base : `${base}-${n}`;
    if (!usedKeys.includes(candidate)) return candidate;
  }
}
