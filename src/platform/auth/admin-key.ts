/** Injection token for the bootstrap key, which has every scope; a string. */
export const ADMIN_KEY = Symbol('ADMIN_KEY');
