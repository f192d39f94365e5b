import { ChevronDown } from 'lucide';
import type { Comment } from '../../kit/api-types.js';
import { Icon } from '../reading/icon.js';
import type { App } from '../thread/app.js';

/** A button that collapses a thread to the first line of its top-level comment, or expands it. */
export function Collapse({ app, id }: { app: App; id: string }) {
  const { t } = app;
  const folded = app.folded.has(id);
  const replies = app.state.byId.get(id)?.replyCount ?? 0;
  if (!folded && replies === 0) return null;
  return (
    <button
      class="fold"
      aria-expanded={!folded}
      aria-label={
        folded && replies
          ? `${t('foldedReplies', { n: replies })}. ${t('unfold')}`
          : t(folded ? 'unfold' : 'fold')
      }
      title={t(folded ? 'unfold' : 'fold')}
      onClick={() => app.toggle(app.folded, id)}
    >
      {folded && replies > 0 && t('foldedReplies', { n: replies })}
      <Icon node={ChevronDown} />
    </button>
  );
}

/** Shown in place of a comment by an ignored author. */
export function Ignored({ app, comment }: { app: App; comment: Comment }) {
  const { t } = app;
  const { author, id } = comment;
  if (!author) return null;
  return (
    <p>
      {t('ignoring', { name: author.name })}{' '}
      <button class="link" onClick={() => app.toggle(app.unfolded, id)}>
        {t('showAnyway')}
      </button>
    </p>
  );
}
