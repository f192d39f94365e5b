import { useState } from 'react';
import { useConsole } from '../shell/console-context.js';
import { CommentBody } from './comment-body.js';

interface Props {
  text: string;
  hidden: readonly (readonly [number, number])[];
}

/**
 * Text by an author other than the comment under review. Offensive words are blurred until the moderator reveals
 * them.
 */
export function BlurredText({ text, hidden }: Props) {
  const { settings } = useConsole();
  const [isOpen, setOpen] = useState(false);
  return (
    <CommentBody
      body={text}
      hidden={hidden}
      isRevealed={isOpen || !settings.blurSlurs}
      onReveal={() => setOpen(true)}
    />
  );
}
