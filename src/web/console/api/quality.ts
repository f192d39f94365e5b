import { call, get, id, query } from './call.js';
import type {
  Calibration,
  SampleReview,
  SampleReviewAnswer,
  Learning,
  TrainingExample,
  Overview,
  Page,
  PicksModel,
  Quality,
  SampleDraw,
  SamplePage,
  Sampling,
  SiteModel,
  SiteModelDetails,
} from '../api-types.js';

/** Quality figures for moderators and the scorer. */
export const qualityApi = {
  learning: (site: string, signal?: AbortSignal) => get<Learning>(`/sites/${id(site)}/site-model`, signal),
  chooseSiteModel: (site: string, siteModelId: string | null) =>
    call<Learning>('PUT', `/sites/${id(site)}/site-model`, { siteModelId }),
  siteModels: (site: string, signal?: AbortSignal) =>
    get<Page<SiteModel>>(`/sites/${id(site)}/site-models`, signal),
  siteModel: (site: string, siteModelId: string, signal?: AbortSignal) =>
    get<SiteModelDetails>(`/sites/${id(site)}/site-models/${id(siteModelId)}`, signal),
  trainSiteModel: (site: string) => call<unknown>('POST', `/sites/${id(site)}/site-models`),
  picksModel: (site: string, signal?: AbortSignal) =>
    get<PicksModel>(`/sites/${id(site)}/picks-model`, signal),
  setPicksModel: (site: string, enabled: boolean) =>
    call<PicksModel>('PUT', `/sites/${id(site)}/picks-model`, { enabled }),
  trainingExamples: (site: string, cursor: string | null, signal?: AbortSignal) =>
    get<Page<TrainingExample>>(
      `/sites/${id(site)}/site-model/training-examples?${query({ cursor, limit: 20 })}`,
      signal,
    ),
  overview: (site: string, signal?: AbortSignal) => get<Overview>(`/sites/${id(site)}/overview`, signal),
  quality: (site: string, params: { days: number; zone: string }, signal?: AbortSignal) =>
    get<Quality>(`/sites/${id(site)}/quality?${query(params)}`, signal),
  calibration: (
    site: string,
    label: string,
    params: { days: number; errorPerMille: number },
    signal?: AbortSignal,
  ) => get<Calibration>(`/sites/${id(site)}/quality/labels/${id(label)}?${query(params)}`, signal),
  qualityExportUrl: (site: string, params: { days: number; zone: string; format: 'csv' | 'json' }) =>
    `/api/v1/sites/${id(site)}/quality/export?${query(params)}`,
  samples: (site: string, limit: number, signal?: AbortSignal) =>
    get<SamplePage>(`/sites/${id(site)}/samples?${query({ limit })}`, signal),
  reviewSample: (site: string, sample: string, answer: SampleReviewAnswer) =>
    call<SampleReview>('POST', `/sites/${id(site)}/samples/${id(sample)}/review`, { answer }),
  sampling: (site: string, signal?: AbortSignal) => get<Sampling>(`/sites/${id(site)}/sampling`, signal),
  setSampling: (site: string, sampling: Sampling) =>
    call<Sampling>('PUT', `/sites/${id(site)}/sampling`, sampling),
  draws: (site: string, signal?: AbortSignal) =>
    get<{ items: SampleDraw[] }>(`/sites/${id(site)}/sampling/draws`, signal),
  drawNow: (site: string) => call<SampleDraw>('POST', `/sites/${id(site)}/sampling/draws`),
};
