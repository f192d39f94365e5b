import { Button } from '@mantine/core';
import { ArrowUpRight, MessagesSquare, UserRound } from 'lucide-react';
import { fullTime, longAge, shortAge, shortAgo } from '../shell/format-age.js';
import { KeyCap } from '../shell/key-button.js';
import { useNow } from '../shell/use-now.js';
import { AuthorRecord, SanctionMark } from '../readers/author-record.js';
import type { CommentDetail, DecisionRecord, QueueItem, Reason } from '../api-types.js';
import { AuthorHistoryPanel } from './author-history.js';
import { CommentBody } from './comment-body.js';
import classes from './context-panel.module.css';
import { Part } from './context-part.js';
import { NearDuplicates } from './near-duplicates.js';
import { RevisionDiff } from './revision-diff.js';
import { SimilarDecisions } from './similar-decisions.js';

interface Props {
  item: QueueItem;
  detail: CommentDetail | undefined;
  reasons: Reason[];
  onReader: () => void;
  onConversation: () => void;
  isRevealed: boolean;
  onReveal: (revealed: boolean) => void;
}

/** The context of the comment: the story, the parent comment, the author, and earlier decisions. */
export function ContextPanel(props: Props) {
  const { item, detail, reasons, onReader, onConversation, isRevealed } = props;
  const reveal = () => props.onReveal(true);
  const { story, parent, author } = item;
  const now = useNow();
  const revisions = detail?.revisions ?? [];
  return (
    <aside className={classes.panel} aria-label="Context">
      <Part title="Story">
        <a
          className={classes.story}
          href={safeUrl(story.url)}
          target="_blank"
          rel="noreferrer noopener"
          aria-keyshortcuts="O"
        >
          {story.title}
          <ArrowUpRight size={14} aria-label="opens in a new tab" />
        </a>
        {story.section && <p className={classes.soft}>{story.section}</p>}
      </Part>

      <Part title={parent ? 'In reply to' : 'Conversation'}>
        {parent ? (
          <blockquote className={classes.parent}>
            <p className={classes.parentAuthor}>{parent.author?.name ?? 'Deleted reader'}</p>
            <p
              className={classes.parentBody}
              dir="auto"
              tabIndex={(parent.body?.length ?? 0) > 400 ? 0 : undefined}
            >
              {parent.body === null ? (
                'This comment was deleted.'
              ) : (
                <CommentBody
                  body={parent.body}
                  hidden={parent.hidden}
                  isRevealed={isRevealed}
                  onReveal={reveal}
                />
              )}
            </p>
          </blockquote>
        ) : (
          <p className={classes.soft}>A top-level comment, not a reply.</p>
        )}
        <Button
          fullWidth
          size="xs"
          variant="default"
          data-key="c"
          aria-keyshortcuts="C"
          leftSection={<MessagesSquare size={14} aria-hidden />}
          rightSection={<KeyCap>c</KeyCap>}
          onClick={onConversation}
        >
          The conversation
        </Button>
      </Part>

      <Part title="Author">
        {author ? (
          <>
            <p className={classes.name}>
              <b>{author.name}</b>
              {author.tier && <span className={classes.tier}>{author.tier.name}</span>}
            </p>
            <p className={classes.soft}>
              Reader for {longAge(author.since, now)} <SanctionMark standing={author.standing} />
            </p>
            <AuthorRecord history={author.history} />
            {detail && <AuthorHistoryPanel detail={detail} reasons={reasons} />}
            <Button
              fullWidth
              size="xs"
              variant="default"
              data-key="p"
              aria-keyshortcuts="P"
              leftSection={<UserRound size={14} aria-hidden />}
              rightSection={<KeyCap>p</KeyCap>}
              onClick={onReader}
            >
              Warn, suspend, trust…
            </Button>
          </>
        ) : (
          <p className={classes.soft}>The author’s account is gone.</p>
        )}
      </Part>

      {detail && <NearDuplicates commentId={item.comment.id} />}

      {detail && (
        <Part title="Similar past decisions">
          <SimilarDecisions commentId={item.comment.id} reasons={reasons} />
        </Part>
      )}

      {revisions.length > 1 && (
        <Part title="What was edited">
          {revisions.slice(1).map((revision, i) => (
            <blockquote key={revision.number} className={classes.parent}>
              <RevisionDiff
                before={revisions[i]!}
                after={revision}
                isRevealed={isRevealed}
                onReveal={reveal}
              />
              <p className={classes.soft}>{shortAgo(revision.createdAt, now)}</p>
            </blockquote>
          ))}
        </Part>
      )}

      {detail && detail.decisions.length > 0 && (
        <Part title="Decisions">
          <ol className={classes.timeline}>
            {detail.decisions.map((decision) => (
              <li key={decision.id}>
                <span>
                  {decisionText(decision)}
                  {decision.reason &&
                    ` · ${reasons.find(({ code }) => code === decision.reason)?.label ?? decision.reason}`}
                </span>
                <time dateTime={decision.createdAt} title={fullTime(decision.createdAt)}>
                  {shortAge(decision.createdAt, now)}
                </time>
                {decision.reasonText && (
                  <p className={classes.reasonText}>
                    The author read: <q dir="auto">{decision.reasonText}</q>
                  </p>
                )}
                {decision.note && <q>{decision.note}</q>}
              </li>
            ))}
          </ol>
        </Part>
      )}
    </aside>
  );
}

const ACTION_LABELS: Readonly<Record<string, string>> = {
  publish: 'Published',
  hold: 'Held',
  approve: 'Approved',
  reject: 'Rejected',
  remove: 'Removed',
  restore: 'Restored',
  escalate: 'Escalated',
  undo: 'Undone',
};

function decisionText(decision: DecisionRecord): string {
  const verb = decision.reverses ? 'Undone' : (ACTION_LABELS[decision.action] ?? decision.action);
  return `${verb} by ${decision.moderator?.name ?? (decision.by === 'rule' ? 'a rule' : decision.by)}`;
}

/**
 * Returns the URL if it uses http or https, otherwise undefined. Story URLs come from the publisher's page and may use
 * any scheme.
 */
export function safeUrl(url: string): string | undefined {
  return /^https?:\/\//i.test(url) ? url : undefined;
}
