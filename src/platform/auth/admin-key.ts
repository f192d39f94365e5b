/** Injection token: the bootstrap key with every scope; a string. */
export const ADMIN_KEY = Symbol('ADMIN_KEY');
