import { Button, Textarea } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api.js';
import { fullTime } from '../shell/format-age.js';
import { Failed, errorText } from '../shell/page.js';
import page from '../shell/page.module.css';
import type { StoryAuthors as Authors } from '../api-types.js';
import classes from './story-view.module.css';

const OFFLINE = 'The server does not answer. Nothing was changed; what you typed is still here.';

/**
 * The story's authors, who are notified about its comments. Only for roles that may decide, because it shows email
 * addresses.
 */
export function StoryAuthors({ storyId }: { storyId: string }) {
  const queries = useQueryClient();
  const [typed, setTyped] = useState<string | null>(null);
  const key = ['story-authors', storyId];
  const { data, error, refetch } = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => api.storyAuthors(storyId, signal),
  });
  const save = useMutation({
    mutationFn: (emails: string[]) => api.setStoryAuthors(storyId, emails),
    onSuccess: (saved) => {
      queries.setQueryData(key, saved);
      setTyped(null);
    },
  });
  if (error && !data)
    return <Failed error={error} what="The story’s authors" onRetry={() => void refetch()} />;
  if (!data) return null;
  const { authors } = data;
  return (
    <>
      <h2>Told of new comments</h2>
      {typed === null ? (
        <div className={classes.write}>
          {authors.length > 0 && (
            <ul className={classes.authors} role="list" aria-label="Authors">
              {authors.map(({ email, stopped }) => (
                <li key={email}>
                  {email}
                  {stopped && <span className={page.soft}> (unsubscribed, gets nothing)</span>}
                </li>
              ))}
            </ul>
          )}
          <Button
            size="xs"
            variant="default"
            onClick={() => setTyped(authors.map(({ email }) => email).join('\n'))}
          >
            {authors.length === 0 ? 'Name an author…' : 'Change…'}
          </Button>
          <span className={page.soft}>{stateText(data)}</span>
        </div>
      ) : (
        <form
          className={classes.form}
          onSubmit={(event) => {
            event.preventDefault();
            save.mutate(typed.split(/[\s,;]+/).filter((email) => email !== ''));
          }}
        >
          <Textarea
            data-autofocus
            autoFocus
            autosize
            minRows={2}
            label="Email addresses of the story’s authors"
            description="One on a line, ten at most. They hear of published comments: of the first ones soon, then at most once an hour, after a day once a day."
            value={typed}
            error={save.isError && errorText(save.error, OFFLINE)}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          <div className={classes.buttons}>
            <Button
              variant="default"
              onClick={() => {
                save.reset();
                setTyped(null);
              }}
            >
              Cancel
            </Button>
            <Button type="submit" loading={save.isPending}>
              Save
            </Button>
          </div>
        </form>
      )}
    </>
  );
}

function stateText({ authors, tell, lastEmailAt, nextEmailAt }: Authors): string {
  if (!tell) return 'The policy of this site sends authors no emails.';
  if (authors.length === 0) return 'Nobody. Your systems may name the authors with the story, too.';
  if (nextEmailAt) return `The next email is due ${fullTime(nextEmailAt)}.`;
  return lastEmailAt ? `The last email: ${fullTime(lastEmailAt)}.` : 'No email yet: there is nothing new.';
}
