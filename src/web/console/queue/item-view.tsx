import { Button, VisuallyHidden } from '@mantine/core';
import {
  CircleCheck,
  CircleHelp,
  CirclePause,
  CircleX,
  Eye,
  EyeOff,
  Flag,
  History,
  Lightbulb,
  MessagesSquare,
  Scale,
  Star,
} from 'lucide-react';
import { useEffect, useRef, useState, type CSSProperties, type ReactNode } from 'react';
import { fullTime, longAge, shortAge, shortAgo } from '../shell/format-age.js';
import { KeyCap } from '../shell/key-button.js';
import { flagName, labelColor, labelName } from '../shell/score-labels.js';
import { languageName } from '../shell/languages.js';
import { useNow } from '../shell/use-now.js';
import type { CommentDetail, QueueFilter, QueueItem, Reason } from '../api-types.js';
import { labelsWithSpans, segmentBody } from './body-segments.js';
import { BlurredText } from './blurred-text.js';
import { CommentBody } from './comment-body.js';
import { CommentLinks } from './comment-links-view.js';
import classes from './item-view.module.css';
import { LEANING_LABELS } from './opinion-panel.js';
import { ScoreBars } from './score-bars.js';
import { suggestedUsesOf, USE_TEXTS } from './suggested-uses.js';
import type { ColleagueDecision } from './use-queue.js';

interface Props {
  item: QueueItem;
  /** Of the list that it is shown in. */
  filter: QueueFilter;
  /** Loaded shortly after the item. The item can be shown without it. */
  detail: CommentDetail | undefined;
  reasons: Reason[];
  settled: ColleagueDecision | undefined;
  myId: string;
  isRevealed: boolean;
  onReveal: (revealed: boolean) => void;
  withNumbers: boolean;
  onNumbers: (shown: boolean) => void;
}

