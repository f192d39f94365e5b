import { fullTime } from './format-age.js';
import { ConfirmPanel } from './confirm-panel.js';

/** A signing secret while it can be shown, with its explanation. */
export interface ShownSecret {
  readonly value: string;
  readonly text: string;
}

interface Props {
  /** Where the new secret must be installed, for example "receiver". */
  readonly into: string;
  /** Resolves to the new secret and the time until which the previous one still signs. */
  readonly onRotate: () => Promise<{ secret: string; until: string }>;
  readonly onSecret: (secret: ShownSecret) => void;
  readonly onRotated: () => Promise<unknown>;
  readonly onClose: () => void;
}

/** Asks for confirmation, replaces a signing secret, and shows the new one once. */
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
          text: `The new secret, which is not shown again. The one before also signs until ${fullTime(until)}.`,
        });
        await onRotated();
        onClose();
      }}
      onClose={onClose}
    />
  );
}
