import { Button, Skeleton } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { UserRoundPlus } from 'lucide-react';
import { useEffect, useState } from 'react';
import { api, ProblemError } from '../api.js';
import { useConsole } from '../shell/console-context.js';
import { Frame } from '../shell/frame.js';
import { HelpModal } from '../shell/help-modal.js';
import { KeyCap } from '../shell/key-button.js';
import { useKeys } from '../shell/keys.js';
import { useNow } from '../shell/use-now.js';
import { navigationKeys } from '../shell/navigation.js';
import table from '../shell/table.module.css';
import { useSession } from '../session/session.js';
import { MODERATOR_ROLES, type Invitation, type ModeratorRole } from '../api-types.js';
import { InvitationCard } from './invitation-card.js';
import { InviteForm } from './invite-form.js';
import { MemberRow } from './member-row.js';
import { ROLE_LABELS, ROLE_DESCRIPTIONS, rolesUpTo } from './roles.js';
import { TeamRule } from './team-rule.js';
import classes from './team.module.css';

type Change =
  | { kind: 'role'; id: string; role: ModeratorRole }
  | { kind: 'sections'; id: string; role: ModeratorRole; sections: string[] | null }
  | { kind: 'remove'; id: string }
  | { kind: 'link'; id: string }
  | { kind: 'reset'; id: string };

/** The site's staff and their roles. */
export function TeamPage() {
  const { site } = useConsole();
  const { moderator } = useSession();
  const queries = useQueryClient();
  const now = useNow();
  const [isHelpOpen, setHelpOpen] = useState(false);
  const [isInviting, setInviting] = useState(false);
  const [createdInvitation, setCreatedInvitation] = useState<Invitation | null>(null);
  const key = ['team', site.id];
  const { data, error, isPending, isFetching, refetch } = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => api.team(site.id, signal),
  });
  const change = useMutation({
    mutationFn: async (request: Change) => {
      if (request.kind === 'role') await api.setRole(site.id, request.id, { role: request.role });
      else if (request.kind === 'sections')
        await api.setRole(site.id, request.id, { role: request.role, sections: request.sections });
      else if (request.kind === 'reset') await api.resetSecondFactor(site.id, request.id);
      else if (request.kind === 'remove') await api.removeModerator(site.id, request.id);
      else setCreatedInvitation(await api.newLink(site.id, request.id));
    },
    onSettled: () => queries.invalidateQueries({ queryKey: key }),
  });

  useEffect(() => {
    document.title = `Team · ${site.name} · Postbag`;
  }, [site.name]);
  const invite = () => {
    setCreatedInvitation(null);
    setInviting(true);
  };
  useKeys({ ...navigationKeys(site), '?': () => setHelpOpen(true), i: isInviting ? undefined : invite });

  const roles = rolesUpTo(site.role);
  return (
    <Frame active="team" onHelp={() => setHelpOpen(true)}>
      <main className={classes.page}>
        <div className={classes.column}>
          <header className={classes.head}>
            <div>
              <h1>Team</h1>
              <p>Who moderates {site.name}, and what each may do.</p>
            </div>
            {!isInviting && (
              <Button
                data-key="i"
                aria-keyshortcuts="I"
                leftSection={<UserRoundPlus size={15} strokeWidth={2} aria-hidden />}
                rightSection={<KeyCap>i</KeyCap>}
                onClick={invite}
              >
                Invite someone
              </Button>
            )}
          </header>
          {isInviting && (
            <InviteForm
              siteId={site.id}
              roles={roles}
              knownSections={data?.sections ?? []}
              onClose={() => setInviting(false)}
              onInvited={(invitation) => {
                setInviting(false);
                setCreatedInvitation(invitation);
                void queries.invalidateQueries({ queryKey: key });
              }}
            />
          )}
          {createdInvitation && (
            <InvitationCard
              key={createdInvitation.link}
              invitation={createdInvitation}
              onClose={() => setCreatedInvitation(null)}
            />
          )}
          {change.error && (
            <p className={classes.fault} role="alert">
              {change.error instanceof ProblemError
                ? change.error.message
                : 'The server does not answer. Nothing was changed; try again.'}
            </p>
          )}
          {error && !data ? (
            <div className={classes.failed} role="alert">
              <p>
                {error instanceof ProblemError
                  ? error.message
                  : 'The team could not be read: the server does not answer.'}
              </p>
              <Button size="xs" loading={isFetching} onClick={() => void refetch()}>
                Try again
              </Button>
            </div>
          ) : (
            <table className={`${table.table} ${classes.members}`}>
              <thead>
                <tr>
                  <th scope="col">Name</th>
                  <th scope="col">Role</th>
                  <th scope="col">Last seen</th>
                  <th scope="col">
                    <span className={classes.hidden}>Change</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {isPending && (
                  <tr>
                    <td colSpan={4}>
                      <Skeleton height={14} />
                    </td>
                  </tr>
                )}
                {data?.items.map((member) => (
                  <MemberRow
                    key={member.id}
                    member={member}
                    now={now}
                    isMe={member.id === moderator.id}
                    roles={roles.includes(member.role) ? roles : []}
                    isBusy={change.isPending && change.variables.id === member.id}
                    knownSections={data.sections}
                    onSections={(sections) =>
                      change.mutate({ kind: 'sections', id: member.id, role: member.role, sections })
                    }
                    onRole={(role) => change.mutate({ kind: 'role', id: member.id, role })}
                    onLink={() => change.mutate({ kind: 'link', id: member.id })}
                    onReset={
                      site.role === 'owner' && member.hasSecondFactor && member.id !== moderator.id
                        ? () => change.mutate({ kind: 'reset', id: member.id })
                        : undefined
                    }
                    onRemove={() => change.mutate({ kind: 'remove', id: member.id })}
                  />
                ))}
              </tbody>
            </table>
          )}
          <TeamRule siteId={site.id} />
          <section className={classes.legend} aria-labelledby="roles-title">
            <h2 id="roles-title">Roles</h2>
            <dl>
              {MODERATOR_ROLES.map((role) => (
                <div key={role}>
                  <dt>{ROLE_LABELS[role]}</dt>
                  <dd>{ROLE_DESCRIPTIONS[role]}.</dd>
                </div>
              ))}
            </dl>
            <p>
              The role of a moderator or a viewer may be limited to sections: only comments of their stories
              are there then, and nothing is decided that counts for the whole site.
            </p>
          </section>
        </div>
      </main>
      <HelpModal
        opened={isHelpOpen}
        onClose={() => setHelpOpen(false)}
        groups={[{ title: 'Team', keys: [['I', 'Invite someone']] }]}
      />
    </Frame>
  );
}