/** The comment under review: its text, why it is in the queue, and what the scorer and readers say about it. */
export function ItemView(props: Props) {
  const { item, detail, settled } = props;
  const { comment, author } = item;
  const body = comment.body ?? '';
  const now = useNow();
  const [pinned, setPinned] = useState<string | null>(null);
  const [hovered, setHovered] = useState<string | null>(null);
  const [isLong, setLong] = useState(false);
  const text = useRef<HTMLDivElement>(null);

  useEffect(() => {
    setPinned(null);
    setHovered(null);
    text.current?.scrollTo({ top: 0 });
    text.current?.closest('[data-scroll]')?.scrollTo({ top: 0 });
  }, [comment.id]);

  useEffect(() => {
    const box = text.current;
    if (!box) return;
    const content = box.firstElementChild as HTMLElement;
    const observer = new ResizeObserver(() => {
      const isCut = box.scrollHeight > box.clientHeight + 1;
      setLong(isCut);
      // Reserves a minimum height when other content leaves too little room: the full height of a short text, or a few
      // lines of a long one. Set only when needed, because most comments fit and showing the next one should not
      // cause a second layout.
      const full = `${content.offsetHeight}px`;
      const current = box.style.getPropertyValue('--content-height');
      if (isCut ? current !== full : current !== '' && current !== full)
        box.style.setProperty('--content-height', isCut ? full : '');
    });
    observer.observe(box);
    observer.observe(content);
    return () => observer.disconnect();
  }, [comment.id]);

  const labels = labelsWithSpans(item.scores);
  const hasBlurredText = segmentBody(body, item.scores, null, item.hidden).some(({ isBlurred }) => isBlurred);
  // A published comment is in this queue because of readers' flags; the rule allowed it.
  const isPublished = comment.status === 'published';
  const others = item.claimants.filter(({ id }) => id !== props.myId);

  return (
    <article className={classes.item} aria-labelledby="item-byline">
      <h2 className={classes.byline} id="item-byline">
        <span className={classes.author}>{author?.name ?? 'Deleted reader'}</span>
        {author?.tier && <span className={classes.tier}>{author.tier.name}</span>}
        {author && author.role !== 'reader' && <span className={classes.role}>{author.role}</span>}
        <time className={classes.when} dateTime={comment.createdAt} title={fullTime(comment.createdAt)}>
          <span aria-hidden>{shortAge(comment.createdAt, now)}</span>
          <VisuallyHidden>{shortAgo(comment.createdAt, now)}</VisuallyHidden>
        </time>
        {comment.revision > 1 && <span className={classes.when}>edited</span>}
        {item.language && item.language !== 'en' && (
          <span className={classes.when}>{languageName(item.language)}</span>
        )}
        {others.length > 0 && (
          <span className={classes.claimants}>
            <Eye size={14} aria-hidden />
            {others.map(({ name }) => name).join(', ')} {others.length === 1 ? 'is' : 'are'} looking at this
          </span>
        )}
      </h2>

      <div
        className={classes.text}
        dir="auto"
        data-reading
        ref={text}
        // A scrollable region must be reachable by keyboard.
        tabIndex={isLong ? 0 : undefined}
        role={isLong ? 'region' : undefined}
        aria-label={isLong ? 'The comment' : undefined}
        data-settled={settled ? true : undefined}
      >
        <div>
          <CommentBody
            body={body}
            scores={item.scores}
            hidden={item.hidden}
            only={hovered ?? pinned}
            isRevealed={props.isRevealed}
            onReveal={() => props.onReveal(true)}
          />
        </div>
      </div>

      {(labels.length > 0 || hasBlurredText) && (
        <div className={classes.legend} role="group" aria-label="What the tints mean">
          {labels.map((label) => (
            <button
              key={label}
              type="button"
              className={classes.legendKey}
              style={{ '--tint': labelColor(label) } as CSSProperties}
              aria-pressed={pinned === label}
              title={`Show ${labelName(label).toLowerCase()} alone`}
              onClick={() => setPinned(pinned === label ? null : label)}
              onMouseEnter={() => setHovered(label)}
              onMouseLeave={() => setHovered(null)}
            >
              {labelName(label)}
            </button>
          ))}
          {hasBlurredText && (
            <Button
              size="compact-xs"
              variant="subtle"
              color="gray"
              data-key="s"
              aria-keyshortcuts="S"
              aria-pressed={props.isRevealed}
              className={classes.reveal}
              leftSection={
                props.isRevealed ? <EyeOff size={13} aria-hidden /> : <Eye size={13} aria-hidden />
              }
              rightSection={<KeyCap>s</KeyCap>}
              onClick={() => props.onReveal(!props.isRevealed)}
            >
              {props.isRevealed ? 'Hide the words' : 'Show hidden words'}
            </Button>
          )}
        </div>
      )}

      <CommentLinks html={comment.html} doubtfulHosts={detail?.doubtfulHosts ?? []} />

      <div className={classes.reasons}>
        {item.opinions.map((opinion) => (
          <Line
            key={opinion.moderator.id}
            icon={<MessagesSquare size={15} strokeWidth={1.75} aria-hidden />}
            state="held"
          >
            {opinion.moderator.id === props.myId ? 'You' : opinion.moderator.name}{' '}
            {opinion.moderator.id === props.myId
              ? LEANING_LABELS[opinion.leaning].replace('leans', 'lean').replace('is not', 'are not')
              : LEANING_LABELS[opinion.leaning]}
            {opinion.note && `: “${opinion.note}”`}
          </Line>
        ))}
        {item.appeal && (
          <Line icon={<Scale size={15} strokeWidth={1.75} aria-hidden />} state="held">
            {author?.name ?? 'The author'} appeals: <q className={classes.appeal}>{item.appeal.text}</q>
          </Line>
        )}
        {suggestedUsesOf(item, props.filter).map((use) => {
          const Icon = USE_ICONS[use];
          return (
            <Line key={use} icon={<Icon size={15} strokeWidth={1.75} aria-hidden />}>
              {USE_TEXTS[use]}
            </Line>
          );
        })}
        {isPublished || <QueueReason item={item} />}
        {item.flags.count > 0 && <Flags key={comment.id} item={item} detail={detail} isFirst={isPublished} />}
        {isPublished && <QueueReason item={item} />}
        {item.lastDecision?.by === 'moderator' && (
          <Line icon={<History size={15} strokeWidth={1.75} aria-hidden />}>
            {lastDecisionText(item, props.reasons)} {longAge(item.lastDecision.createdAt, now)} ago.
          </Line>
        )}
      </div>

      <section className={classes.scores} aria-labelledby="scores-title">
        <div className={classes.scoresHead}>
          <h3 id="scores-title">Scores</h3>
          <Button
            size="compact-xs"
            variant="subtle"
            color="gray"
            data-key="v"
            aria-keyshortcuts="V"
            aria-pressed={props.withNumbers}
            rightSection={<KeyCap>v</KeyCap>}
            onClick={() => props.onNumbers(!props.withNumbers)}
          >
            {props.withNumbers ? 'Fewer' : 'All, with numbers'}
          </Button>
        </div>
        <ScoreBars scores={item.scores} thresholds={item.thresholds} withNumbers={props.withNumbers} />
        {(detail?.externalAnswers ?? [])
          .filter(({ outcome }) => outcome !== 'scored')
          .map(({ scorer, name, outcome }) => (
            <p key={scorer} className={classes.unscored}>
              {name} gave no score: {failureText(outcome)}.
            </p>
          ))}
        {(detail?.externalAnswers ?? [])
          .filter(({ rule, reason }) => rule !== null || reason !== null)
          .map(({ scorer, name, rule, reason, hidden }) => (
            <p key={scorer} className={classes.unscored} dir="auto">
              {name}: {rule !== null && <b>{rule}</b>}{' '}
              {reason !== null && <BlurredText text={reason} hidden={hidden} />}
            </p>
          ))}
      </section>
    </article>
  );
}

