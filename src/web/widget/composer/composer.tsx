import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Comment } from '../../kit/api-types.js';
import { GatePrompt } from '../reading/gate-prompt.js';
import type { App } from '../thread/app.js';
import { draftsOf } from './drafts-of.js';
import { describeError, type ErrorMessage } from './describe-error.js';
import { ComposerFooter } from './composer-footer.js';
import { formatMarkdown, type MarkdownFormat } from './format-markdown.js';
import { charactersLeft } from './characters-left.js';
import { mentionAt, completeMention } from './mention.js';
import { usePreSubmitCheck } from './use-pre-submit-check.js';
import { MentionList, useMentionSuggestions } from './mention-list.js';
import { Preview } from './preview.js';
import { useDebounced } from './use-debounced.js';
import { isOrphaned, submitText } from './submit-text.js';
import { nameFromToken } from './name-from-token.js';
import { FormattingToolbar } from './formatting-toolbar.js';
import { focusComment } from '../interactive/announce.js';

const mentionKeys = ['ArrowDown', 'ArrowUp', 'Enter', 'Tab', 'Escape'];

interface ComposerProps {
  app: App;
  /** The comment being replied to. */
  parent?: Comment;
  /** The reader's own comment being edited. */
  editing?: Comment;
}

/**
 * The form for writing a comment: a single line until it is used. Keeps the draft until the server has accepted it.
 */
