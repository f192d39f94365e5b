/** Whether NODE_ENV is `production`. In production, internal faults that do no immediate harm are only reported. */
export const isProduction = (): boolean => process.env['NODE_ENV'] === 'production';
