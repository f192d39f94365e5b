import { call, get, id, query } from './call.js';
import type {
  ScorerCalibrationSummary,
  ScorerCalibration,
  CalibrationDifference,
  CalibrationScorer,
  NewCalibration,
  Page,
  Scorer,
  ScorerSettings,
  ScorerTrial,
  ScorerTrialText,
} from '../api-types.js';

/** External scorers. */
export const scorersApi = {
  scorers: (site: string, signal?: AbortSignal) =>
    get<{ items: Scorer[] }>(`/sites/${id(site)}/scorers`, signal),
  putScorer: (site: string, key: string, settings: ScorerSettings) =>
    call<Scorer & { secret?: string }>('PUT', `/sites/${id(site)}/scorers/${id(key)}`, settings),
  removeScorer: (site: string, key: string) => call<void>('DELETE', `/sites/${id(site)}/scorers/${id(key)}`),
  rotateScorer: (site: string, key: string) =>
    call<{ secret: string; previousUntil: string }>('POST', `/sites/${id(site)}/scorers/${id(key)}/rotate`),
  tryScorer: (site: string, key: string, trial: ScorerTrialText) =>
    call<ScorerTrial>('POST', `/sites/${id(site)}/scorers/${id(key)}/test`, trial),
  scorerCalibrations: (site: string, signal?: AbortSignal) =>
    get<{ items: ScorerCalibrationSummary[]; scorers: CalibrationScorer[] }>(
      `/sites/${id(site)}/calibrations`,
      signal,
    ),
  scorerCalibration: (site: string, calibration: string, signal?: AbortSignal) =>
    get<ScorerCalibration>(`/sites/${id(site)}/calibrations/${id(calibration)}`, signal),
  startCalibration: (site: string, draft: NewCalibration) =>
    call<ScorerCalibration>('POST', `/sites/${id(site)}/calibrations`, draft),
  stopCalibration: (site: string, calibration: string) =>
    call<ScorerCalibration>('POST', `/sites/${id(site)}/calibrations/${id(calibration)}/stop`),
  adoptCalibration: (site: string, calibration: string, labels: string[]) =>
    call<ScorerCalibration>('POST', `/sites/${id(site)}/calibrations/${id(calibration)}/adopt`, { labels }),
  calibrationDifferences: (
    site: string,
    calibration: string,
    label: string,
    cursor: string | null,
    signal?: AbortSignal,
  ) =>
    get<Page<CalibrationDifference>>(
      `/sites/${id(site)}/calibrations/${id(calibration)}/differences?${query({ label, cursor })}`,
      signal,
    ),
};
