/** Whether Node was told that it serves real users; faults of ours that do no harm at once are only reported then. */
export const isProduction = (): boolean => process.env['NODE_ENV'] === 'production';
