import { Button, Tabs } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Gavel, Mail, StickyNote, Trash2, Users } from 'lucide-react';
import { useRef, useState, type RefObject } from 'react';
import { api } from '../api.js';
import { fullTime, longAge } from '../shell/format-age.js';
import { useConsole } from '../shell/console-context.js';
import { useNow } from '../shell/use-now.js';
import { Failed, errorText, LoadingRows } from '../shell/page.js';
import { hasWholeSite, mayDecide } from '../shell/permissions.js';
import { Link } from '../router.js';
import type { ReaderRecord } from '../api-types.js';
import { AuthorRecord, SanctionMark } from './author-record.js';
import { EvasionHints } from './evasion-hints.js';
import { ReaderComments } from './reader-comments.js';
import { ReaderHistory } from './reader-history.js';
import { RemovalDialog, SamePersonDialog, SanctionDialog, NoteOrMessageDialog } from './reader-dialogs.js';
import classes from './reader-view.module.css';

export type ReaderDialog = 'standing' | 'note' | 'message' | 'person' | 'removal';

interface Props {
  readerId: string;
  hrefOfReader: (id: string) => string;
}

/** Everything known about a reader, and the available actions. */
export function ReaderView({ readerId, hrefOfReader }: Props) {
  const { site } = useConsole();
  const queries = useQueryClient();
  const [dialog, setDialog] = useState<ReaderDialog | null>(null);
  const key = ['reader', readerId];
  const { data, error, isPending, refetch } = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => api.reader(readerId, signal),
  });
  // Receives focus after accounts are joined or separated, because the button that was pressed is gone.
  const name = useRef<HTMLHeadingElement>(null);
  const reload = () => {
    setDialog(null);
    void queries.invalidateQueries({ queryKey: key });
    void queries.invalidateQueries({ queryKey: ['readers', site.id] });
    void queries.invalidateQueries({ queryKey: ['reader-comments', readerId] });
  };
  const person = useMutation({
    mutationFn: (change: { join: string } | { part: string }): Promise<unknown> =>
      'join' in change ? api.linkSamePerson(readerId, change.join) : api.unlinkSamePerson(change.part),
    onSuccess: () => name.current?.focus(),
    onSettled: reload,
  });

  if (isPending)
    return (
      <div className={classes.view}>
        <LoadingRows />
      </div>
    );
  if (!data)
    return (
      <div className={classes.view}>
        <Failed error={error} what="The reader" onRetry={() => void refetch()} />
      </div>
    );
  const canDecide = mayDecide(site.role) && !data.isOwn;
  const canDecideEverywhere = canDecide && hasWholeSite(site);
  return (
    <div className={classes.view}>
      <ReaderHeader record={data} nameRef={name} />
      {data.isOwn && (
        <p className={classes.note}>
          This account is yours: somebody else decides about it, and about its comments.
        </p>
      )}
      {canDecide && (
        <div className={classes.actions}>
          <Button
            size="xs"
            leftSection={<Gavel size={14} aria-hidden />}
            onClick={() => setDialog('standing')}
          >
            Change the standing
          </Button>
          <Button
            size="xs"
            variant="default"
            leftSection={<Mail size={14} aria-hidden />}
            onClick={() => setDialog('message')}
          >
            Message
          </Button>
          <Button
            size="xs"
            variant="default"
            leftSection={<StickyNote size={14} aria-hidden />}
            onClick={() => setDialog('note')}
          >
            Note
          </Button>
          {canDecideEverywhere && (
            <>
              <Button
                size="xs"
                variant="default"
                leftSection={<Users size={14} aria-hidden />}
                onClick={() => setDialog('person')}
              >
                Same person…
              </Button>
              <Button
                size="xs"
                variant="default"
                c="rejected"
                leftSection={<Trash2 size={14} aria-hidden />}
                onClick={() => setDialog('removal')}
              >
                Remove everything…
              </Button>
            </>
          )}
        </div>
      )}
      {site.sections !== null && (
        <p className={classes.note}>
          What was written in {site.sections.join(', ')} is shown, and counted here.
        </p>
      )}
      {person.isError && (
        <p className={classes.fault} role="alert">
          {errorText(person.error, 'The server does not answer. Nothing was changed; try again.')}
        </p>
      )}
      <EvasionHints
        hints={data.hints}
        hrefOfReader={hrefOfReader}
        isBusy={person.isPending}
        onJoin={canDecideEverywhere ? (join) => person.mutate({ join }) : undefined}
      />
      <AuthorRecord history={data.history} />
      {data.accounts.length > 0 && (
        <section aria-labelledby="accounts-title">
          <h3 id="accounts-title">Other accounts of the same person</h3>
          <ul className={classes.accounts}>
            {data.accounts.map((account) => (
              <li key={account.id}>
                <Link href={hrefOfReader(account.id)}>{account.name}</Link>
                <SanctionMark standing={account.standing} />
                <span className={classes.soft}>{account.email ?? account.key}</span>
                {canDecideEverywhere && (
                  <Button
                    size="compact-xs"
                    variant="subtle"
                    aria-label={`Part ${account.name} from this person`}
                    disabled={person.isPending}
                    onClick={() => person.mutate({ part: account.id })}
                  >
                    Part
                  </Button>
                )}
              </li>
            ))}
          </ul>
        </section>
      )}
      <Tabs defaultValue="comments" keepMounted={false}>
        <Tabs.List aria-label="What is known">
          <Tabs.Tab value="comments">Comments</Tabs.Tab>
          <Tabs.Tab value="history">
            History{' '}
            <span className={classes.soft}>
              {(
                data.sanctions.length +
                data.notes.length +
                data.messages.length +
                data.decisions.length
              ).toLocaleString()}
            </span>
          </Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="comments" pt="sm">
          <ReaderComments record={data} />
        </Tabs.Panel>
        <Tabs.Panel value="history" pt="sm">
          <ReaderHistory record={data} />
        </Tabs.Panel>
      </Tabs>
      <SanctionDialog
        opened={dialog === 'standing'}
        record={data}
        onClose={() => setDialog(null)}
        onDone={reload}
      />
      <NoteOrMessageDialog
        opened={dialog === 'note' || dialog === 'message'}
        kind={dialog === 'message' ? 'message' : 'note'}
        record={data}
        onClose={() => setDialog(null)}
        onDone={reload}
      />
      <SamePersonDialog
        opened={dialog === 'person'}
        record={data}
        onClose={() => setDialog(null)}
        onPick={(join) => person.mutate({ join })}
      />
      <RemovalDialog
        opened={dialog === 'removal'}
        record={data}
        onClose={() => setDialog(null)}
        onDone={reload}
      />
    </div>
  );
}

interface ReaderHeaderProps {
  record: ReaderRecord;
  nameRef: RefObject<HTMLHeadingElement | null>;
}

function ReaderHeader({ record: { reader, standingReason }, nameRef }: ReaderHeaderProps) {
  const now = useNow();
  return (
    <header className={classes.head}>
      <h2 dir="auto" ref={nameRef} tabIndex={-1}>
        {reader.name}
      </h2>
      <p className={classes.who}>
        {reader.tier ? <b className={classes.tier}>{reader.tier.name}</b> : <span>No subscription</span>}
        {reader.role !== 'reader' && <b>{reader.role === 'staff' ? 'Staff' : 'Author'}</b>}
        <span>Reader for {longAge(reader.since, now)}</span>
        <span>Seen {longAge(reader.seenAt, now)} ago</span>
        {reader.email && <span>{reader.email}</span>}
        <span className={classes.mono}>{reader.key}</span>
      </p>
      {reader.standing !== 'normal' && (
        <p className={classes.standing}>
          <SanctionMark standing={reader.standing} />
          {reader.standingUntil && <span>until {fullTime(reader.standingUntil)}</span>}
          {standingReason && <span dir="auto">{standingReason}</span>}
        </p>
      )}
    </header>
  );
}
