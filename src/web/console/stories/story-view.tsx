import { Button, Checkbox, Menu, Modal, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Check, ChevronDown } from 'lucide-react';
import { useState } from 'react';
import { AnswerForm } from '../answers/answer-form.js';
import { api } from '../api.js';
import { fullTime, shortAge } from '../shell/format-age.js';
import { useConsole } from '../shell/console-context.js';
import { useNow } from '../shell/use-now.js';
import { Failed, errorText, Page, LoadingRows } from '../shell/page.js';
import page from '../shell/page.module.css';
import { mayDecide } from '../shell/permissions.js';
import { hrefOf, Link } from '../router.js';
import { useSession } from '../session/session.js';
import type { ModerationStory, StoryRecord } from '../api-types.js';
import { StoryAuthors } from './story-authors.js';
import { stateText } from './story-state.js';
import classes from './story-view.module.css';

const DAY_MS = 86_400_000;
const DURATIONS = [
  { value: '', label: 'Stays open' },
  { value: '1', label: 'Closes in 1 day' },
  { value: '3', label: 'Closes in 3 days' },
  { value: '7', label: 'Closes in a week' },
  { value: '14', label: 'Closes in 2 weeks' },
];
const OFFLINE = 'The server does not answer. Nothing was changed; try again.';
const daysFromNow = (days: string): string | null =>
  days === '' ? null : new Date(Date.now() + Number(days) * DAY_MS).toISOString();

/** One story: its figures, whether it accepts comments, its mode, and its featured comments. */
export function StoryView({ storyId }: { storyId: string }) {
  const { site } = useConsole();
  const queries = useQueryClient();
  const now = useNow();
  const [isStrictOpen, setStrictOpen] = useState(false);
  const [isWriting, setWriting] = useState(false);
  const [isSent, setSent] = useState(false);
  const [focusesButton, setFocusesButton] = useState(false);
  const key = ['story', storyId];
  const { data, error, isPending, refetch } = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => api.story(storyId, signal),
  });
  const change = useMutation({
    mutationFn: (action: () => Promise<unknown>) => action(),
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: key }),
        queries.invalidateQueries({ queryKey: ['stories', site.id] }),
      ]),
  });
  const canDecide = mayDecide(site.role);
  const story = data?.story;
  return (
    <Page
      place="stories"
      title={story?.title ?? 'Story'}
      description={
        <>
          <Link href={hrefOf('/stories', { site: site.id })}>All stories</Link>
          {story && (
            <>
              {' '}
              · {stateText(story)} ·{' '}
              <a href={story.url} target="_blank" rel="noreferrer">
                Open its page
              </a>
            </>
          )}
        </>
      }
      actions={
        story &&
        canDecide && (
          <>
            {story.state === 'open' ? (
              <>
                <ClosingMenu
                  story={story}
                  onChoice={(closesAt) =>
                    change.mutate(() => api.openStory(storyId, { state: 'open', closesAt }))
                  }
                />
                <Button
                  variant="default"
                  disabled={change.isPending}
                  onClick={() =>
                    change.mutate(() => api.openStory(storyId, { state: 'closed', closesAt: null }))
                  }
                >
                  Close now
                </Button>
              </>
            ) : (
              <Button
                disabled={change.isPending}
                onClick={() => change.mutate(() => api.openStory(storyId, { state: 'open', closesAt: null }))}
              >
                Open again
              </Button>
            )}
            {!data.strict && (
              <Button variant="default" onClick={() => setStrictOpen(true)}>
                Strict mode…
              </Button>
            )}
          </>
        )
      }
    >
      {isPending && <LoadingRows />}
      {error && !data && <Failed error={error} what="The story" onRetry={() => void refetch()} />}
      {change.isError && (
        <p className={page.fault} role="alert">
          {errorText(change.error, OFFLINE)}
        </p>
      )}
      {data?.strict && (
        <div className={page.note} data-state="waiting">
          <span>
            <b>Strict mode:</b> “{data.strict.reason}” Every comment waits
            {data.strict.moderators.length > 0 &&
              `, and only ${data.strict.moderators.map(({ name }) => name).join(', ')} may decide`}
            . Set {data.strict.by && `by ${data.strict.by.name} `}on {fullTime(data.strict.since)}
            {data.strict.until && `; it ends on ${fullTime(data.strict.until)}`}.
          </span>
          {canDecide && (
            <Button
              size="xs"
              variant="default"
              disabled={change.isPending}
              onClick={() => change.mutate(() => api.endStrict(storyId))}
            >
              End strict mode
            </Button>
          )}
        </div>
      )}
      {data && (
        <>
          <dl className={classes.numbers}>
            {numbersOf(data).map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value.toLocaleString()}</dd>
              </div>
            ))}
          </dl>
          {canDecide &&
            (isWriting ? (
              <AnswerForm
                storyId={storyId}
                parentId={null}
                onSent={() => {
                  setWriting(false);
                  setFocusesButton(true);
                  setSent(true);
                  void queries.invalidateQueries({ queryKey: key });
                }}
                onClose={() => {
                  setWriting(false);
                  setFocusesButton(true);
                }}
              />
            ) : (
              <div className={classes.write}>
                <Button
                  size="xs"
                  variant="default"
                  // Returns the focus to the button after the form is closed.
                  autoFocus={focusesButton}
                  onClick={() => setWriting(true)}
                >
                  Write as {site.name}
                </Button>
                <span className={page.soft} role="status">
                  {isSent &&
                    'Sent. It appears under the story once it has been checked, like any other comment.'}
                </span>
              </div>
            ))}
          {canDecide && <StoryAuthors storyId={storyId} />}
          <h2>Comments to pick and pin</h2>
          {data.comments.length === 0 && <p className={page.soft}>Nothing is published here yet.</p>}
          <ul className={classes.comments} role="list">
            {data.comments.map((comment) => (
              <li key={comment.id}>
                <p dir="auto">{comment.excerpt}</p>
                <span className={page.small}>
                  {comment.author} · {shortAge(comment.createdAt, now)}
                  {comment.replies > 0 && ` · ${comment.replies} replies`}
                  {comment.reactions > 0 && ` · ${comment.reactions} reactions`}
                </span>
                {canDecide && (
                  <span className={classes.actions}>
                    {(['picked', 'pinned'] as const).map((mark) => (
                      <Button
                        key={mark}
                        size="compact-xs"
                        variant={comment[mark] ? 'filled' : 'default'}
                        aria-pressed={comment[mark]}
                        // Not disabled while saving, because keyboard users would lose the focus.
                        onClick={() =>
                          !change.isPending &&
                          change.mutate(() =>
                            api.feature(comment.id, {
                              picked: comment.picked,
                              pinned: comment.pinned,
                              [mark]: !comment[mark],
                            }),
                          )
                        }
                      >
                        {mark === 'picked' ? 'Pick' : 'Pin'}
                      </Button>
                    ))}
                  </span>
                )}
              </li>
            ))}
          </ul>
          <Modal
            opened={isStrictOpen}
            onClose={() => setStrictOpen(false)}
            title="Strict mode"
            size={520}
            centered
            closeButtonProps={{ 'aria-label': 'Close without changing anything' }}
          >
            {isStrictOpen && (
              <StrictForm
                record={data}
                onClose={() => setStrictOpen(false)}
                onSet={(settings) => {
                  setStrictOpen(false);
                  change.mutate(() => api.setStrict(storyId, settings));
                }}
              />
            )}
          </Modal>
        </>
      )}
    </Page>
  );
}

