/** Creates a unique id from 128 random bits. `crypto.randomUUID` is missing on pages without HTTPS. */
export const randomId = (): string => crypto.getRandomValues(new Uint32Array(4)).join('-');
