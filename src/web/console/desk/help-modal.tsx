import { Modal, Switch } from '@mantine/core';
import { useState } from 'react';
import classes from './help-modal.module.css';
import { KeyCap } from './key-button.js';
import { areKeysOn, setKeysOn } from './keys.js';

const GROUPS: readonly { title: string; keys: readonly [string, string][] }[] = [
  {
    title: 'Decide',
    keys: [
      ['A', 'Approve, keep or restore'],
      ['R', 'Reject or remove: opens the reasons'],
      ['1–9', 'Reject with that reason'],
      ['Enter', 'Reject with the marked reason'],
      ['E', 'Escalate'],
      ['2', 'Ask for a second opinion'],
      ['X', 'Pick, for a decision about many'],
      ['B', 'Decide what is picked, or the whole list'],
      ['U', 'Undo, for 30 seconds'],
    ],
  },
  {
    title: 'Move',
    keys: [
      ['J', 'Next comment'],
      ['K', 'Comment before'],
      ['N', 'Show what arrived'],
      ['F', 'Filter'],
      ['G then H', 'Held; F flagged, A appealed, E escalated'],
      ['G then P', 'Published lately; R rejected lately'],
      ['G then D', 'Live desk; M the sample, Q quality'],
      ['G then S', 'Search; U readers, O stories'],
      ['G then C', 'Access; X outside scorers, N the newsroom’s line'],
      ['G then W', 'Webhooks; Y the policy, T the team, L the audit log'],
    ],
  },
  {
    title: 'Look',
    keys: [
      ['S', 'Show or hide slurs'],
      ['V', 'All scores, with numbers'],
      ['Space', 'Read on in a long comment'],
      ['C', 'The conversation'],
      ['P', 'The reader'],
      ['O', 'The story, in a new tab'],
      ['Esc', 'Close what is open'],
      ['?', 'This page'],
    ],
  },
];

export function HelpModal({ opened, onClose }: { opened: boolean; onClose: () => void }) {
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
        {GROUPS.map((group) => (
          <section key={group.title}>
            <h3>{group.title}</h3>
            <dl>
              {group.keys.map(([key, does]) => (
                <div key={key}>
                  <dt>
                    {key.split(' then ').map((cap, i) => (
                      <span key={cap}>
                        {i > 0 && ' then '}
                        <KeyCap isRead>{cap}</KeyCap>
                      </span>
                    ))}
                  </dt>
                  <dd>{does}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <Switch
        mt="lg"
        size="sm"
        label="Single-key shortcuts"
        description="Switch them off if you dictate, or type with another tool. Kept in this browser."
        checked={isOn}
        onChange={(event) => {
          setOn(event.currentTarget.checked);
          setKeysOn(event.currentTarget.checked);
        }}
      />
    </Modal>
  );
}
