/** Injection token for the resolved database URL, configured or embedded; a string. */
export const DATABASE_URL = Symbol('DATABASE_URL');
