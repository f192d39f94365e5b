import { Button, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api.js';
import { useConsole } from '../shell/console-context.js';
import { errorText } from '../shell/page.js';
import page from '../shell/page.module.css';
import classes from './answer-form.module.css';

interface Props {
  storyId: string;
  /** The published comment being replied to; null: a top-level comment on the story. */
  parentId: string | null;
  onSent: () => void;
  onClose: () => void;
}

const OFFLINE = 'The server does not answer. Nothing was sent, and your text is still here. Try again.';

/** Writes a comment in the publication's name. Staff see who wrote it; readers see the publication. */
export function AnswerForm({ storyId, parentId, onSent, onClose }: Props) {
  const { site } = useConsole();
  const [body, setBody] = useState('');
  const send = useMutation({
    mutationFn: () => api.answerAs(storyId, { body: body.trim(), parentId }),
    onSuccess: onSent,
  });
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (body.trim()) send.mutate();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onClose();
      }}
    >
      <Textarea
        label={`As ${site.name}`}
        description="Readers see the name and badge of the publication, not yours. It is checked like any comment."
        data-autofocus
        autoFocus
        autosize
        minRows={3}
        maxRows={12}
        value={body}
        onChange={(event) => setBody(event.currentTarget.value)}
      />
      {send.isError && (
        <p className={page.fault} role="alert">
          {errorText(send.error, OFFLINE)}
        </p>
      )}
      <div className={classes.footer}>
        <Button size="xs" type="submit" loading={send.isPending} disabled={!body.trim()}>
          {parentId === null ? 'Publish' : 'Answer'} as {site.name}
        </Button>
        <Button size="xs" variant="subtle" color="gray" onClick={onClose}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
