import { useState } from 'react';
import { useConsole } from '../shell/console-context.js';
import { CommentBody } from './comment-body.js';

interface Props {
  text: string;
  hidden: readonly (readonly [number, number])[];
}

/**
 * Text by a reader, with offensive words blurred until the moderator reveals them. Each text is revealed separately.
 */
export function BlurredText({ text, hidden }: Props) {
  const { settings } = useConsole();
  const [isRevealed, setRevealed] = useState(false);
  return (
    <CommentBody
      body={text}
      hidden={hidden}
      isRevealed={isRevealed || !settings.blurSlurs}
      onReveal={() => setRevealed(true)}
    />
  );
}
