/**
 * Whether NODE_ENV is `production`. In production, programming errors without immediate harm are logged, not thrown.
 */
export const isProduction = (): boolean => process.env['NODE_ENV'] === 'production';
