import { Bold, Italic, Link, List, TextQuote } from 'lucide';
import { IconButton } from '../interactive/icon-button.js';
import type { App } from '../thread/app.js';
import type { MarkdownFormat } from './format-markdown.js';

const tools = [
  ['bold', Bold],
  ['italic', Italic],
  ['quote', TextQuote],
  ['list', List],
  ['link', Link],
] as const;

/** Buttons for the supported Markdown, each with its syntax. */
export function FormattingToolbar({ app, onPick }: { app: App; onPick: (kind: MarkdownFormat) => void }) {
  const { t } = app;
  return (
    <div class="tools" role="group" aria-label={t('formatting')}>
      {tools.map(([kind, node]) => (
        <IconButton name={t(kind)} node={node} onClick={() => onPick(kind)} />
      ))}
      <span>{t('formatHelp')}</span>
    </div>
  );
}