export function Composer({ app, parent, editing }: ComposerProps) {
  const { t } = app;
  const draftKey = editing ? `edit:${editing.id}` : parent ? `reply:${parent.id}` : 'new';
  const submitTarget = { draftKey, parent, editing };
  const isOrphan = isOrphaned(submitTarget);
  const store = draftsOf(app);
  const [body, setBody] = useState(() => store.read(draftKey).body || (editing?.body ?? ''));
  const [isOpen, setOpen] = useState(Boolean(parent || editing || body));
  const [isToolbarOpen, setToolbarOpen] = useState(false);
  const [sending, setSending] = useState(false);
  const [errorMessage, setErrorMessage] = useState<ErrorMessage | null>(null);
  const fieldRef = useRef<HTMLTextAreaElement>(null);
  const [cursor, setCursor] = useState(-1);
  const [previewing, setPreviewing] = useState(false);
  const mention = cursor < 0 ? null : mentionAt(body, cursor);
  const suggestions = useMentionSuggestions(app, mention);
  const mayBeHeld = usePreSubmitCheck(app, body, isOpen && !sending);
  const remaining = charactersLeft(body, app.state.limits?.bodyChars ?? 5000);
  const charactersLeftText =
    remaining === null ? '' : t(remaining < 0 ? 'over' : 'left', { n: Math.abs(remaining) });
  const announcedText = useDebounced(charactersLeftText);
  const name = nameFromToken(app.session);
  const kind = editing ? 'edit' : parent ? 'reply' : 'comment';
  // The gate may close while the reader types. Say so at once, and not only when they send.
  const permission = editing ? null : app.state.gate?.[isOrphan ? 'comment' : (kind as 'comment')];
  const refusedPermission = permission && !permission.allowed ? permission : null;
  const id = `postbag-write-${draftKey}`;

  // The field grows with its text.
  useLayoutEffect(() => {
    const field = fieldRef.current;
    if (!field) return;
    field.style.height = 'auto';
    field.style.height = `${field.scrollHeight}px`;
  }, [body, isOpen, previewing]);

  useEffect(() => {
    if (!parent && !editing) return;
    const field = fieldRef.current;
    field?.focus();
    field?.setSelectionRange(field.value.length, field.value.length);
  }, []);

  // The reader returned after signing in or upgrading, or reused an unpublished text.
  useEffect(() => {
    setErrorMessage(null);
    const draftBody = store.read(draftKey).body;
    if (draftBody && !editing) type(draftBody);
    if (app.focusComposer && !parent && !editing) {
      app.focusComposer = false;
      setOpen(true);
      fieldRef.current?.focus();
    }
  }, [app.session, app.draftVersion]);

  const type = (text: string) => {
    setBody(text);
    if (draftKey === 'new') app.isWriting = text !== '';
    store.save(draftKey, { ...store.read(draftKey), body: text === editing?.body ? '' : text });
  };

  /** Replaces the text of the field, and selects from `start` to `end`. */
  const replaceText = (text: string, start: number, end: number) => {
    const field = fieldRef.current;
    if (!field) return;
    type(text);
    field.value = text;
    field.focus();
    field.setSelectionRange(start, end);
  };

  const insertMention = (name: string) => {
    if (!mention) return;
    const { text, at } = completeMention(body, cursor, mention, name);
    setCursor(-1);
    replaceText(text, at, at);
  };

  const apply = (kind: MarkdownFormat) => {
    const field = fieldRef.current;
    if (!field) return;
    const { text, start, end } = formatMarkdown(
      { text: body, start: field.selectionStart, end: field.selectionEnd },
      kind,
      t('linkText'),
    );
    replaceText(text, start, end);
  };

  const close = () => {
    if (parent) app.composers.delete(parent.id);
    if (editing) {
      store.drop(draftKey);
      app.composers.delete(editing.id);
    }
    setOpen(false);
    if (draftKey === 'new') app.isWriting = false;
    app.render();
    focusComment(app, (parent ?? editing)?.id);
  };

  const send = async () => {
    const text = body.trim();
    setPreviewing(false);
    if (!text || sending || refusedPermission || (remaining ?? 0) < 0) return fieldRef.current?.focus();
    setSending(true);
    setErrorMessage(null);
    try {
      await submitText(app, submitTarget, body);
      setBody('');
      setOpen(false);
    } catch (error) {
      setErrorMessage(describeError(app, error, kind));
      fieldRef.current?.focus();
    }
    setSending(false);
    app.render();
  };

  const refusal = errorMessage?.refusal ?? refusedPermission;
  // Posting again is safe: the server may already have the text, but the reused idempotency key creates one comment.
  const canRetry = errorMessage && !refusal;
  const action = editing
    ? sending
      ? 'saving'
      : 'save'
    : sending
      ? 'posting'
      : canRetry
        ? 'postAgain'
        : parent && !isOrphan
          ? 'postReply'
          : 'post';
  const label = editing
    ? t('yourEdit')
    : parent?.author
      ? t('yourReply', { name: parent.author.name })
      : t('yourComment');

  return (
    <form
      part="composer"
      class={isOpen ? 'write open' : 'write'}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
      onKeyDown={(event) => {
        const { key, ctrlKey, metaKey } = event;
        const suggestion = suggestions.people[suggestions.active];
        if (suggestion && !ctrlKey && !metaKey && mentionKeys.includes(key)) {
          event.preventDefault();
          if (key === 'ArrowDown') suggestions.move(1);
          else if (key === 'ArrowUp') suggestions.move(-1);
          else if (key === 'Escape') setCursor(-1);
          else insertMention(suggestion.name);
        } else if (ctrlKey || metaKey) {
          if (key === 'Enter') void send();
          else if (key === 'b') apply('bold');
          else if (key === 'i') apply('italic');
          else return;
          event.preventDefault();
        } else if (key === 'Escape' && !body.trim()) close();
      }}
    >
      <label class="sr" for={id}>
        {label}
      </label>
      <div class="field">
        {isToolbarOpen && isOpen && !previewing && <FormattingToolbar app={app} onPick={apply} />}
        <textarea
          id={id}
          ref={fieldRef}
          rows={isOpen ? 3 : 1}
          dir="auto"
          value={body}
          readOnly={sending}
          placeholder={t(parent ? 'placeholderReply' : 'placeholder')}
          aria-invalid={remaining !== null && remaining < 0}
          aria-describedby={`${id}-note`}
          hidden={previewing}
          {...(suggestions.people.length > 0 && {
            'aria-autocomplete': 'list',
            'aria-controls': `${id}-people`,
            'aria-activedescendant': `${id}-people-${suggestions.active}`,
          })}
          onFocus={() => setOpen(true)}
          onBlur={() => setCursor(-1)}
          onInput={(event) => {
            type(event.currentTarget.value);
            setCursor(event.currentTarget.selectionStart);
          }}
        />
        {previewing && <Preview app={app} body={body} />}
        <MentionList app={app} id={`${id}-people`} suggestions={suggestions} onSelect={insertMention} />
      </div>
      <div id={`${id}-note`} role="alert">
        {errorMessage && !refusal && <p class="wrong">{errorMessage.text}</p>}
        {refusal && (
          <>
            <GatePrompt
              app={app}
              refusal={refusal}
              action={isOrphan ? 'comment' : kind}
              id={isOrphan ? '' : (parent ?? editing)?.id}
              text={errorMessage?.text}
              small
            />
            {body.trim() && !errorMessage?.text && <p>{t('textKept')}</p>}
          </>
        )}
      </div>
      <p class="hint" role="status">
        {isOrphan ? t('parentGone') : mayBeHeld && !errorMessage && t('mayBeHeld')}
      </p>
      {isOpen && (
        <ComposerFooter
          app={app}
          isToolbarOpen={isToolbarOpen}
          previewing={previewing}
          hasText={body.trim() !== ''}
          isSendDisabled={sending || Boolean(refusedPermission) || (remaining ?? 0) < 0}
          action={action}
          onTools={() => setToolbarOpen(!isToolbarOpen)}
          onPreview={() => {
            if (!body.trim()) return fieldRef.current?.focus();
            setPreviewing(!previewing);
          }}
          onCancel={close}
        >
          <span class="sr" role="status">
            {suggestions.people.length > 0
              ? t('mentionCount', { n: suggestions.people.length })
              : announcedText}
          </span>
          {remaining !== null ? (
            <span class={remaining < 0 ? 'count over' : 'count'}>{charactersLeftText}</span>
          ) : (
            name && !editing && <span class="count as">{t('postingAs', { name })}</span>
          )}
        </ComposerFooter>
      )}
    </form>
  );
}
