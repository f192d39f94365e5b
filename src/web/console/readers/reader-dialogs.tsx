import { Button, Modal, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { randomId } from '../../kit/random-id.js';
import { api } from '../api.js';
import { useConsole } from '../shell/console-context.js';
import { errorText } from '../shell/page.js';
import { commentCount } from '../queue/bulk-decision-store.js';
import type { ReaderRecord } from '../api-types.js';
import { SanctionForm } from './sanction-form.js';
import classes from './reader-view.module.css';
import { useReasons } from './use-reasons.js';

interface DialogProps {
  opened: boolean;
  record: ReaderRecord;
  onClose: () => void;
  onDone: () => void;
}

const OFFLINE = 'The server does not answer. Nothing was changed; try again.';

function Dialog(props: { opened: boolean; title: string; onClose: () => void; children: ReactNode }) {
  return (
    <Modal
      opened={props.opened}
      onClose={props.onClose}
      title={props.title}
      size={520}
      centered
      closeButtonProps={{ 'aria-label': 'Close without changing anything' }}
    >
      {props.opened && props.children}
    </Modal>
  );
}

export function SanctionDialog({ opened, record, onClose, onDone }: DialogProps) {
  return (
    <Dialog opened={opened} title={record.reader.name} onClose={onClose}>
      <SanctionForm reader={record.reader} onChanged={onDone} />
    </Dialog>
  );
}

/** A note for colleagues, or a message to the reader. */
export function NoteOrMessageDialog(props: DialogProps & { kind: 'note' | 'message' }) {
  const { opened, kind, record, onClose } = props;
  const title = kind === 'note' ? `Note about ${record.reader.name}` : `Message to ${record.reader.name}`;
  return (
    <Dialog opened={opened} title={title} onClose={onClose}>
      <NoteOrMessageForm {...props} />
    </Dialog>
  );
}

function NoteOrMessageForm({ kind, record, onClose, onDone }: DialogProps & { kind: 'note' | 'message' }) {
  const [text, setText] = useState('');
  const save = useMutation({
    mutationFn: () =>
      kind === 'note'
        ? api.addReaderNote(record.reader.id, text.trim())
        : api.sendReaderMessage(record.reader.id, text.trim()),
    onSuccess: onDone,
  });
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim()) save.mutate();
      }}
    >
      <Textarea
        data-autofocus
        label={kind === 'note' ? 'Note' : 'Message'}
        description={
          kind === 'note'
            ? 'Colleagues can read it. It cannot be changed later.'
            : 'The reader gets it as a notification from the moderators, without your name.'
        }
        value={text}
        autosize
        minRows={4}
        maxRows={12}
        maxLength={2000}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <DialogFooter fault={save.error} onClose={onClose}>
        <Button type="submit" loading={save.isPending} disabled={text.trim() === ''}>
          {kind === 'note' ? 'Keep the note' : 'Send the message'}
        </Button>
      </DialogFooter>
    </form>
  );
}

/** Finds another account of the same person and links the two. */
export function SamePersonDialog(props: {
  opened: boolean;
  record: ReaderRecord;
  onClose: () => void;
  onPick: (readerId: string) => void;
}) {
  const { opened, record, onClose, onPick } = props;
  return (
    <Dialog opened={opened} title={`Who else is ${record.reader.name}?`} onClose={onClose}>
      <PersonSearch record={record} onPick={onPick} />
    </Dialog>
  );
}

