import { ActionIcon, Button, TextInput } from '@mantine/core';
import { Check, Copy, X } from 'lucide-react';
import { useState } from 'react';
import { copyText } from '../shell/copy-text.js';
import { fullTime } from '../shell/format-age.js';
import type { Invitation } from '../api-types.js';
import { ROLE_LABELS } from './roles.js';
import classes from './team.module.css';

/** The new invitation, with its link while it can be shown. The server does not store the link. */
export function InvitationCard({ invitation, onClose }: { invitation: Invitation; onClose: () => void }) {
  const [isCopied, setCopied] = useState(false);
  const { moderator, link, expiresAt } = invitation;
  const copy = () => {
    if (!link) return;
    copyText(link).then(
      () => setCopied(true),
      () => document.querySelector<HTMLInputElement>('#invitation-link')?.select(),
    );
  };
  return (
    <section className={classes.made} aria-label="Invitation">
      <p role="status">
        {link
          ? `Hand this link to ${moderator.name}. It signs in once and is not shown again.`
          : `${moderator.name} has an account already and is in the team as ${ROLE_LABELS[moderator.role].toLowerCase()} now.`}
        {moderator.sections && ` The role is limited to ${moderator.sections.join(', ')}.`}
      </p>
      <ActionIcon
        className={classes.close}
        variant="subtle"
        color="gray"
        aria-label="Close the invitation"
        onClick={onClose}
      >
        <X size={16} strokeWidth={1.75} aria-hidden />
      </ActionIcon>
      {link && (
        <>
          <div className={classes.link}>
            <TextInput
              id="invitation-link"
              aria-label="Invitation link"
              value={link}
              readOnly
              onFocus={(event) => event.currentTarget.select()}
            />
            <Button
              autoFocus
              leftSection={isCopied ? <Check size={15} aria-hidden /> : <Copy size={15} aria-hidden />}
              onClick={copy}
            >
              {isCopied ? 'Copied' : 'Copy link'}
            </Button>
          </div>
          {expiresAt && <p className={classes.soft}>It works until {fullTime(expiresAt)}.</p>}
        </>
      )}
    </section>
  );
}
