import { Button, Modal, NativeSelect, Switch } from '@mantine/core';
import type { ConsoleSettings } from '../api-types.js';
import { useConsole } from './console-context.js';
import { useSetConsoleSettings } from './console-settings.js';
import classes from './break-reminder.module.css';

const BREAK_MINUTES = [25, 50, 90];
const SEVERE_RUNS = [3, 5, 10];

/** Personal preferences, stored with the account and not in the browser. */
export function PreferencesModal({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { settings, setPaused } = useConsole();
  const save = useSetConsoleSettings();
  const set = (change: Partial<ConsoleSettings>) => save.mutate({ ...settings, ...change });
  const withCurrent = (options: number[], value: number | null) =>
    value === null || options.includes(value) ? options : [...options, value].sort((a, b) => a - b);
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title="How you work"
      centered
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <div className={classes.settings}>
        <Switch
          label="Blur slurs until I ask"
          description="S shows them, comment by comment."
          checked={settings.blurSlurs}
          onChange={(event) => set({ blurSlurs: event.currentTarget.checked })}
        />
        <Switch
          label="Grey scale"
          description="The console without colour. Every state also has a shape and a word."
          checked={settings.greyScale}
          onChange={(event) => set({ greyScale: event.currentTarget.checked })}
        />
        <NativeSelect
          label="Remind me of a pause"
          value={settings.pauseAfterMinutes ?? ''}
          onChange={(event) =>
            set({ pauseAfterMinutes: event.currentTarget.value ? Number(event.currentTarget.value) : null })
          }
          data={[
            { value: '', label: 'Never' },
            ...withCurrent(BREAK_MINUTES, settings.pauseAfterMinutes).map((n) => ({
              value: String(n),
              label: `After ${n} minutes`,
            })),
          ]}
        />
        <NativeSelect
          label="Grave comments in a row"
          description="Threats, attacks on a group, severe abuse, sexual content: after so many a milder one comes next, where there is one."
          value={settings.severeInARow ?? ''}
          onChange={(event) =>
            set({ severeInARow: event.currentTarget.value ? Number(event.currentTarget.value) : null })
          }
          data={[
            { value: '', label: 'As they come' },
            ...withCurrent(SEVERE_RUNS, settings.severeInARow).map((n) => ({
              value: String(n),
              label: `At most ${n}`,
            })),
          ]}
        />
        <Button
          variant="default"
          onClick={() => {
            onClose();
            setPaused(true);
          }}
        >
          Take a pause now
        </Button>
      </div>
    </Modal>
  );
}