function PersonSearch({ record, onPick }: { record: ReaderRecord; onPick: (readerId: string) => void }) {
  const { site } = useConsole();
  const [q, setQ] = useState('');
  const { data } = useQuery({
    queryKey: ['readers', site.id, 'same-person', q],
    queryFn: ({ signal }) => api.readers({ site: site.id, q, standing: '', cursor: null }, signal),
    enabled: q.trim().length > 1,
  });
  const linkedIds = new Set([record.reader.id, ...record.accounts.map(({ id }) => id)]);
  const matches = data?.items.filter(({ id }) => !linkedIds.has(id)).slice(0, 8);
  return (
    <div className={classes.form}>
      <p>
        Linked accounts share one record of comments, sanctions and notes. Each keeps its own standing, and
        they can be separated again.
      </p>
      <TextInput
        data-autofocus
        label="The other account"
        placeholder="Name, email or id"
        value={q}
        onChange={(event) => setQ(event.currentTarget.value)}
      />
      <div role="status">
        {matches?.length === 0 && <p className={classes.soft}>No other reader was found.</p>}
        {matches?.map((reader) => (
          <div key={reader.id} className={classes.match}>
            <span>
              <b dir="auto">{reader.name}</b>{' '}
              <span className={classes.soft}>{reader.email ?? reader.key}</span>
            </span>
            <Button size="compact-xs" variant="default" onClick={() => onPick(reader.id)}>
              The same person
            </Button>
          </div>
        ))}
      </div>
    </div>
  );
}

/**
 * Shows how many comments would be removed and asks for a reason. The removal is one bulk decision that can be undone
 * for 30 s.
 */
export function RemovalDialog({ opened, record, onClose, onDone }: DialogProps) {
  return (
    <Dialog opened={opened} title={`Remove everything by ${record.reader.name}`} onClose={onClose}>
      <RemovalForm record={record} onClose={onClose} onDone={onDone} />
    </Dialog>
  );
}

function RemovalForm({ record, onClose, onDone }: Omit<DialogProps, 'opened'>) {
  const { site, bulkDecisions } = useConsole();
  const reasons = useReasons(site.id);
  const [picked, setPicked] = useState<string | null>(null);
  const [key] = useState(() => randomId());
  const { id } = record.reader;
  const { data, error } = useQuery({
    queryKey: ['removal', id],
    queryFn: ({ signal }) => api.removalPreview(id, signal),
    staleTime: 0,
  });
  const reason =
    reasons.find(({ code }) => code === picked) ?? reasons.find(({ code }) => code === 'spam') ?? reasons[0];
  const remove = useMutation({
    mutationFn: () => api.removeAll(id, { reason: reason!.code }, key),
    onSuccess: (bulk) => {
      bulkDecisions.addPending(bulk);
      onDone();
    },
  });
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        remove.mutate();
      }}
    >
      <p>
        <b>{data ? commentCount(data.total) : 'Counting…'}</b>
        {data &&
          ` · ${data.published.toLocaleString()} published, ${(data.held + data.pending).toLocaleString()} waiting`}
      </p>
      <NativeSelect
        label="Reason"
        value={reason?.code ?? ''}
        data={reasons.map(({ code, label }) => ({ value: code, label }))}
        onChange={(event) => setPicked(event.currentTarget.value)}
      />
      {reason && (
        <div>
          <p className={classes.soft}>The author will read</p>
          <blockquote>{reason.text}</blockquote>
        </div>
      )}
      <p className={classes.soft}>
        Nobody hears of it for 30 seconds: until then U takes all of it back. The standing stays as it is; a
        ban is a measure of its own.
      </p>
      <DialogFooter fault={remove.error ?? error} onClose={onClose}>
        <Button type="submit" color="rejected" loading={remove.isPending} disabled={!data?.total || !reason}>
          Remove {data ? commentCount(Math.min(data.total, 10_000)) : ''}
        </Button>
      </DialogFooter>
    </form>
  );
}

function DialogFooter(props: { fault: Error | null; onClose: () => void; children: ReactNode }) {
  return (
    <>
      {props.fault && (
        <p className={classes.fault} role="alert">
          {errorText(props.fault, OFFLINE)}
        </p>
      )}
      <div className={classes.buttons}>
        <Button variant="default" onClick={props.onClose}>
          Cancel
        </Button>
        {props.children}
      </div>
    </>
  );
}
