import { Eye, Type } from 'lucide';
import type { ComponentChildren } from 'preact';
import { IconButton } from '../interactive/icon-button.js';
import type { StringKey } from '../strings/translate.js';
import type { App } from '../thread/app.js';

interface ComposerFooterProps {
  app: App;
  isToolbarOpen: boolean;
  previewing: boolean;
  /** Whether there is any text to preview. */
  hasText: boolean;
  /** Whether sending is disabled. The reason is shown elsewhere. */
  isSendDisabled: boolean;
  /** The label of the send button. */
  action: StringKey;
  onTools: () => void;
  onPreview: () => void;
  onCancel: () => void;
  /** Shown between the tools and the cancel button: the characters left, or the name that the comment will carry. */
  children: ComponentChildren;
}

/** The bar below the text: formatting tools, preview, cancel and send. */
export function ComposerFooter(props: ComposerFooterProps) {
  const { t } = props.app;
  return (
    <div class="footer">
      <IconButton
        name={t('formatting')}
        node={Type}
        aria-pressed={props.isToolbarOpen}
        onClick={props.onTools}
      />
      <IconButton
        name={t('preview')}
        node={Eye}
        aria-pressed={props.previewing}
        aria-disabled={!props.hasText}
        onClick={props.onPreview}
      />
      {props.children}
      <button type="button" class="plain" onClick={props.onCancel}>
        {t('cancel')}
      </button>
      <button type="submit" class="main" part="button" aria-disabled={props.isSendDisabled || !props.hasText}>
        {t(props.action)}
      </button>
    </div>
  );
}
