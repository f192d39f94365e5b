import type { Settings } from '../config/settings.js';

/** Whether this process runs jobs, the relay and the ticker. */
export const runsWorkers = ({ role }: Pick<Settings, 'role'>): boolean => role !== 'api';
