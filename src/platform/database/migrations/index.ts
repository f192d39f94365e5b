import { CreateRolesAndPlumbing1763900000000 } from './1763900000000-create-roles-and-plumbing.js';
import { CreateSitesAndReaders1763900001000 } from './1763900001000-create-sites-and-readers.js';
import { CreateComments1763900002000 } from './1763900002000-create-comments.js';
import { CreateModeration1763900003000 } from './1763900003000-create-moderation.js';
import { CreateEventsAndWebhooks1763900004000 } from './1763900004000-create-events-and-webhooks.js';
import { StoreCommentsInOneTrip1764000000000 } from './1764000000000-store-comments-in-one-trip.js';
import { FindDueDeliveriesInTheirOrder1764000200000 } from './1764000200000-find-due-deliveries-in-their-order.js';
import { NameSessionsAndJoining1764000200100 } from './1764000200100-name-sessions-and-joining.js';
import { ClaimByLookingFirst1764000200200 } from './1764000200200-claim-by-looking-first.js';
import { CreateReadersDesk1764000300000 } from './1764000300000-create-readers-desk.js';
import { KeepWhatWasTold1764000400000 } from './1764000400000-keep-what-was-told.js';
import { BreakCircuitsOfEndpoints1764000400100 } from './1764000400100-break-circuits-of-endpoints.js';
import { TellFailingEndpointsByTheirFailures1764000400200 } from './1764000400200-tell-failing-endpoints-by-their-failures.js';
import { KeepStatisticsOfDeliveries1764000400300 } from './1764000400300-keep-statistics-of-deliveries.js';
import { CreateSuggestedScores1764000100000 } from './1764000100000-create-suggested-scores.js';
import { OverridePoliciesForATime1764102000000 } from './1764102000000-override-policies-for-a-time.js';
import { LookEntitlementsUp1764102000100 } from './1764102000100-look-entitlements-up.js';
import { KeepRefusals1764102000200 } from './1764102000200-keep-refusals.js';
import { NameKindsOfEntitlements1764102000300 } from './1764102000300-name-kinds-of-entitlements.js';
import { CreateExternalScorers1764103000000 } from './1764103000000-create-external-scorers.js';
import { FeatureComments1764105000000 } from './1764105000000-feature-comments.js';
import { CreateMail1764104000000 } from './1764104000000-create-mail.js';
import { CreateSiteHeads1764101000000 } from './1764101000000-create-site-heads.js';
import { IndexTopicsOfStories1764104100000 } from './1764104100000-index-topics-of-stories.js';
import { FollowStoriesAndTopics1764104200000 } from './1764104200000-follow-stories-and-topics.js';
import { TellOwnersOfFailingEndpoints1764103100000 } from './1764103100000-tell-owners-of-failing-endpoints.js';
import { CreateQueueEntries1764106000000 } from './1764106000000-create-queue-entries.js';
import { CreateBulkDecisions1764106100000 } from './1764106100000-create-bulk-decisions.js';
import { CreateDeskTables1764106200000 } from './1764106200000-create-desk-tables.js';
import { WriteInReadersLanguages1764113000000 } from './1764113000000-write-in-readers-languages.js';
import { ConfirmSessions1764114000000 } from './1764114000000-confirm-sessions.js';
import { NoteLookUps1764112000000 } from './1764112000000-note-look-ups.js';
import { SeatOrganisations1764112000100 } from './1764112000100-seat-organisations.js';
import { KnowReaders1764114010000 } from './1764114010000-know-readers.js';
import { CreateAudit1764115000000 } from './1764115000000-create-audit.js';
import { AuditWhatIsKnownOfReaders1764115900000 } from './1764115900000-audit-what-is-known-of-readers.js';
import { KeepPolicyVersions1764115000100 } from './1764115000100-keep-policy-versions.js';
import { TryPoliciesOut1764115000200 } from './1764115000200-try-policies-out.js';
import { SearchComments1764115000300 } from './1764115000300-search-comments.js';
import { RunStoriesFromTheDesk1764115910000 } from './1764115910000-run-stories-from-the-desk.js';
import { FindUnchainedEntriesByIndex1764116000000 } from './1764116000000-find-unchained-entries-by-index.js';
import { SampleDecisions1764117400000 } from './1764117400000-sample-decisions.js';
import { RollDecisionsUp1764117400100 } from './1764117400100-roll-decisions-up.js';
import { FindCommonWordsAmongTheNewest1764117600000 } from './1764117600000-find-common-words-among-the-newest.js';
import { KeepStatisticsOfEvents1764117610000 } from './1764117610000-keep-statistics-of-events.js';
import { AuditDrawsAndPaceRollUps1764117620000 } from './1764117620000-audit-draws-and-pace-roll-ups.js';
import { LimitRolesToSections1764118100000 } from './1764118100000-limit-roles-to-sections.js';
import { SignInByTheNewsroom1764117300200 } from './1764117300200-sign-in-by-the-newsroom.js';
import { KeepPasskeys1764117300100 } from './1764117300100-keep-passkeys.js';
import { AskForASecondFactor1764117300000 } from './1764117300000-ask-for-a-second-factor.js';
import { CloseStoriesByAge1764117500000 } from './1764117500000-close-stories-by-age.js';
import { AnswerAsThePublication1764117510000 } from './1764117510000-answer-as-the-publication.js';
import { TellAuthorsOfStories1764118200000 } from './1764118200000-tell-authors-of-stories.js';
import { HearOfReaders1764118500000 } from './1764118500000-hear-of-readers.js';
import { KnowKeysInUse1764119100000 } from './1764119100000-know-keys-in-use.js';
import { KeepStandings1764119200000 } from './1764119200000-keep-standings.js';
import { FindSectionsInLongLists1764119300000 } from './1764119300000-find-sections-in-long-lists.js';
import { TellReasonsInReadersLanguages1764119401000 } from './1764119401000-tell-reasons-in-readers-languages.js';
import { ForgetToldDeletions1764120200000 } from './1764120200000-forget-told-deletions.js';
import { ClaimByTabs1764120400000 } from './1764120400000-claim-by-tabs.js';
import { AddIdempotencyLeases1764130100000 } from './1764130100000-add-idempotency-leases.js';
import { NoteWhenDecisionsAreStored1764130400000 } from './1764130400000-note-when-decisions-are-stored.js';
import { TakeFlagsOfVisitors1764130410000 } from './1764130410000-take-flags-of-visitors.js';
import { ConfirmTitlesOfStories1764130420000 } from './1764130420000-confirm-titles-of-stories.js';
import { AddLastTierOfReader1764130500000 } from './1764130500000-add-last-tier-of-reader.js';
import { ScoreUnreadLanguages1764130700000 } from './1764130700000-score-unread-languages.js';
import { CreateCalibrations1764130710000 } from './1764130710000-create-calibrations.js';
import { AddProbeLease1764130800000 } from './1764130800000-add-probe-lease.js';
import { CreateSiteImports1764130600000 } from './1764130600000-create-site-imports.js';
import { LearnFromImports1764131100000 } from './1764131100000-learn-from-imports.js';
import { SpeedUpImports1764131200000 } from './1764131200000-speed-up-imports.js';
import { ChainAuditEntriesAtOnce1764131201000 } from './1764131201000-chain-audit-entries-at-once.js';
import { VacuumImportsOnce1764131202000 } from './1764131202000-vacuum-imports-once.js';
import { CreateCoralPhase1764131000000 } from './1764131000000-create-coral-phase.js';
import { DeleteStagedRowsByTrigger1764131203000 } from './1764131203000-delete-staged-rows-by-trigger.js';
import { AddImportStopReason1764131400000 } from './1764131400000-add-import-stop-reason.js';

