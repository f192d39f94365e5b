import { useEffect, useRef, useState } from 'preact/hooks';
import type { FlagReason } from '../../kit/api-types.js';
import type { App } from '../thread/app.js';
import { GatePrompt } from '../reading/gate-prompt.js';
import { sendAppeal, sendFlag, deleteComment } from './send-dialog.js';
import { describeError, type ErrorMessage } from '../composer/describe-error.js';
import { focusComment } from '../interactive/announce.js';

const reasons: FlagReason[] = ['abuse', 'hate', 'spam', 'off-topic', 'personal-data', 'illegal', 'other'];

/** The open dialog: the reason for a flag, the confirmation of a deletion, or the text of an appeal. */
export function CommentDialog({ app }: { app: App }) {
  const { t, dialog } = app;
  const dialogRef = useRef<HTMLDialogElement>(null);
  const [reason, setReason] = useState<FlagReason | null>(null);
  const [detail, setDetail] = useState('');
  const [sending, setSending] = useState(false);
  const [errorMessage, setErrorMessage] = useState<ErrorMessage | null>(null);

  useEffect(() => dialogRef.current?.showModal(), []);
  if (!dialog) return null;
  const { kind, comment } = dialog;
  const flagging = kind === 'flag';
  const appealing = kind === 'appeal';
  const keyPrefix = appealing ? 'appeal' : flagging ? 'flag' : 'delete';

  const send = async () => {
    if (sending) return;
    setSending(true);
    setErrorMessage(null);
    try {
      await (flagging
        ? sendFlag(app, comment, reason ?? 'other', detail)
        : appealing
          ? sendAppeal(app, comment, detail)
          : deleteComment(app, comment));
      dialogRef.current?.close();
    } catch (error) {
      setErrorMessage(describeError(app, error, 'act'));
    }
    setSending(false);
  };

  return (
    <dialog
      ref={dialogRef}
      aria-labelledby="postbag-dialog"
      onClose={() => {
        app.dialog = null;
        app.render();
        // The button that opened the dialog may be in a closed menu, or may be disabled now.
        if (app.root.activeElement?.matches(':enabled') !== true) focusComment(app, comment.id);
      }}
      onClick={(event) => {
        if (event.target === event.currentTarget) event.currentTarget.close();
      }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <h3 id="postbag-dialog">{t(`${keyPrefix}Title`)}</h3>
        <p>{t(`${keyPrefix}Lead`)}</p>
        {flagging && (
          <fieldset>
            <legend class="sr">{t('flagWhy')}</legend>
            {reasons.map((each) => (
              <label class="choice">
                <input
                  type="radio"
                  name="reason"
                  required
                  checked={reason === each}
                  onChange={() => setReason(each)}
                />
                {t(each)}
              </label>
            ))}
          </fieldset>
        )}
        {kind !== 'delete' && (
          <label class="detail">
            {t(appealing ? 'appealReason' : 'flagDetail')}
            <textarea
              rows={appealing ? 4 : 2}
              maxLength={appealing ? 2000 : 500}
              required={appealing}
              dir="auto"
              value={detail}
              onInput={(event) => setDetail(event.currentTarget.value)}
            />
          </label>
        )}
        <div role="alert">
          {errorMessage && !errorMessage.refusal && <p class="wrong">{errorMessage.text}</p>}
          {errorMessage?.refusal && (
            <GatePrompt
              app={app}
              refusal={errorMessage.refusal}
              action={flagging ? 'flag' : undefined}
              id={comment.id}
              text={errorMessage.text}
              small
            />
          )}
        </div>
        <div class="footer">
          <button type="button" class="plain" onClick={() => dialogRef.current?.close()}>
            {t(kind === 'delete' ? 'keep' : 'cancel')}
          </button>
          <button
            type="submit"
            class={kind === 'delete' ? 'main danger' : 'main'}
            aria-disabled={sending || (flagging && !reason) || (appealing && !detail.trim())}
          >
            {sending ? t('busy') : t(kind === 'delete' ? 'deleteYes' : (`${keyPrefix}Send` as 'flagSend'))}
          </button>
        </div>
      </form>
    </dialog>
  );
}
