import { Modal, Switch } from '@mantine/core';
import { useState } from 'react';
import { useConsole } from './console-context.js';
import classes from './help-modal.module.css';
import { KeyCap } from './key-button.js';
import { areKeysOn, setKeysOn } from './keys.js';
import { navigationFor } from './navigation.js';

export interface KeyGroup {
  readonly title: string;
  readonly keys: readonly (readonly [key: string, description: string])[];
}

interface Props {
  opened: boolean;
  onClose: () => void;
  /** The keyboard shortcuts of this screen, for this role. */
  groups?: readonly KeyGroup[];
}

const GLOBAL_KEYS: KeyGroup['keys'] = [
  ['Esc', 'Close what is open'],
  ['?', 'This page'],
];

/** Appends the global keys to the last group, so that the queue's help fits in one row. */
function withGlobalKeys(groups: readonly KeyGroup[]): readonly KeyGroup[] {
  const last = groups.at(-1) ?? { title: 'Anywhere', keys: [] };
  return [...groups.slice(0, -1), { ...last, keys: [...last.keys, ...GLOBAL_KEYS] }];
}

/** Lists all keyboard shortcuts that work on this screen. */
export function HelpModal({ opened, onClose, groups = [] }: Props) {
  const { site } = useConsole();
  const [isOn, setOn] = useState(areKeysOn);
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title="Keys"
      size={760}
      centered
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <div className={classes.groups}>
        {withGlobalKeys(groups).map((group) => (
          <section key={group.title}>
            <h3>{group.title}</h3>
            <dl>
              {group.keys.map(([key, description]) => (
                <div key={key}>
                  <dt>
                    {key.split(' ').map((keyName) => (
                      <KeyCap key={keyName} isRead>
                        {keyName}
                      </KeyCap>
                    ))}
                  </dt>
                  <dd>{description}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <section className={classes.places}>
        <h3>
          Go to: <KeyCap isRead>G</KeyCap>, then
        </h3>
        <dl>
          {navigationFor(site).map(({ key, name }) => (
            <div key={key}>
              <dt>
                <KeyCap isRead>{key}</KeyCap>
              </dt>
              <dd>{name}</dd>
            </div>
          ))}
        </dl>
      </section>
      <Switch
        mt="lg"
        size="sm"
        label="Single-key shortcuts"
        description="Turn them off if you use dictation or another input tool. Stored in this browser."
        checked={isOn}
        onChange={(event) => {
          setOn(event.currentTarget.checked);
          setKeysOn(event.currentTarget.checked);
        }}
      />
    </Modal>
  );
}
