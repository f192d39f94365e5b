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
  known: readonly string[];
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
  const [asking, setAsking] = useState<'remove' | 'reset' | 'sections' | 'role' | null>(null);
  const [wanted, setWanted] = useState(member.role);
  const keep = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (asking) keep.current?.focus();
  }, [asking]);
  const isFixed = member.everywhere || roles.length === 0;

  return (
    <tr>
      <th scope="row">
        <span className={classes.name} title={member.name}>
          {member.name}
          {isMe && <span className={classes.you}>you</span>}
        </span>
        <span className={classes.soft} title={member.email ?? undefined}>
          {member.email ?? 'No e-mail yet'}
        </span>
      </th>
      {asking === 'sections' ? (
        <td colSpan={3}>
          <SectionsRow
            member={member}
            known={props.known}
            isBusy={isBusy}
            onSave={(sections) => {
              props.onSections(sections);
              setAsking(null);
            }}
            onClose={() => setAsking(null)}
          />
        </td>
      ) : asking ? (
        <td colSpan={3}>
          <div className={classes.asking}>
            <span>
              {asking === 'role'
                ? `As ${ROLE_LABELS[wanted]} they have the whole site: the limit to ${listed(member.sections)} ends.`
                : asking === 'reset'
                  ? 'Take off the second factor they lost? They are signed out, and set up another.'
                  : member.state === 'invited'
                    ? 'Withdraw it? The link stops working.'
                    : `Remove ${isMe ? 'yourself' : 'them'} from this site? ${isMe ? 'Your' : 'Their'} decisions stay.`}
            </span>
            <Button
              size="xs"
              color={asking === 'role' ? 'accent' : 'rejected'}
              loading={isBusy}
              onClick={() => {
                if (asking === 'remove') return props.onRemove();
                if (asking === 'role') props.onRole(wanted);
                else props.onReset?.();
                setAsking(null);
              }}
            >
              {asking === 'role'
                ? `Make them ${ROLE_LABELS[wanted]}`
                : asking === 'reset'
                  ? 'Reset'
                  : member.state === 'invited'
                    ? 'Withdraw'
                    : 'Remove'}
            </Button>
            <Button ref={keep} size="xs" variant="default" onClick={() => setAsking(null)}>
              Keep
            </Button>
          </div>
        </td>
      ) : (
        <>
          <td>
            {isFixed ? (
              <span title={member.everywhere ? 'This role holds on every site.' : undefined}>
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
                  setWanted(role);
                  if (isWidening(member, role)) setAsking('role');
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
                onClick={() => setAsking('sections')}
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
                    onClick={() => setAsking('reset')}
                    aria-label={`Reset factor of ${member.name}`}
                  >
                    Reset factor
                  </Button>
                )}
                <Button
                  size="compact-xs"
                  variant="subtle"
                  color="rejected"
                  disabled={isBusy}
                  onClick={() => setAsking('remove')}
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
        {isOpen ? 'Invited' : 'Invitation ended'}
      </span>
    );
  }
  if (seenAt === null) return 'Signed out';
  const ago = longAge(seenAt, now);
  return <span title={fullTime(seenAt)}>{ago === 'less than a minute' ? 'Here now' : `${ago} ago`}</span>;
}

const listed = (sections: readonly string[] | null): string =>
  new Intl.ListFormat('en').format(sections ?? []);
