import { Bool, Int } from '../../platform/http/fields.js';

/** How a moderator likes to work; theirs on every device. */
export class ConsoleSettings {
  @Bool({ description: 'Slurs are blurred until asked for.' }) blurSlurs: boolean;
  @Bool({ description: 'The desk without colour.' }) greyScale: boolean;
  @Int({
    nullable: true,
    min: 5,
    max: 480,
    description: 'A pause is called to mind after so long; null: never.',
  })
  pauseAfterMinutes: number | null;

  @Int({
    nullable: true,
    min: 1,
    max: 50,
    description:
      'After so many grave comments in a row a milder one comes next, where there is one; null: never.',
  })
  severeInARow: number | null;
}

export const DEFAULT_CONSOLE_SETTINGS: ConsoleSettings = {
  blurSlurs: true,
  greyScale: false,
  pauseAfterMinutes: 50,
  severeInARow: 5,
};
