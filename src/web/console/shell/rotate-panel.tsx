import { fullTime } from './format-age.js';
import { ConfirmPanel } from './confirm-panel.js';

/** A signing secret while it can be seen, and what is said of it. */
export interface ShownSecret {
  readonly value: string;
  readonly text: string;
}

interface Props {
  /** Where the new one has to be put: "receiver". */
  readonly into: string;
  /** Until when the one before signs too comes with the new one. */
  readonly onRotate: () => Promise<{ secret: string; until: string }>;
  readonly onSecret: (secret: ShownSecret) => void;
  readonly onRotated: () => Promise<unknown>;
  readonly onClose: () => void;
}

/** Asks before a signing secret is replaced, and hands out the new one, which is shown this once. */
export function RotatePanel({ into, onRotate, onSecret, onRotated, onClose }: Props) {
  return (
    <ConfirmPanel
      title="Rotate the secret?"
      text={`A new secret is made and shown once. For 24 hours the one before signs too: put the new one into your ${into} within the day.`}
      action="Rotate"
      onAct={async () => {
        const { secret, until } = await onRotate();
        onSecret({
          value: secret,
          text: `The new secret, which is not shown again. The one before signs too until ${fullTime(until)}.`,
        });
        await onRotated();
        onClose();
      }}
      onClose={onClose}
    />
  );
}