/** The whole product's migrations, oldest first. */
export const MIGRATIONS = [
  CreateRolesAndPlumbing1763900000000,
  CreateSitesAndReaders1763900001000,
  CreateComments1763900002000,
  CreateModeration1763900003000,
  CreateEventsAndWebhooks1763900004000,
  StoreCommentsInOneTrip1764000000000,
  CreateSuggestedScores1764000100000,
  FindDueDeliveriesInTheirOrder1764000200000,
  NameSessionsAndJoining1764000200100,
  ClaimByLookingFirst1764000200200,
  CreateReadersDesk1764000300000,
  KeepWhatWasTold1764000400000,
  BreakCircuitsOfEndpoints1764000400100,
  TellFailingEndpointsByTheirFailures1764000400200,
  KeepStatisticsOfDeliveries1764000400300,
  CreateSiteHeads1764101000000,
  OverridePoliciesForATime1764102000000,
  LookEntitlementsUp1764102000100,
  KeepRefusals1764102000200,
  NameKindsOfEntitlements1764102000300,
  CreateExternalScorers1764103000000,
  TellOwnersOfFailingEndpoints1764103100000,
  CreateMail1764104000000,
  IndexTopicsOfStories1764104100000,
  FollowStoriesAndTopics1764104200000,
  FeatureComments1764105000000,
  CreateQueueEntries1764106000000,
  CreateBulkDecisions1764106100000,
  CreateDeskTables1764106200000,
  NoteLookUps1764112000000,
  SeatOrganisations1764112000100,
  WriteInReadersLanguages1764113000000,
  ConfirmSessions1764114000000,
  KnowReaders1764114010000,
  CreateAudit1764115000000,
  KeepPolicyVersions1764115000100,
  TryPoliciesOut1764115000200,
  SearchComments1764115000300,
  AuditWhatIsKnownOfReaders1764115900000,
  RunStoriesFromTheDesk1764115910000,
  FindUnchainedEntriesByIndex1764116000000,
  AskForASecondFactor1764117300000,
  KeepPasskeys1764117300100,
  SignInByTheNewsroom1764117300200,
  SampleDecisions1764117400000,
  RollDecisionsUp1764117400100,
  CloseStoriesByAge1764117500000,
  AnswerAsThePublication1764117510000,
  FindCommonWordsAmongTheNewest1764117600000,
  KeepStatisticsOfEvents1764117610000,
  AuditDrawsAndPaceRollUps1764117620000,
  LimitRolesToSections1764118100000,
  TellAuthorsOfStories1764118200000,
  HearOfReaders1764118500000,
  KnowKeysInUse1764119100000,
  KeepStandings1764119200000,
  FindSectionsInLongLists1764119300000,
  TellReasonsInReadersLanguages1764119401000,
  ForgetToldDeletions1764120200000,
  ClaimByTabs1764120400000,
  AddIdempotencyLeases1764130100000,
  NoteWhenDecisionsAreStored1764130400000,
  TakeFlagsOfVisitors1764130410000,
  ConfirmTitlesOfStories1764130420000,
  AddLastTierOfReader1764130500000,
  ScoreUnreadLanguages1764130700000,
  CreateCalibrations1764130710000,
  AddProbeLease1764130800000,
  CreateSiteImports1764130600000,
  LearnFromImports1764131100000,
  SpeedUpImports1764131200000,
  ChainAuditEntriesAtOnce1764131201000,
  VacuumImportsOnce1764131202000,
  CreateCoralPhase1764131000000,
  DeleteStagedRowsByTrigger1764131203000,
  AddImportStopReason1764131400000,
];
