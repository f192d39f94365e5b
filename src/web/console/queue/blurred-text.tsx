import { useState } from 'react';
import { useConsole } from '../shell/console-context.js';
import { CommentBody } from './comment-body.js';

interface Props {
  text: string;
  hidden: readonly (readonly [number, number])[];
}

/** Words of somebody's that are not the comment in hand: what is foul in them is hidden until it is asked for here. */
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
