import type { SiteRef } from '../api-types.js';

type Role = SiteRef['role'];

/** As the server decides it too: these only keep what would be refused off the screen. */
export const mayDecide = (role: Role): boolean => role !== 'viewer';
/** Not limited to sections of it. */
export const hasWholeSite = ({ sections }: Pick<SiteRef, 'sections'>): boolean => sections === null;
export const mayManage = (role: Role): boolean => role === 'admin' || role === 'owner';
