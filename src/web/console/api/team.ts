import { call, get, id } from './call.js';
import type {
  Invitation,
  InvitationRequest,
  RoleRequest,
  TeamList,
  TeamMember,
  TeamRules,
} from '../api-types.js';

/** The staff of a site. */
export const teamApi = {
  team: (site: string, signal?: AbortSignal) => get<TeamList>(`/sites/${id(site)}/moderators`, signal),
  invite: (site: string, invitation: InvitationRequest) =>
    call<Invitation>('POST', `/sites/${id(site)}/moderators`, invitation),
  newLink: (site: string, moderator: string) =>
    call<Invitation>('POST', `/sites/${id(site)}/moderators/${id(moderator)}/link`),
  setRole: (site: string, moderator: string, grant: RoleRequest) =>
    call<TeamMember>('PATCH', `/sites/${id(site)}/moderators/${id(moderator)}`, grant),
  resetSecondFactor: (site: string, moderator: string) =>
    call<void>('DELETE', `/sites/${id(site)}/moderators/${id(moderator)}/second-factor`),
  teamRules: (site: string, signal?: AbortSignal) => get<TeamRules>(`/sites/${id(site)}/team-rules`, signal),
  setTeamRules: (site: string, rules: TeamRules) =>
    call<TeamRules>('PUT', `/sites/${id(site)}/team-rules`, rules),
  removeModerator: (site: string, moderator: string) =>
    call<void>('DELETE', `/sites/${id(site)}/moderators/${id(moderator)}`),
};
