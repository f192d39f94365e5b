import type { components } from '../kit/api.generated.js';

/*
 * Types of the server's responses to the console, under the console's names. Times are ISO 8601 UTC, scores are in
 * [0, 1], spans are half-open UTF-16 offsets into the comment's body.
 */

type Schemas = components['schemas'];

export interface Page<T> {
  items: T[];
  next: string | null;
}

export type Person = Schemas['Person'];
export type Session = Schemas['SessionAnswer'];
export type SiteRef = Schemas['SessionSite'];

export type QueueState = Schemas['QueueState'];
export const QUEUE_STATES = [
  'held',
  'flagged',
  'appealed',
  'escalated',
  'published',
  'rejected',
] as const satisfies readonly QueueState[];

export type QueueSort = Schemas['QueueSort'];
export type SuggestedUse = Schemas['SuggestedUse'];
export const QUEUE_SORTS = ['risk', 'oldest', 'newest'] as const satisfies readonly QueueSort[];

export type QueueFilter = Schemas['QueueFilterFields'];
export type QueueCount = Schemas['QueueCount'];
export type SavedQueue = Schemas['SavedQueueAnswer'];
export type SavedQueueRequest = Schemas['SavedQueueRequest'];
export type BulkRequest = Schemas['BulkDecisionRequest'];
export type BulkDecision = Schemas['BulkDecisionAnswer'];
export type OpinionRequest = Schemas['OpinionRequest'];
export type ConversationComment = Schemas['ConversationCommentAnswer'];
export type ConsoleSettings = Schemas['ConsoleSettings'];

export type CommentView = Schemas['Comment'];
export type CommentStatus = CommentView['status'];
export type AuthorView = Schemas['QueueAuthor'];
export type Standing = AuthorView['standing'];
export type Score = Schemas['ScoreAnswer'];
export type Threshold = Schemas['ThresholdAnswer'];
export type QueueItem = Schemas['QueueItem'];
export type DecisionRecord = Schemas['DecisionAnswer'];
export type CommentDetail = Schemas['CommentDetail'];
export type NearDuplicates = Schemas['NearDuplicatesAnswer'];
export type SimilarDecisions = Schemas['SimilarDecisionsAnswer'];
export type QueueCounts = Schemas['QueueCounts'];
export type Reason = Schemas['ReasonItem'];
export type Reasons = Schemas['ReasonsAnswer'];
export type DecisionRequest = Schemas['DecisionItem'];
export type DecisionAction = DecisionRequest['action'];
export type SanctionRequest = Schemas['SanctionRequest'];
export type SanctionAnswer = Schemas['SanctionAnswer'];
export type TeamList = Schemas['TeamAnswer'];
export type RoleRequest = Schemas['RoleRequest'];
export type TeamMember = Schemas['TeamMember'];
export type Invitation = Schemas['InvitationAnswer'];
export type InvitationRequest = Schemas['InvitationRequest'];
export type AccountSession = Schemas['AccountSession'];
export type SecondFactor = Schemas['SecondFactorAnswer'];
export type AppSecret = Schemas['AppSecret'];
export type FactorAdded = Schemas['FactorAdded'];
export type Passkey = Schemas['PasskeyAnswer'];
export type Passkeys = Schemas['PasskeysAnswer'];
export type PasskeyOptions = Schemas['PasskeyOptions'];
export type StaffSsoConnection = Schemas['StaffSsoAnswer'];
export type SignInMethods = Schemas['SignInMethods'];
export type TeamRules = Schemas['TeamRules'];
export type ModeratorRole = Schemas['ModeratorRole'];
/** Most privileged first. */
export const MODERATOR_ROLES = [
  'owner',
  'admin',
  'moderator',
  'viewer',
] as const satisfies readonly ModeratorRole[];

export type WebhookEndpoint = Schemas['EndpointAnswer'];
export type EndpointWithSecret = Schemas['EndpointWithSecret'];
export type NewEndpoint = Schemas['CreateEndpoint'];
export type EndpointChange = Schemas['ChangeEndpoint'];
export type RotatedSecret = Schemas['RotatedSecret'];
export type EventType = Pick<Schemas['EventTypeAnswer'], 'type' | 'about'>;
export type Redelivery = Schemas['RedeliverRequest'];
export type RedeliveryResult = Schemas['RedeliverAllAnswer'];
export type DeliveryDetail = Schemas['DeliveryDetail'];
export type Attempt = Schemas['AttemptAnswer'];
export type Delivery = Schemas['DeliveryAnswer'];

export type Policy = Schemas['PolicyAnswer'];
export type PolicyReason = Policy['reasons'][number];
export type LanguageModelMeasurement = Schemas['LanguageModelMeasurement'];
export type PolicyPatch = Schemas['PolicyPatch'];
export type PolicyDifference = Schemas['PolicyDifferenceAnswer'];
export type PolicyVersionItem = Schemas['PolicyVersionItem'];
export type PolicyReplay = Schemas['PolicyReplayAnswer'];
export type DraftScore = Schemas['DraftScore'];
export type DecisionDifference = Schemas['DifferenceAnswer'];
export type PolicyShadow = Schemas['ShadowAnswer'];
export type FoundComment = Schemas['FoundComment'];
export type FoundComments = Schemas['FoundComments'];
export type WordListPreview = Schemas['WordListPreviewAnswer'];
export type ModerationStory = Schemas['ModerationStory'];
export type DoubtfulHost = Schemas['DoubtfulHostAnswer'];
export type StoryAuthors = Schemas['AuthorsAnswer'];
export type StoryRecord = Schemas['StoryRecord'];
export type Brigade = Schemas['BrigadeAnswer'];
export type ModerationReader = Schemas['ModerationReader'];
export type ReaderRecord = Schemas['ReaderRecord'];
export type ReaderComment = Schemas['ReaderComment'];
export type ReaderNoteOrMessage = Schemas['ReaderNoteOrMessage'];
export type EvasionHint = Schemas['EvasionHint'];
export type RemovalPreview = Schemas['RemovalPreview'];

