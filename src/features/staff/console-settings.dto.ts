import { Bool, Int } from '../../platform/http/fields.js';

/** A moderator's console preferences, shared by all their devices. */
export class ConsoleSettings {
  @Bool({ description: 'Blur slurs until the moderator reveals them.' }) blurSlurs: boolean;
  @Bool({ description: 'Show the console without colour.' }) greyScale: boolean;
  @Int({
    nullable: true,
    min: 5,
    max: 480,
    description: 'Suggest a break after this many minutes; null: never.',
  })
  pauseAfterMinutes: number | null;

  @Int({
    nullable: true,
    min: 1,
    max: 50,
    description:
      'After this many severe comments in a row, show a milder one next, if there is one; null: never.',
  })
  severeInARow: number | null;
}

export const DEFAULT_CONSOLE_SETTINGS: ConsoleSettings = {
  blurSlurs: true,
  greyScale: false,
  pauseAfterMinutes: 50,
  severeInARow: 5,
};
