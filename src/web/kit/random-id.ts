/** A name that nobody else gives: 128 random bits. `crypto.randomUUID` is missing on pages without https. */
export const randomId = (): string => crypto.getRandomValues(new Uint32Array(4)).join('-');
