import { Drawer } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api } from '../api.js';
import { fullTime, longAge } from '../shell/format-age.js';
import { useConsole } from '../shell/console-context.js';
import { useNow } from '../shell/use-now.js';
import { hrefOf, Link } from '../router.js';
import type { AuthorView, SanctionAnswer } from '../api-types.js';
import { AuthorRecord, SanctionMark } from './author-record.js';
import { EvasionHints } from './evasion-hints.js';
import classes from './reader-panel.module.css';
import { SanctionForm } from './sanction-form.js';

interface Props {
  reader: AuthorView | null;
  opened: boolean;
  /** False for viewers, who cannot change anything. */
  mayDecide: boolean;
  onClose: () => void;
  onChanged: (answer: SanctionAnswer) => void;
}

/** A reader’s tier, account age, sanctions and comment outcomes, with a form to change the standing. */
export function ReaderPanel({ reader, opened, mayDecide, onClose, onChanged }: Props) {
  const now = useNow();
  const { site } = useConsole();
  const hrefOfReader = (id: string) => hrefOf('/readers', { site: site.id, reader: id });
  const record = useQuery({
    queryKey: ['reader', reader?.id],
    queryFn: ({ signal }) => api.reader(reader!.id, signal),
    enabled: opened && reader !== null,
  });
  const [answer, setAnswer] = useState<SanctionAnswer | null>(null);
  useEffect(() => setAnswer(null), [reader?.id, opened]);
  return (
    <Drawer
      opened={opened && reader !== null}
      onClose={onClose}
      position="right"
      size={420}
      title={reader?.name ?? 'Reader'}
      closeButtonProps={{ 'aria-label': 'Close the reader' }}
      classNames={{ title: classes.title }}
    >
      {reader && (
        <div className={classes.panel}>
          <p className={classes.who}>
            {reader.tier ? (
              <span className={classes.tier}>{reader.tier.name}</span>
            ) : (
              <span>No subscription</span>
            )}
            <span>Reader for {longAge(reader.since, now)}</span>
            <SanctionMark standing={reader.standing} />
            {reader.standingUntil && <span>until {fullTime(reader.standingUntil)}</span>}
          </p>
          <EvasionHints hints={record.data?.hints ?? []} hrefOfReader={hrefOfReader} />
          <AuthorRecord history={reader.history} />
          <Link className={classes.all} href={hrefOfReader(reader.id)}>
            Full record of this reader
          </Link>
          {answer && (
            <p className={classes.done} role="status">
              {doneText(answer)}
            </p>
          )}
          {mayDecide && (
            <SanctionForm
              key={`${reader.id} ${reader.standing}`}
              reader={reader}
              onChanged={(changed) => {
                setAnswer(changed);
                onChanged(changed);
              }}
            />
          )}
        </div>
      )}
    </Drawer>
  );
}

function doneText({ name, standing, until }: SanctionAnswer): string {
  switch (standing) {
    case 'warned':
      return `${name} has been warned.`;
    case 'suspended':
      return until ? `${name} cannot comment until ${fullTime(until)}.` : `${name} is suspended.`;
    case 'banned':
      return `${name} is banned from commenting.`;
    case 'pre-moderated':
      return `Every comment of ${name} is held for a moderator from now on.`;
    case 'trusted':
      return `${name} is trusted.`;
    case 'normal':
      return `${name} is back to normal standing.`;
  }
}
