import { Button, Textarea } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Fragment, useDeferredValue, useState } from 'react';
import { api } from '../api.js';
import { errorText } from '../shell/page.js';
import page from '../shell/page.module.css';
import table from '../shell/table.module.css';
import type { Policy } from '../api-types.js';
import { linesOf } from './policy-draft.js';
import classes from './policy.module.css';

type Lists = Policy['moderation']['wordLists'];

/** The server's limit of entries per request. */
const MAX_ENTRIES = 500;

interface Props {
  siteId: string;
  lists: Lists;
  onLists: (lists: Lists) => void;
}

/** Both word lists, a text to test them on, and the past comments they would have matched. */
export function WordLists({ siteId, lists, onLists }: Props) {
  const [typed, setTyped] = useState({ banned: lists.banned.join('\n'), suspect: lists.suspect.join('\n') });
  const [text, setText] = useState('');
  const all = [...lists.banned, ...lists.suspect];
  const entries = all.slice(0, MAX_ENTRIES);
  const testedText = useDeferredValue(text.trim());
  const test = useQuery({
    queryKey: ['word-test', siteId, testedText, entries],
    queryFn: () => api.testWords(siteId, testedText, entries),
    enabled: testedText !== '' && entries.length > 0,
  });
  const matchCount = useMutation({ mutationFn: () => api.countWordMatches(siteId, entries) });
  const set = (name: keyof Lists, value: string) => {
    setTyped({ ...typed, [name]: value });
    // The count is for the previous entries.
    matchCount.reset();
    onLists({ ...lists, [name]: linesOf(value) });
  };
  const matches = testedText === '' ? [] : (test.data?.found ?? []);

  return (
    <section className={classes.section} aria-labelledby="words-title">
      <h2 id="words-title">Words</h2>
      <div className={classes.lists}>
        <Textarea
          label="Banned: rejected"
          description="One word or phrase a line; * stands for any letters."
          rows={6}
          value={typed.banned}
          onChange={(event) => set('banned', event.currentTarget.value)}
        />
        <Textarea
          label="Suspect: held"
          description="For a person to look at."
          rows={6}
          value={typed.suspect}
          onChange={(event) => set('suspect', event.currentTarget.value)}
        />
      </div>
      <Textarea
        label="Try a text on them"
        placeholder="Type what a reader might write, disguised or not"
        rows={2}
        maxLength={20_000}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {testedText !== '' && (
        <p className={page.soft} role="status">
          {matches.length === 0
            ? nothingFound(test, entries.length)
            : matches.map(({ entry, spans }, index) => (
                <span key={entry}>
                  {index > 0 && ', '}
                  {entry} finds{' '}
                  {spans.map(([start, end], at) => (
                    <Fragment key={start}>
                      {at > 0 && ' and '}
                      <mark className={classes.find}>{testedText.slice(start, end)}</mark>
                    </Fragment>
                  ))}
                </span>
              ))}
        </p>
      )}
      <div>
        <Button
          size="xs"
          variant="default"
          disabled={entries.length === 0}
          loading={matchCount.isPending}
          onClick={() => matchCount.mutate()}
        >
          What would these have caught last month?
        </Button>
      </div>
      {all.length > MAX_ENTRIES && (
        <p className={page.soft}>
          Only the first {MAX_ENTRIES} of {all.length.toLocaleString()} entries are tried here; all of them
          count once they are saved.
        </p>
      )}
      {matchCount.isError && (
        <p className={page.fault} role="alert">
          {errorText(matchCount.error, 'It could not be counted: the server does not answer.')}
        </p>
      )}
      {matchCount.data && (
        <div
          className={table.ruled}
          role="region"
          aria-label="What each entry would have caught"
          tabIndex={0}
        >
          <table className={table.table}>
            <caption className={page.hidden}>What each entry would have caught</caption>
            <thead>
              <tr>
                <th scope="col">Entry</th>
                <th scope="col" className={table.number}>
                  Comments of {matchCount.data.tried.toLocaleString()}
                </th>
                <th scope="col" className={table.number}>
                  Published now
                </th>
                <th scope="col">Such as</th>
              </tr>
            </thead>
            <tbody>
              {[...matchCount.data.entries]
                .sort((a, b) => b.comments - a.comments)
                .map(({ entry, comments, published, examples }) => (
                  <tr key={entry}>
                    <td>{entry}</td>
                    <td className={table.number}>{comments.toLocaleString()}</td>
                    <td className={table.number}>{published.toLocaleString()}</td>
                    <td className={page.small}>{examples[0]?.excerpt ?? 'nothing'}</td>
                  </tr>
                ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

/** Says that nothing was found only if the test actually ran. */
function nothingFound(
  test: { isFetching: boolean; isError: boolean; error: Error | null },
  entryCount: number,
): string {
  if (entryCount === 0) return 'There is no entry yet to look for.';
  if (test.isError) return errorText(test.error, 'It could not be tried: the server does not answer.');
  return test.isFetching ? 'Looking…' : 'None of the entries stands in it.';
}
