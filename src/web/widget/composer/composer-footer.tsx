import { Eye, Type } from 'lucide';
import type { ComponentChildren } from 'preact';
import { IconButton } from '../interactive/icon-button.js';
import type { StringKey } from '../strings/translate.js';
import type { App } from '../thread/app.js';

interface ComposerFooterProps {
  app: App;
  tooled: boolean;
  previewing: boolean;
  /** There is something to be seen in a preview. */
  hasText: boolean;
  /** Why nothing can be sent now is said elsewhere. */
  isShut: boolean;
  /** What sending will do. */
  action: StringKey;
  onTools: () => void;
  onPreview: () => void;
  onCancel: () => void;
  /** Between the tools and the way out: what is left, or whose name it will carry. */
  children: ComponentChildren;
}

/** Below the text: its tools, and what becomes of it. */
export function ComposerFooter(props: ComposerFooterProps) {
  const { t } = props.app;
  return (
    <div class="footer">
      <IconButton name={t('formatting')} node={Type} aria-pressed={props.tooled} onClick={props.onTools} />
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
      <button type="submit" class="main" part="button" aria-disabled={props.isShut || !props.hasText}>
        {t(props.action)}
      </button>
    </div>
  );
}
