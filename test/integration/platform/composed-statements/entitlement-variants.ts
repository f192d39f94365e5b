/** Variants of the functions that compose statements; see `composed-statements.spec.ts`. */
export const entitlementVariants: Readonly<Record<string, readonly string[]>> = {};