export type Overview = Schemas['OverviewAnswer'];
export type Estimate = Schemas['EstimateAnswer'];
export type Quality = Schemas['QualityAnswer'];
export type RuleQuality = Schemas['RuleQuality'];
export type Calibration = Schemas['CalibrationAnswer'];
export type Suggestion = Schemas['SuggestionAnswer'];
export type Sampling = Schemas['SamplingSettings'];
export type SampleDraw = Schemas['SampleDrawAnswer'];
export type SampleItem = Schemas['SampleItemAnswer'];
export type SamplePage = Schemas['SamplePage'];
export type SampleReviewAnswer = Schemas['SampleReviewRequest']['answer'];
export type SampleReview = Schemas['SampleReviewAnswer'];

export type AuditEntry = Schemas['AuditEntryAnswer'];
export type AuditVerification = Schemas['AuditVerification'];
export type Site = Schemas['SiteAnswer'];
export type NewSite = Schemas['NewSite'];
export type SiteChange = Schemas['SiteChange'];
export type SiteWithSecret = Schemas['NewSiteAnswer'];
export type SiteContents = Schemas['SiteContentsAnswer'];
export type Tier = Schemas['TierAnswer'];
export type NewTier = Schemas['TierBody'];
export type TierUse = Schemas['TierUse'];
export type TierUses = Schemas['TierUses'];
export type SignOn = Schemas['SsoAnswer'];
export type SignOnSettings = Schemas['SsoBody'];
export type SignOnSecret = Schemas['SsoSecretAnswer'];
export type PublisherKey = Schemas['KeyAnswer'];
export type PublisherKeyWithSecret = Schemas['NewKeyAnswer'];
export type NewPublisherKey = Schemas['NewKey'];
export type KeyScope = PublisherKey['scopes'][number];
export type Override = Schemas['OverrideAnswer'];
export type OverrideRequest = Schemas['OverrideBody'];
export type Refusal = Schemas['RefusalAnswer'];
export type Explanation = Schemas['ExplanationAnswer'];
export type ExplanationRequest = Schemas['ExplanationRequest'];
export type GateAction = keyof Schemas['GateAnswer'];
export type BillingIntegration = Schemas['BillingIntegrationAnswer'];
export type BillingIntegrationBody = Schemas['BillingIntegrationBody'];
export type BillingWebhookLogLine = Schemas['BillingWebhookLogLine'];
export type BillingWebhookLogEntry = Schemas['BillingWebhookLogEntry'];
export type ReplayResult = Schemas['ReplayAnswer'];
export type Lookup = Schemas['LookupAnswer'];
export type LookupSettings = Schemas['LookupBody'];
export type LookupTrial = Schemas['LookupTestAnswer'];
export type Import = Schemas['ImportAnswer'];
export type ImportItem = Schemas['ImportItem'];
export type CoralPhase = Schemas['CoralPhaseAnswer'];
export type CoralPhaseSettings = Schemas['CoralPhaseBody'];
export type Scorer = Schemas['ScorerAnswer'];
export type ScorerSettings = Schemas['ScorerSettings'];
export type ScorerTrial = Schemas['ScorerTrialAnswer'];
export type ScorerTrialText = Schemas['ScorerTrial'];
export type ScorerCalibrationSummary = Schemas['ScorerCalibrationSummary'];
export type ScorerCalibration = Schemas['ScorerCalibration'];
export type CalibrationLabel = Schemas['CalibrationLabel'];
export type CalibrationScorer = Schemas['CalibrationScorer'];
export type CalibrationDifference = Schemas['CalibrationDifference'];
export type NewCalibration = Schemas['NewCalibration'];
export type Learning = Schemas['SiteModelAnswer'];
export type PicksModel = Schemas['PicksModelAnswer'];
export type SiteModel = Schemas['SiteModelSummary'];
export type SiteModelDetails = Schemas['SiteModelDetails'];
export type SiteModelFigures = Schemas['SiteModelLabelFigures'];
export type SiteModelWord = Schemas['SiteModelWord'];
export type TrainingExample = Schemas['TrainingExample'];

export type ProblemBody = Pick<Schemas['Problem'], 'status'> & Partial<Schemas['Problem']>;
export type DecisionResult =
  (Schemas['DecisionSuccess'] & { error?: undefined }) | { commentId: string; error: ProblemBody };

/** Payloads of the console's event stream, by event name. OpenAPI cannot describe them. */
export interface QueueEvents {
  queue: { counts: QueueCounts };
  arrived: { commentId: string; state: QueueState };
  left: { commentId: string; status: CommentStatus; by: Person | 'rule' };
  claims: { commentId: string; claimants: Person[] };
  bulk: Record<string, never>;
  brigades: Record<string, never>;
}