/** A menu instead of a select, because in a select the arrow keys would already change the value. */
function ClosingMenu(props: { story: ModerationStory; onChoice: (closesAt: string | null) => void }) {
  const { story } = props;
  const current = !story.closesAt
    ? 'Stays open'
    : story.closesByAge
      ? 'Closes by its age'
      : 'Closes by itself';
  return (
    <Menu position="bottom-end" width={180}>
      <Menu.Target>
        <Button
          variant="default"
          aria-label={`When it closes: ${current}`}
          rightSection={<ChevronDown size={14} aria-hidden />}
        >
          {current}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {DURATIONS.map(({ value, label }) => (
          <Menu.Item
            key={value}
            rightSection={value === '' && !story.closesAt ? <Check size={14} aria-label="as it is" /> : null}
            onClick={() => props.onChoice(daysFromNow(value))}
          >
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

const numbersOf = ({ statistics }: StoryRecord): [string, number][] => [
  ['published', statistics.published],
  ['in the last 24 hours', statistics.today],
  ['readers', statistics.readers],
  ['reactions', statistics.reactions],
  ['waiting', statistics.held],
  ['flagged', statistics.flagged],
  ['rejected', statistics.rejected],
  ['removed', statistics.removed],
];

function StrictForm(props: {
  record: StoryRecord;
  onClose: () => void;
  onSet: (settings: { moderators: string[]; reason: string; closesAt: string | null }) => void;
}) {
  const { moderator } = useSession();
  const { moderators } = props.record;
  const [selectedIds, setSelectedIds] = useState(
    moderators.some(({ id }) => id === moderator.id) ? [moderator.id] : [],
  );
  const [reason, setReason] = useState('');
  const [days, setDays] = useState('');
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        props.onSet({ moderators: selectedIds, reason: reason.trim(), closesAt: daysFromNow(days) });
      }}
    >
      <p>
        For stories about a trial or a death, for example. Every comment is held, and only the moderators you
        choose can decide.
      </p>
      <TextInput
        data-autofocus
        label="Reason"
        description="Stands on the story and in the audit record; readers do not see it."
        value={reason}
        maxLength={500}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <Checkbox.Group label="Who decides" value={selectedIds} onChange={setSelectedIds}>
        <div className={classes.people}>
          {moderators.map(({ id, name }) => (
            <Checkbox key={id} value={id} label={name} size="xs" />
          ))}
        </div>
      </Checkbox.Group>
      <NativeSelect
        label="When it closes"
        data={DURATIONS}
        value={days}
        onChange={(event) => setDays(event.currentTarget.value)}
      />
      <div className={classes.buttons}>
        <Button variant="default" onClick={props.onClose}>
          Cancel
        </Button>
        <Button type="submit" disabled={reason.trim() === '' || selectedIds.length === 0}>
          Set strict mode
        </Button>
      </div>
    </form>
  );
}
