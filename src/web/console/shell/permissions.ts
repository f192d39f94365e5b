import type { SiteRef } from '../api-types.js';

type Role = SiteRef['role'];

// The server enforces the same rules. These checks only hide actions that it would refuse.
export const mayDecide = (role: Role): boolean => role !== 'viewer';
/** The role is not limited to sections of the site. */
export const hasWholeSite = ({ sections }: Pick<SiteRef, 'sections'>): boolean => sections === null;
export const mayManage = (role: Role): boolean => role === 'admin' || role === 'owner';