const USE_ICONS = { pick: Star, question: CircleHelp, newsroom: Lightbulb } as const;

const SCORER_FAILURE_TEXTS: Readonly<Record<string, string>> = {
  timeout: 'it took too long',
  unreachable: 'it could not be reached',
  refused: 'it refused to be asked',
  failed: 'it failed',
  'bad-answer': 'its answer was incomplete or not understood',
  'circuit-open': 'it failed again and again, and was left alone for a while',
  'budget-spent': 'its budget of calls was used up',
};

const failureText = (outcome: string): string => SCORER_FAILURE_TEXTS[outcome] ?? outcome;

function Line(props: { icon: ReactNode; state?: string; children: ReactNode }) {
  return (
    <p className={classes.reason} data-state={props.state}>
      {props.icon}
      <span>{props.children}</span>
    </p>
  );
}

/** Why the comment is in the queue: the rule's own sentence, with an icon for the resulting status. */
function QueueReason({ item }: { item: QueueItem }) {
  const { status } = item.comment;
  const iconProps = { size: 15, strokeWidth: 1.75, 'aria-hidden': true } as const;
  if (status === 'rejected' || status === 'removed') {
    return (
      <Line icon={<CircleX {...iconProps} />} state="rejected">
        {sentence(item.rule?.text) ?? (status === 'removed' ? 'Removed.' : 'Rejected.')}
      </Line>
    );
  }
  if (status === 'published') {
    const text = sentence(item.rule?.text) ?? (item.flags.count > 0 ? null : 'Published: nothing held it.');
    return text ? <Line icon={<CircleCheck {...iconProps} />}>{text}</Line> : null;
  }
  return (
    <Line icon={<CirclePause {...iconProps} />} state="held">
      {sentence(item.rule?.text) ?? 'Held for a moderator.'}
    </Line>
  );
}

/** Capitalises the rule's text, because it is shown on its own line. */
function sentence(text: string | undefined): string | undefined {
  return text && text.charAt(0).toUpperCase() + text.slice(1);
}

/** How many readers’ explanations of their flags are shown at first. */
const FLAG_DETAILS_SHOWN = 3;

function Flags(props: { item: QueueItem; detail: CommentDetail | undefined; isFirst: boolean }) {
  const { item, detail } = props;
  const { count, reasons } = item.flags;
  const byCount = Object.entries(reasons).sort(([, a], [, b]) => b - a);
  const [isAllShown, setAllShown] = useState(false);
  const flagsWithDetail = (detail?.flagItems ?? []).filter((flag) => flag.detail);
  const shown = isAllShown ? flagsWithDetail : flagsWithDetail.slice(0, FLAG_DETAILS_SHOWN);
  const more = flagsWithDetail.length - shown.length;
  return (
    <>
      <Line
        icon={<Flag size={15} strokeWidth={1.75} aria-hidden />}
        state={props.isFirst ? 'held' : undefined}
      >
        {count === 1 ? '1 reader flagged it: ' : `${count} readers flagged it: `}
        {byCount.map(([reason, n], i) => (
          <span key={reason}>
            {i > 0 && ', '}
            {flagName(reason)}
            {byCount.length > 1 && <b className={classes.count}> {n}</b>}
          </span>
        ))}
      </Line>
      {shown.map((flag) => (
        <p key={flag.id} className={classes.flagDetail}>
          “<bdi>{flag.detail}</bdi>” <span>{flag.reader?.name ?? 'A visitor'}</span>
        </p>
      ))}
      {more > 0 && (
        <Button
          size="compact-xs"
          variant="subtle"
          color="gray"
          className={classes.moreFlagDetails}
          onClick={() => setAllShown(true)}
        >
          {more === 1 ? 'One more says why' : `${more.toLocaleString()} more say why`}
        </Button>
      )}
    </>
  );
}

function lastDecisionText(item: QueueItem, reasons: Reason[]): string {
  const last = item.lastDecision;
  if (!last) return '';
  const verbs: Record<string, string> = {
    approve: 'approved',
    reject: 'rejected',
    remove: 'removed',
    restore: 'restored',
    escalate: 'escalated',
    undo: 'took back a decision on',
  };
  const reason = reasons.find(({ code }) => code === last.reason)?.label ?? last.reason;
  const reasonSuffix = reason ? ` (${reason.toLowerCase()})` : '';
  return `${last.moderator?.name ?? 'A moderator'} ${verbs[last.action] ?? 'decided'} it${reasonSuffix}`;
}
