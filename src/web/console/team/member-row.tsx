import { Button, NativeSelect, UnstyledButton } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { fullTime, longAge } from '../shell/format-age.js';
import type { ModeratorRole, TeamMember } from '../api-types.js';
import { mayBeLimited, ROLE_LABELS, isWidening } from './roles.js';
import { SectionsRow } from './sections-row.js';
import classes from './team.module.css';

interface Props {
  member: TeamMember;
  now: number;
  isMe: boolean;
  /** The roles that can be assigned; empty if the signed-in person may not change this member. */
  roles: readonly ModeratorRole[];
  isBusy: boolean;
  /** Sections of the site's stories. */
  knownSections: readonly string[];
  onSections: (sections: string[] | null) => void;
  onRole: (role: ModeratorRole) => void;
  onLink: () => void;
  onRemove: () => void;
  /** Omitted if the signed-in person may not reset this member's second factor. */
  onReset?: (() => void) | undefined;
}

/**
 * One member of staff. Removing them, resetting their second factor and widening their role ask for confirmation
 * within the row.
 */
export function MemberRow(props: Props) {
  const { member, now, isMe, roles, isBusy } = props;
  const [confirming, setConfirming] = useState<'remove' | 'reset' | 'sections' | 'role' | null>(null);
  const [newRole, setNewRole] = useState(member.role);
  const cancelButton = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (confirming) cancelButton.current?.focus();
  }, [confirming]);
  const isFixed = member.everywhere || roles.length === 0;

  return (
    <tr>
      <th scope="row">
        <span className={classes.name} title={member.name}>
          {member.name}
          {isMe && <span className={classes.you}>you</span>}
        </span>
        <span className={classes.soft} title={member.email ?? undefined}>
          {member.email ?? 'No email yet'}
        </span>
      </th>
      {confirming === 'sections' ? (
        <td colSpan={3}>
          <SectionsRow
            member={member}
            knownSections={props.knownSections}
            isBusy={isBusy}
            onSave={(sections) => {
              props.onSections(sections);
              setConfirming(null);
            }}
            onClose={() => setConfirming(null)}
          />
        </td>
      ) : confirming ? (
        <td colSpan={3}>
          <div className={classes.asking}>
            <span>
              {confirming === 'role'
                ? `As ${ROLE_LABELS[newRole]} they can see the whole site. They will no longer be limited to ${listText(member.sections)}.`
                : confirming === 'reset'
                  ? 'Reset their second factor? They are signed out and must set up a new one.'
                  : member.state === 'invited'
                    ? 'Withdraw the invitation? Its link stops working.'
                    : `Remove ${isMe ? 'yourself' : 'them'} from this site? ${isMe ? 'Your' : 'Their'} decisions are kept.`}
            </span>
            <Button
              size="xs"
              color={confirming === 'role' ? 'accent' : 'rejected'}
              loading={isBusy}
              onClick={() => {
                if (confirming === 'remove') return props.onRemove();
                if (confirming === 'role') props.onRole(newRole);
                else props.onReset?.();
                setConfirming(null);
              }}
            >
              {confirming === 'role'
                ? `Make them ${ROLE_LABELS[newRole]}`
                : confirming === 'reset'
                  ? 'Reset'
                  : member.state === 'invited'
                    ? 'Withdraw'
                    : 'Remove'}
            </Button>
            <Button ref={cancelButton} size="xs" variant="default" onClick={() => setConfirming(null)}>
              Cancel
            </Button>
          </div>
        </td>
      ) : (
        <>
          <td>
            {isFixed ? (
              <span title={member.everywhere ? 'This role applies to every site.' : undefined}>
                {ROLE_LABELS[member.role]}
                {member.everywhere && <span className={classes.soft}> · every site</span>}
              </span>
            ) : (
              <NativeSelect
                size="xs"
                aria-label={`Role of ${member.name}`}
                value={member.role}
                disabled={isBusy}
                data={roles.map((value) => ({ value, label: ROLE_LABELS[value] }))}
                onChange={(event) => {
                  const role = event.currentTarget.value as ModeratorRole;
                  setNewRole(role);
                  if (isWidening(member, role)) setConfirming('role');
                  else props.onRole(role);
                }}
              />
            )}
            {isFixed && member.sections && (
              <span className={classes.sections} title={member.sections.join(', ')}>
                {member.sections.join(', ')}
              </span>
            )}
            {!isFixed && mayBeLimited(member.role) && (
              <UnstyledButton
                className={classes.sections}
                disabled={isBusy}
                onClick={() => setConfirming('sections')}
                title={member.sections?.join(', ')}
                aria-label={`Sections of ${member.name}: ${member.sections?.join(', ') ?? 'the whole site'}`}
              >
                {member.sections?.join(', ') ?? 'The whole site'}
              </UnstyledButton>
            )}
          </td>
          <td className={classes.seen}>
            {seenText(member, now)}
            {member.hasSecondFactor && <span className={classes.factor}>Second factor</span>}
          </td>
          <td className={classes.actions}>
            {!isFixed && (
              <>
                {!isMe && (
                  <Button size="compact-xs" variant="subtle" disabled={isBusy} onClick={props.onLink}>
                    New link
                  </Button>
                )}
                {props.onReset && (
                  <Button
                    size="compact-xs"
                    variant="subtle"
                    disabled={isBusy}
                    onClick={() => setConfirming('reset')}
                    aria-label={`Reset second factor of ${member.name}`}
                  >
                    Reset second factor
                  </Button>
                )}
                <Button
                  size="compact-xs"
                  variant="subtle"
                  color="rejected"
                  disabled={isBusy}
                  onClick={() => setConfirming('remove')}
                  aria-label={`Remove ${member.name}`}
                >
                  Remove…
                </Button>
              </>
            )}
          </td>
        </>
      )}
    </tr>
  );
}

function seenText({ state, invitedUntil, seenAt }: TeamMember, now: number) {
  if (state === 'invited') {
    const isOpen = invitedUntil !== null && Date.parse(invitedUntil) > now;
    return (
      <span
        className={classes.invited}
        title={isOpen ? `The link works until ${fullTime(invitedUntil)}` : undefined}
      >
        {isOpen ? 'Invited' : 'Invitation expired'}
      </span>
    );
  }
  if (seenAt === null) return 'Signed out';
  return (
    <span title={fullTime(seenAt)}>
      {now - Date.parse(seenAt) < 60_000 ? 'Online now' : `${longAge(seenAt, now)} ago`}
    </span>
  );
}

const listText = (sections: readonly string[] | null): string =>
  new Intl.ListFormat('en').format(sections ?? []);
