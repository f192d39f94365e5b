/** Injection token: the resolved URL of the database, given or embedded; a string. */
export const DATABASE_URL = Symbol('DATABASE_URL');
