/* Written by `npm run types` from the OpenAPI description. Names for these: wire.ts. */

export interface components {
  schemas: {
    AccountRequest: {
      email: string;
      name: string;
      /** @description At least 12 characters. */
      password: string;
    };
    AccountSession: {
      /** @description What the browser calls itself. */
      agent: string | null;
      /** Format: date-time */
      createdAt: string;
      /** @description The one that asks. */
      current: boolean;
      /** Format: uuid */
      id: string;
      /** Format: date-time */
      seenAt: string;
    };
    AccountSessionsAnswer: {
      /** @description Newest first. */
      items: components['schemas']['AccountSession'][];
    };
    ActionReasonAnswer: {
      allowed: boolean;
      /** @description What the tier comes from; each would do alone. */
      by: ('token' | 'entitlement' | 'look-up')[];
      /** @enum {string} */
      code:
        | 'open'
        | 'signed-in'
        | 'tier'
        | 'signed-out'
        | 'tier-required'
        | 'entitlement-ended'
        | 'quota-exceeded'
        | 'suspended'
        | 'banned'
        | 'story-closed';
      message: string;
    };
    ActionReasonsAnswer: {
      comment: components['schemas']['ActionReasonAnswer'];
      flag: components['schemas']['ActionReasonAnswer'];
      react: components['schemas']['ActionReasonAnswer'];
      read: components['schemas']['ActionReasonAnswer'];
      reply: components['schemas']['ActionReasonAnswer'];
    };
    AgreementAnswer: {
      agreed: components['schemas']['EstimateAnswer'];
      /** @description Cohen’s kappa; null: fewer than 20 pairs, or all answers are the same. */
      kappa: number | null;
      pairs: number;
    };
    AgreementQuality: {
      /** @description A second opinion, and what a colleague then decided. */
      opinions: components['schemas']['AgreementAnswer'];
      /** @description Two judgements of one sample. */
      samples: components['schemas']['AgreementAnswer'];
    };
    AnalyzeCommentRequest: {
      /** @description Comes back in the answer. */
      clientToken?: string;
      comment: components['schemas']['TextEntry'];
      /** @description A site's id files a suggestion under that site. */
      communityId?: string;
      /** @description Taken, and not looked at. */
      context?: components['schemas']['CommentContext'];
      /** @description Texts to analyze are never stored; suggestions are, without this. */
      doNotStore?: boolean;
      /** @description Leaves out what is not scored in the language, instead of refusing. */
      dropUnsupportedAttributes?: boolean;
      /** @description BCP 47. Found out when left out. */
      languages?: string[];
      /** @description By attribute: TOXICITY, SEVERE_TOXICITY, INSULT, PROFANITY, THREAT, IDENTITY_ATTACK, SEXUALLY_EXPLICIT, SPAM. */
      requestedAttributes: {
        [key: string]: components['schemas']['AttributeParameters'];
      };
      sessionId?: string;
      /** @description Whether spans are what made the score so, instead of the whole text. */
      spanAnnotations?: boolean;
    };
    AnalyzeCommentResponse: {
      attributeScores: {
        [key: string]: components['schemas']['AttributeScores'];
      };
      clientToken?: string;
      /** @description The likeliest first. */
      detectedLanguages: string[];
      /** @description Those that were read. */
      languages: string[];
    };
    AnalyzerScore: {
      /** @enum {string} */
      type?: 'SCORE_TYPE_UNSPECIFIED' | 'PROBABILITY' | 'STD_DEV_SCORE' | 'PERCENTILE' | 'RAW';
      value?: number;
    };
    AppCode: {
      /** @description What the app shows now: six figures. */
      code: string;
    };
    AppealAnswer: {
      /** Format: uuid */
      commentId: string;
      /** Format: date-time */
      createdAt: string;
      /** Format: uuid */
      id: string;
      /** @enum {string} */
      state: 'open' | 'upheld' | 'overturned';
    };
    AppealQuality: {
      /** @description Of appeals against moderators, those overturned. */
      ofPeople: components['schemas']['EstimateAnswer'];
      /** @description Of appeals against rules, those overturned. */
      ofRules: components['schemas']['EstimateAnswer'];
    };
    AppealRecord: {
      /** Format: date-time */
      createdAt: string;
      /** Format: date-time */
      decidedAt: string | null;
      /** Format: uuid */
      id: string;
      revision: number;
      /** @enum {string} */
      state: 'open' | 'upheld' | 'overturned';
      text: string;
    };
    AppealRequest: {
      /** @description Why it should be read again. */
      text: string;
    };
    AppealSummary: {
      /** Format: date-time */
      createdAt: string;
      /**
       * @description `upheld`: the decision stands; `overturned`: the comment was restored.
       * @enum {string}
       */
      state: 'open' | 'upheld' | 'overturned';
    };
    AppSecret: {
      /** @description Base32, to be typed into the app. */
      secret: string;
      /** @description The same as an `otpauth:` address, to be shown as a QR code. */
      uri: string;
    };
    ArticleAndParentComment: {
      article?: components['schemas']['TextEntry'];
      parentComment?: components['schemas']['TextEntry'];
    };
    AttemptAnswer: {
      /** @description The first 4 kB of the answer. */
      answer: string | null;
      durationMs: number;
      error: string | null;
      number: number;
      /** Format: date-time */
      startedAt: string;
      /** @description The HTTP status; null when there was no answer. */
      status: number | null;
    };
    AttributeParameters: {
      /** @description A lower score is left out of the answer. */
      scoreThreshold?: number;
      /**
       * @description Only probabilities are given.
       * @enum {string}
       */
      scoreType?: 'SCORE_TYPE_UNSPECIFIED' | 'PROBABILITY' | 'STD_DEV_SCORE' | 'PERCENTILE' | 'RAW';
    };
    AttributeScores: {
      spanScores?: components['schemas']['SpanScore'][];
      summaryScore?: components['schemas']['AnalyzerScore'];
    };
    AuditActor: {
      id?: string;
      /** @enum {string} */
      kind: 'moderator' | 'key' | 'admin' | 'system';
      /** @description As it was then. */
      name?: string;
      /** @description Of the request, as in `x-request-id`. */
      request?: string;
    };
    AuditEntryAnswer: {
      /** @description Such as `comment.reject`, `policy.changed`, `role.made`. */
      action: string;
      actor: components['schemas']['AuditActor'];
      /** Format: date-time */
      at: string;
      /** @description What else is known: of a change, old and new of each member; of secrets only that they changed. */
      details: {
        [key: string]: unknown;
      };
      /** @description SHA-256, hex. */
      hash: string;
      /** @description That counted then. */
      policyVersion: number | null;
      /** @description In the chain of the site, from 1. */
      position: number;
      /** @description A code of the site’s reasons, or what was written. */
      reason: string | null;
      subject: components['schemas']['AuditSubject'];
    };
    AuditPage: {
      /** @description The newest first. */
      items: components['schemas']['AuditEntryAnswer'][];
      next: string | null;
    };
    AuditSubject: {
      id: string;
      kind: string;
    };
    AuditVerification: {
      broken: components['schemas']['BrokenEntryAnswer'] | null;
      /** @description The hash of the last of these: kept elsewhere, it proves all up to it. */
      head: string;
      intact: boolean;
      /** @description Entries that were read and are as they were written. */
      length: number;
    };
    Author: {
      /**
       * Format: uuid
       * @description Ours, not the token's `sub`.
       */
      id: string;
      name: string;
      /** Format: uri */
      picture: string | null;
      /** @enum {string} */
      role: 'reader' | 'staff' | 'author';
      tier: components['schemas']['TierNameAnswer'] | null;
    };
    AuthorDecision: {
      /** @enum {string} */
      action: 'publish' | 'hold' | 'approve' | 'reject' | 'remove' | 'restore' | 'escalate' | 'undo';
      /** Format: uuid */
      commentId: string;
      /** Format: date-time */
      createdAt: string;
      /** @description How the comment begins. */
      excerpt: string;
      /** @description Slurs and the foulest words of the text beside it, [start, end), UTF-16 offsets: for readers who want them hidden until they ask. */
      hidden: [number, number][];
      /** Format: uuid */
      id: string;
      moderator: components['schemas']['Decider'] | null;
      note: string | null;
      reason: string | null;
    };
    AuthorEmailRules: {
      /** @description What these e-mails are written in: af, ar, de, en, es, fr, nl or pt; others are English. */
      language: string;
      /** @description Whether the authors of stories (`authorEmails`) are told of new comments by e-mail. */
      tell: boolean;
    };
    AuthorHistory: {
      /** @description Comments that somebody flagged. */
      flagged: number;
      held: number;
      published: number;
      rejected: number;
      removed: number;
    };
    AuthorSanction: {
      /** Format: date-time */
      createdAt: string;
      /** Format: uuid */
      id: string;
      moderator: components['schemas']['Decider'] | null;
      note: string | null;
      reason: string;
      /** @enum {string} */
      standing: 'warned' | 'suspended' | 'banned' | 'pre-moderated' | 'trusted' | 'normal';
      /** Format: date-time */
      until: string | null;
    };
    AuthorsAnswer: {
      authors: components['schemas']['NamedAuthor'][];
      /**
       * Format: date-time
       * @description When the last letter was written.
       */
      lastEmailAt: string | null;
      /**
       * Format: date-time
       * @description When the next one is due; null: nothing is new.
       */
      nextEmailAt: string | null;
      /** @description What the site's policy says: `authors.tell`. */
      tell: boolean;
    };
    AuthorsPatch: {
      /** @description What these e-mails are written in: af, ar, de, en, es, fr, nl or pt; others are English. */
      language?: string | null;
      /** @description Whether the authors of stories (`authorEmails`) are told of new comments by e-mail. */
      tell?: boolean | null;
    };
    AuthorsRequest: {
      /** @description E-mail addresses; replaces those before. */
      emails: string[];
    };
    BillingIntegrationAnswer: {
      apiUrl: string | null;
      graceDays: number;
      hasApiKey: boolean;
      mapping: components['schemas']['JsonMapping'] | null;
      /**
       * Format: date-time
       * @description Until when the secret before still counts.
       */
      previousSecretValidUntil: string | null;
      provider: string;
      /** @description Where the reader's key stands. */
      reader: string | null;
      tiers: {
        [key: string]: string;
      };
      /** Format: date-time */
      updatedAt: string;
      /** @description Where the provider pushes to. */
      url: string;
    };
    BillingIntegrationBody: {
      /** @description For the provider's API (Recurly). Left out: it stays. */
      apiKey?: string;
      /**
       * Format: uri
       * @description The provider's API, where it is not the usual one.
       */
      apiUrl?: string | null;
      /** @description Days for which a failed payment is waited for where the provider names no end; 0 when left out. */
      graceDays?: number;
      /** @description Of provider json: how a push is read. */
      mapping?: components['schemas']['JsonMapping'] | null;
      /**
       * @description Where the reader's key stands in a push, as a JSON pointer; else the provider's usual place.
       * @example /data/object/metadata/readerKey
       */
      reader?: string | null;
      /** @description What signs the pushes, or name:password for those that send a credential. The secret before counts for another 24 hours, so that a rotation loses nothing. Left out: the one in use stays. */
      secret?: string;
      /** @description The provider's price, plan or product → the key of one of your tiers. */
      tiers?: {
        [key: string]: string;
      };
    };
    BillingIntegrationList: {
      /** @description By name. */
      items: components['schemas']['BillingIntegrationAnswer'][];
    };
    BillingWebhookLogEntry: {
      /** @description As it came. */
      body: string | null;
      /** @description For people. */
      detail: string | null;
      entitlementKey: string | null;
      /** Format: uuid */
      id: string;
      /** @description Whether its body is kept: those that nobody signed have none, nor those of readers who were forgotten. */
      isReplayable: boolean;
      /** @description The message's own id, or what its bytes are known by. */
      messageId: string | null;
      /** @enum {string} */
      outcome: 'applied' | 'unchanged' | 'duplicate' | 'older' | 'ignored' | 'unmapped' | 'refused';
      readerKey: string | null;
      /** @description For programs: why it was refused, not mapped or ignored. */
      reason: string | null;
      /** Format: date-time */
      receivedAt: string;
      /** Format: uuid */
      replayOf: string | null;
    };
    BillingWebhookLogLine: {
      /** @description For people. */
      detail: string | null;
      entitlementKey: string | null;
      /** Format: uuid */
      id: string;
      /** @description Whether its body is kept: those that nobody signed have none, nor those of readers who were forgotten. */
      isReplayable: boolean;
      /** @description The message's own id, or what its bytes are known by. */
      messageId: string | null;
      /** @enum {string} */
      outcome: 'applied' | 'unchanged' | 'duplicate' | 'older' | 'ignored' | 'unmapped' | 'refused';
      readerKey: string | null;
      /** @description For programs: why it was refused, not mapped or ignored. */
      reason: string | null;
      /** Format: date-time */
      receivedAt: string;
      /** Format: uuid */
      replayOf: string | null;
    };
    BillingWebhookLogPage: {
      items: components['schemas']['BillingWebhookLogLine'][];
      next: string | null;
    };
    BillingWebhookOutcome: {
      /**
       * @description `unmapped`: taken and logged, but the settings do not say whose or which subscription it is; replay it later.
       * @enum {string}
       */
      outcome: 'applied' | 'unchanged' | 'duplicate' | 'older' | 'ignored' | 'unmapped' | 'refused';
    };
    BodyLimits: {
      maxChars: number;
      minChars: number;
    };
    BodyLimitsPatch: {
      maxChars?: number | null;
      minChars?: number | null;
    };
    BrokenEntryAnswer: {
      /** @description The first entry that is wrong or missing. */
      position: number;
      why: string;
    };
    BulkComment: {
      /** Format: uuid */
      commentId: string;
      /** @description The text that was read. */
      revision: number;
    };
    BulkDecisionAnswer: {
      /** @enum {string} */
      action: 'approve' | 'reject' | 'remove' | 'restore' | 'escalate';
      /** Format: date-time */
      createdAt: string;
      decided: number;
      /**
       * Format: date-time
       * @description Until then it can be undone; then it is carried out.
       */
      dueAt: string;
      /** Format: date-time */
      endedAt: string | null;
      /** Format: uuid */
      id: string;
      /** @description How many were passed over, by why: the code of the refusal. */
      passedOver: {
        [key: string]: number;
      };
      reason: string | null;
      /**
       * @description `waiting`: nobody has heard of it yet, and it can be undone.
       * @enum {string}
       */
      state: 'waiting' | 'applying' | 'done' | 'undone';
      total: number;
    };
    BulkDecisionRequest: {
      /** @enum {string} */
      action: 'approve' | 'reject' | 'remove' | 'restore' | 'escalate';
      /** @description Comments that were picked; else `list`. */
      comments?: components['schemas']['BulkComment'][];
      /** @description A whole list, up to 10,000 comments. */
      list?: components['schemas']['BulkList'];
      /** @description For moderators only. */
      note?: string;
      /** @description A code of the site's reasons; the authors read its text. */
      reason?: string;
      /** Format: uuid */
      site: string;
    };
    BulkList: {
      filter?: components['schemas']['QueueFilterFields'];
      /** @enum {string} */
      state: 'held' | 'flagged' | 'appealed' | 'escalated';
    };
    CalibrationAbsence: {
      comments: number;
      /** @enum {string} */
      side: 'from' | 'to';
      /** @description An outcome as of external scorers, or `language` (not read), `no-score` (it answered without a score of every label that is compared), `not-asked`, `away` (a model that is not there or did not answer), `gone` (the scorer was removed). */
      why: string;
    };
    CalibrationAdoption: {
      /** @description Labels whose thresholds to adopt; all that were found and are not uncertain, if left out. */
      labels?: (
        | 'toxicity'
        | 'severeToxicity'
        | 'insult'
        | 'profanity'
        | 'threat'
        | 'identityAttack'
        | 'sexual'
        | 'spam'
      )[];
    };
    CalibrationAnswer: {
      /** @description Tenths of the scale. */
      bins: components['schemas']['CalibrationBinAnswer'][];
      /** @description Texts that a rule held, and people decided. */
      held: number;
      /** @enum {string} */
      label:
        | 'toxicity'
        | 'severeToxicity'
        | 'insult'
        | 'profanity'
        | 'threat'
        | 'identityAttack'
        | 'sexual'
        | 'spam'
        | 'repeat'
        | 'flood'
        | 'links'
        | 'personalData'
        | 'shouting'
        | 'offLanguage'
        | 'bannedWords'
        | 'suspectWords';
      /** @description Texts of the sample that people judged. */
      sampled: number;
      /** Format: date-time */
      since: string;
      suggestions: components['schemas']['SuggestionAnswer'][];
    };
    CalibrationBinAnswer: {
      from: number;
      /** @description What people refuse of texts with such a score. */
      refused: components['schemas']['EstimateAnswer'];
      to: number;
    };
    CalibrationDifference: {
      body: string;
      /** Format: uuid */
      commentId: string;
      /** Format: date-time */
      createdAt: string;
      from: number;
      fromHolds: boolean;
      /** @description Slurs and the foulest words of the text beside it, [start, end), UTF-16 offsets: for readers who want them hidden until they ask. */
      hidden: [number, number][];
      /**
       * @description What moderators came to.
       * @enum {string|null}
       */
      people: 'publish' | 'refuse' | null;
      status: string;
      to: number;
      toHolds: boolean;
    };
    CalibrationDifferencePage: {
      items: components['schemas']['CalibrationDifference'][];
      next: string | null;
    };
    CalibrationLabel: {
      bothHold: number;
      /** @description Comments for which both gave a score. */
      comments: number;
      /** @description Of these, how many the first scorer holds. */
      held: number;
      /** @description From which the first scorer holds. */
      heldFrom: number;
      /** @description Fewer than 300 comments, or fewer than 30 that either scorer holds, or that the first does not: too few to rely on. */
      isUncertain: boolean;
      /** @enum {string} */
      label:
        | 'toxicity'
        | 'severeToxicity'
        | 'insult'
        | 'profanity'
        | 'threat'
        | 'identityAttack'
        | 'sexual'
        | 'spam';
      neitherHolds: number;
      onlyFromHolds: number;
      onlyToHolds: number;
      /** @description The range of that threshold by the size of the sample, at 95 %. */
      range: number[] | null;
      /** @description At which the second scorer holds the same share; null if the first held none. */
      threshold: number | null;
    };
    CalibrationScorer: {
      /** @description As in `from` and `to`. */
      id: string;
      /** @description Labels that it scores, or may score. */
      labels: string[];
      /** @description For people. */
      name: string;
    };
    ChangeEndpoint: {
      /** @enum {string} */
      body?: 'thin' | 'full';
      /** @description Whether deliveries are signed by Ed25519 besides. */
      ed25519?: boolean;
      events?: (
        | 'comment.submitted'
        | 'comment.published'
        | 'comment.held'
        | 'comment.rejected'
        | 'comment.removed'
        | 'comment.restored'
        | 'comment.edited'
        | 'comment.deleted'
        | 'comment.flagged'
        | 'appeal.opened'
        | 'appeal.decided'
        | 'reader.warned'
        | 'reader.suspended'
        | 'reader.banned'
        | 'reader.reinstated'
        | 'reader.erased'
        | 'entitlement.changed'
        | 'story.created'
        | 'story.closed'
        | 'story.reopened'
        | '*'
        | 'webhook.test'
      )[];
      /**
       * @description Enabling goes on with what was left undelivered.
       * @enum {string}
       */
      status?: 'enabled' | 'disabled';
      /** Format: uri */
      url?: string;
    };
    ClaimsAnswer: {
      claimants: components['schemas']['Person'][];
    };
    Collected: {
      /** @description Decisions of people that say something about the text; the latest 20,000 count. */
      decisions: number;
      /** @description By label, all of them. */
      labels: {
        [key: string]: components['schemas']['LabelExampleCounts'];
      };
      /** @description About so many positives, and as many negatives, a label needs before it is trained: 30 to train on and 8 held out, one text in five. */
      needed: number;
      /** @description Scores that outside clients suggested. */
      suggested: number;
    };
    Comment: {
      /** @description For its author: where their appeal stands. */
      appeal?: components['schemas']['AppealSummary'];
      /** @description Null, as body and html, for a removed or deleted comment that stands over visible replies. */
      author: components['schemas']['Author'] | null;
      /** @description As written. */
      body: string | null;
      /** Format: date-time */
      createdAt: string;
      /** Format: date-time */
      editedAt: string | null;
      /** @description Made and sanitised by the server. */
      html: string | null;
      /** Format: uuid */
      id: string;
      /** Format: uuid */
      parentId: string | null;
      /** @description Among the editors' picks. */
      picked: boolean;
      /** @description Stands first under its story. */
      pinned: boolean;
      /** Format: date-time */
      publishedAt: string | null;
      /** @description Tallies by kind. */
      reactions: {
        [key: string]: number;
      };
      /** @description For its author, while it is held and after a rejection or removal: why, and what they can do, in the language of the page it was written on. */
      reason?: string | null;
      /** @description Visible replies at any depth. */
      replyCount: number;
      revision: number;
      /** @enum {string} */
      status: 'pending' | 'published' | 'held' | 'rejected' | 'removed' | 'deleted';
      /** Format: uuid */
      storyId: string;
      /** @description With a token. */
      viewer?: components['schemas']['Viewer'];
    };
    CommentContext: {
      articleAndParentComment?: components['schemas']['ArticleAndParentComment'];
      entries?: components['schemas']['TextEntry'][];
    };
    CommentDetail: {
      appeal: components['schemas']['OpenAppeal'] | null;
      appeals: components['schemas']['AppealRecord'][];
      author: components['schemas']['QueueAuthor'] | null;
      /** @description The latest 5, newest first. */
      authorDecisions: components['schemas']['AuthorDecision'][];
      /** @description The latest 5, newest first. */
      authorSanctions: components['schemas']['AuthorSanction'][];
      /**
       * @description Why the caller may not decide about it: the code that a decision would be refused with. Null: they may.
       * @enum {string|null}
       */
      barred: 'own-decision' | 'strict-story' | null;
      /** @description The first has it in hand: nobody else decides meanwhile. */
      claimants: components['schemas']['Person'][];
      comment: components['schemas']['Comment'];
      decisions: components['schemas']['DecisionAnswer'][];
      /** @description Hosts in the text of now, linked or only written, that are not what they seem or hide where they lead; 20 at most. */
      doubtfulHosts: components['schemas']['DoubtfulHostAnswer'][];
      events: components['schemas']['CommentEvent'][];
      /** @description What external scorers said to the text of now. */
      externalAnswers: components['schemas']['ExternalAnswer'][];
      flagItems: components['schemas']['FlagAnswer'][];
      flags: components['schemas']['OpenFlags'];
      /** @description Slurs and the foulest words of the text beside it, [start, end), UTF-16 offsets: for readers who want them hidden until they ask. */
      hidden: [number, number][];
      /** @description Of the text, as it was scored: ISO 639-1, or `und`. */
      language: string | null;
      lastDecision: components['schemas']['LastDecision'] | null;
      /** @description Of this text; the first asked for another. */
      opinions: components['schemas']['OpinionAnswer'][];
      /** @description Of the page it was written on, ISO 639-1: its author reads a reason in it. Null: nobody said. */
      pageLanguage: string | null;
      parent: components['schemas']['QueueParent'] | null;
      revisions: components['schemas']['RevisionAnswer'][];
      /** @description The latest rule that decided. */
      rule: components['schemas']['RuleAnswer'] | null;
      /** @description By label. */
      scores: {
        [key: string]: components['schemas']['ScoreAnswer'];
      };
      story: components['schemas']['QueueStory'];
      /** @description By label, of the policy that counts now. */
      thresholds: {
        [key: string]: components['schemas']['ThresholdAnswer'];
      };
      /** Format: date-time */
      waitingSince: string;
    };
    CommentedStory: {
      /** Format: uuid */
      id: string;
      key: string;
      title: string;
      /** Format: uri */
      url: string;
    };
    CommentEvent: {
      /** Format: uuid */
      id: string;
      sequence: number;
      /** Format: date-time */
      timestamp: string;
      type: string;
    };
    CommentList: {
      items: components['schemas']['Comment'][];
      next: string | null;
    };
    ConfirmationRequest: {
      /** @description What the app shows: six figures. Where the account has a second factor, this or `recoveryCode`. */
      code?: string;
      /** @description What the browser answered to a `passkey-challenge`. It is enough alone. */
      passkey?: {
        [key: string]: unknown;
      };
      password?: string;
      /** @description One of the codes that were kept for the day the app is lost; each works once. */
      recoveryCode?: string;
    };
    ConsoleSettings: {
      /** @description Slurs are blurred until asked for. */
      blurSlurs: boolean;
      /** @description The desk without colour. */
      greyScale: boolean;
      /** @description A pause is called to mind after so long; null: never. */
      pauseAfterMinutes: number | null;
      /** @description After so many grave comments in a row a milder one comes next, where there is one; null: never. */
      severeInARow: number | null;
    };
    ConversationAnswer: {
      /** @description Above it, itself, and what answers any of these; oldest first. */
      items: components['schemas']['ConversationCommentAnswer'][];
    };
    ConversationCommentAnswer: {
      author: components['schemas']['Person'] | null;
      /** @description null: its author deleted it. */
      body: string | null;
      /** Format: date-time */
      createdAt: string;
      /** @description 0: at the top. */
      depth: number;
      /** @description Slurs and the foulest words of the text beside it, [start, end), UTF-16 offsets: for readers who want them hidden until they ask. */
      hidden: [number, number][];
      /** Format: uuid */
      id: string;
      /** Format: uuid */
      parentId: string | null;
      /** @enum {string} */
      status: 'pending' | 'published' | 'held' | 'rejected' | 'removed' | 'deleted';
      /** @description Who of the staff wrote it, as the publication. */
      writtenBy: components['schemas']['Person'] | null;
    };
    CoralCommentAnswer: {
      /** Format: uuid */
      id: string;
    };
    CoralFlag: {
      /** @enum {string} */
      actionType: 'FLAG';
      /** @enum {string} */
      reason: 'COMMENT_DETECTED_TOXIC' | 'COMMENT_DETECTED_SPAM';
    };
    CoralModerationAnswer: {
      /** @description What the scores say, in the two flags that Coral takes. */
      actions: components['schemas']['CoralFlag'][];
      /** @description Why. Coral passes it over. */
      reason: components['schemas']['CoralReasonAnswer'];
      /**
       * @description Left out: Coral goes on by its own rules. SYSTEM_WITHHELD: it waits for a moderator.
       * @enum {string}
       */
      status?: 'REJECTED' | 'SYSTEM_WITHHELD';
      /** @description Never given: Coral takes only these two, and none of them is a reason. */
      tags?: ('FEATURED' | 'STAFF')[];
    };
    CoralPhaseAnswer: {
      /** @description How long after its arrival a request is answered at the latest. */
      answerWithinMs: number;
      /**
       * @description What was decided then.
       * @enum {string|null}
       */
      lastAnswer: 'publish' | 'hold' | 'reject' | null;
      /**
       * Format: date-time
       * @description The last request that was answered, to within five seconds.
       */
      lastAnswerAt: string | null;
      /** @description What was wrong then. */
      lastFailure: string | null;
      /**
       * Format: date-time
       * @description The last request that was refused, or answered by holding because something failed.
       */
      lastFailureAt: string | null;
      /** @description The rule that decided it. */
      lastRule: string | null;
      /**
       * Format: date-time
       * @description Until when the secret before counts as well.
       */
      previousSecretValidUntil: string | null;
      /** @description The phase's timeout, as it is set in Coral. */
      timeoutMs: number;
      /** Format: date-time */
      updatedAt: string;
      /**
       * Format: uri
       * @description The phase's callback URL, for Coral.
       */
      url: string;
    };
    CoralPhaseBody: {
      /** @description The signing secret that Coral shows for the phase; needed the first time. It replaces the one before, which counts for another 24 hours. */
      secret?: string;
      /** @description The phase's timeout in milliseconds, as it is set in Coral; 200, Coral's own default, if it was never set here. */
      timeoutMs?: number;
    };
    CoralReasonAnswer: {
      /** @description The rule that decided; as in decisions about comments of our own. */
      rule: string;
      /** @description The same in words. */
      text: string;
    };
    CoralStoryAnswer: {
      /** @description Published comments and replies. */
      count: number;
      /** @description The story's key. */
      key: string;
      /**
       * Format: uuid
       * @description The site whose page it is.
       */
      site: string;
      url: string;
    };
    Counts: {
      /** @description By story key. */
      counts: {
        [key: string]: number;
      };
    };
    CreateEndpoint: {
      /**
       * @description full: with body, html, author and scores, except of what its author deleted; thin when left out.
       * @enum {string}
       */
      body?: 'thin' | 'full';
      /** @description Whether deliveries are signed by Ed25519 besides (`v1a`), for receivers that should hold no secret. */
      ed25519?: boolean;
      /** @description Types of events, or "*" for all. */
      events: (
        | 'comment.submitted'
        | 'comment.published'
        | 'comment.held'
        | 'comment.rejected'
        | 'comment.removed'
        | 'comment.restored'
        | 'comment.edited'
        | 'comment.deleted'
        | 'comment.flagged'
        | 'appeal.opened'
        | 'appeal.decided'
        | 'reader.warned'
        | 'reader.suspended'
        | 'reader.banned'
        | 'reader.reinstated'
        | 'reader.erased'
        | 'entitlement.changed'
        | 'story.created'
        | 'story.closed'
        | 'story.reopened'
        | '*'
        | 'webhook.test'
      )[];
      /**
       * Format: uri
       * @description Where deliveries go. https to a public address, unless OUTBOUND_ALLOW says otherwise.
       */
      url: string;
    };
    DayQuality: {
      /** @example 2026-11-28 */
      day: string;
      held: number;
      published: number;
      rejected: number;
    };
    Decider: {
      /**
       * Format: uuid
       * @description Null: somebody in the product that the decision was imported from.
       */
      id: string | null;
      /** @description Of an imported decision with the product: `Jane Doe (Coral)`. */
      name: string;
    };
    DecisionAnswer: {
      /** @enum {string} */
      action: 'publish' | 'hold' | 'approve' | 'reject' | 'remove' | 'restore' | 'escalate' | 'undo';
      /** @enum {string} */
      by: 'rule' | 'moderator';
      /** Format: date-time */
      createdAt: string;
      /** @enum {string} */
      from: 'pending' | 'published' | 'held' | 'rejected' | 'removed' | 'deleted';
      /** Format: uuid */
      id: string;
      moderator: components['schemas']['Decider'] | null;
      note: string | null;
      reason: string | null;
      /** @description What its author was told, as it was said then. */
      reasonText: string | null;
      /**
       * Format: uuid
       * @description The decision that this one takes back.
       */
      reverses: string | null;
      revision: number;
      rule: components['schemas']['RuleAnswer'] | null;
      /** @enum {string} */
      to: 'pending' | 'published' | 'held' | 'rejected' | 'removed' | 'deleted';
    };
    DecisionFailure: {
      /** Format: uuid */
      commentId: string;
      error: components['schemas']['Problem'];
    };
    DecisionItem: {
      /** @enum {string} */
      action: 'approve' | 'reject' | 'remove' | 'restore' | 'escalate';
      /** Format: uuid */
      commentId: string;
      /** @description For moderators only. */
      note?: string;
      /** @description A code of the site's reasons; the author reads its text. */
      reason?: string;
      /** @description The text that was read. */
      revision: number;
    };
    DecisionsAnswer: {
      /** @description In the order of the request. */
      results: (components['schemas']['DecisionSuccess'] | components['schemas']['DecisionFailure'])[];
    };
    DecisionsRequest: {
      decisions: components['schemas']['DecisionItem'][];
    };
    DecisionSuccess: {
      /** Format: uuid */
      commentId: string;
      /** Format: uuid */
      decisionId: string;
      /** @enum {string} */
      status: 'pending' | 'published' | 'held' | 'rejected' | 'removed' | 'deleted';
    };
    DeletionAnswer: {
      /**
       * Format: date-time
       * @description Null: nobody asked for it.
       */
      dueAt: string | null;
    };
    DeliveryAnswer: {
      attempts: number;
      /** Format: date-time */
      createdAt: string;
      /** Format: date-time */
      deliveredAt: string | null;
      /** Format: uuid */
      eventId: string;
      /** Format: uuid */
      id: string;
      lastError: string | null;
      lastStatus: number | null;
      /** @description The latest twenty, newest first. */
      log: components['schemas']['AttemptAnswer'][];
      /** Format: date-time */
      nextAttemptAt: string | null;
      sequence: number;
      /** @enum {string} */
      status: 'pending' | 'delivered' | 'failed' | 'cancelled';
      /** @description What its order counts for. */
      subject: string;
      type: string;
    };
    DeliveryDetail: {
      attempts: number;
      /** Format: date-time */
      createdAt: string;
      /** Format: date-time */
      deliveredAt: string | null;
      /** Format: uuid */
      eventId: string;
      /** Format: uuid */
      id: string;
      lastError: string | null;
      lastStatus: number | null;
      /** @description The latest twenty, newest first. */
      log: components['schemas']['AttemptAnswer'][];
      /** Format: date-time */
      nextAttemptAt: string | null;
      request: components['schemas']['DeliveryRequest'];
      sequence: number;
      /** @enum {string} */
      status: 'pending' | 'delivered' | 'failed' | 'cancelled';
      /** @description What its order counts for. */
      subject: string;
      type: string;
    };
    DeliveryPage: {
      items: components['schemas']['DeliveryAnswer'][];
      next: string | null;
    };
    DeliveryRequest: {
      /** @description The bytes that are signed and sent, the same on every attempt. */
      body: string;
      /** @description Without `webhook-timestamp` and `webhook-signature`, which every attempt has of its own. */
      headers: {
        [key: string]: string;
      };
      /** @enum {string} */
      method: 'POST';
      /** @description Where it goes now. */
      url: string;
    };
    /** @enum {string} */
    DeliveryStatus: 'pending' | 'delivered' | 'failed' | 'cancelled';
    DifferenceAnswer: {
      /** Format: uuid */
      commentId: string;
      /** @enum {string} */
      draft: 'publish' | 'hold' | 'reject';
      /** @description In words. */
      draftRule: string;
      excerpt: string;
      /** @enum {string} */
      live: 'publish' | 'hold' | 'reject';
      /** @description In words. */
      liveRule?: string;
      /** @enum {string|null} */
      people: 'publish' | 'refuse' | null;
      revision: number;
    };
    DifferencePage: {
      /** @description The newest comment first; of a replay 1,000 are kept. */
      items: components['schemas']['DifferenceAnswer'][];
      next: string | null;
    };
    DoubtfulHostAnswer: {
      /** @enum {string} */
      doubt: 'look-alike' | 'mixed-scripts' | 'digits' | 'shortened' | 'blocked';
      /** @description As addresses have it: ASCII, without `www.`. */
      host: string;
      /** @description With `look-alike`: the name that it looks like. */
      like: string | null;
      /** @description As people read it. */
      shown: string;
    };
    DraftRequest: {
      /** @description What the draft changes of the policy that counts. */
      policy: components['schemas']['PolicyPatch'];
    };
    DraftScore: {
      /** @description Only what occurred. */
      cells: components['schemas']['VerdictCell'][];
      /** @description Comments that the draft decides otherwise. */
      different: number;
      draft: components['schemas']['ErrorCount'];
      live: components['schemas']['ErrorCount'];
      /** @description Left out: their scoring had failed. */
      unscored: number;
    };
    EditBody: {
      /** @description Plain text with a little Markdown: links, quotes, emphasis, lists. HTML stays text. */
      body: string;
    };
    EmailAnswer: {
      /** @description Null: nothing is sent. */
      address: string | null;
      /** @description Whether the address was confirmed; before, nothing else is sent there. */
      confirmed: boolean;
      /** @enum {string|null} */
      delivery: 'instant' | 'daily' | 'weekly' | null;
      /** @description Of the letters, as it was named. */
      language: string | null;
      /** @description The address in the reader’s token, to be offered where there is none yet. */
      suggested: string | null;
    };
    EmailBody: {
      /**
       * @description Left out: the address as it is. A new one gets a letter that asks whether it is the reader’s.
       * @example reader@mail.example
       */
      address?: string;
      /**
       * @description A letter for each notification, or one a day or a week with all of them.
       * @enum {string}
       */
      delivery: 'instant' | 'daily' | 'weekly';
      /**
       * @description Of the letters, as a page’s `lang` has it: Afrikaans, Arabic, Dutch, English, French, German, Portuguese or Spanish; every other is English. Left out: as it is, at first English.
       * @example de
       */
      language?: string;
    };
    EndpointAnswer: {
      /** @enum {string} */
      body: 'thin' | 'full';
      /**
       * @description `open`: ten deliveries in a row failed at their first try, and it is left alone until `openUntil`; `half-open`: the next one due tries, and a success closes it and sends all that waits.
       * @enum {string}
       */
      circuit: 'closed' | 'open' | 'half-open';
      /** Format: date-time */
      createdAt: string;
      /** @description Why it was disabled by itself. */
      disabledReason: string | null;
      events: string[];
      /**
       * Format: date-time
       * @description Since when no delivery succeeded.
       */
      failingSince: string | null;
      /** Format: uuid */
      id: string;
      /**
       * Format: date-time
       * @description To the minute.
       */
      lastSuccessAt: string | null;
      /** Format: date-time */
      openUntil: string | null;
      /** @description Of Ed25519, the newest first; empty where it does not sign. */
      publicKeys: string[];
      /** @enum {string} */
      status: 'enabled' | 'disabled';
      /** Format: date-time */
      updatedAt: string;
      url: string;
    };
    EndpointPage: {
      items: components['schemas']['EndpointAnswer'][];
      next: string | null;
    };
    EndpointWithSecret: {
      /** @enum {string} */
      body: 'thin' | 'full';
      /**
       * @description `open`: ten deliveries in a row failed at their first try, and it is left alone until `openUntil`; `half-open`: the next one due tries, and a success closes it and sends all that waits.
       * @enum {string}
       */
      circuit: 'closed' | 'open' | 'half-open';
      /** Format: date-time */
      createdAt: string;
      /** @description Why it was disabled by itself. */
      disabledReason: string | null;
      events: string[];
      /**
       * Format: date-time
       * @description Since when no delivery succeeded.
       */
      failingSince: string | null;
      /** Format: uuid */
      id: string;
      /**
       * Format: date-time
       * @description To the minute.
       */
      lastSuccessAt: string | null;
      /** Format: date-time */
      openUntil: string | null;
      /** @description Of Ed25519, the newest first; empty where it does not sign. */
      publicKeys: string[];
      /**
       * @description Shown this once.
       * @example whsec_…
       */
      secret: string;
      /** @enum {string} */
      status: 'enabled' | 'disabled';
      /** Format: date-time */
      updatedAt: string;
      url: string;
    };
    EntitlementAnswer: {
      /** @description Whether it counts now. */
      counts: boolean;
      /**
       * Format: date-time
       * @description Until when a failed payment is waited for.
       */
      graceUntil: string | null;
      /** @description Who gives it, or the company whose seat it is. */
      grantedBy: string | null;
      /** @description Which of the reader's entitlements. */
      key: string;
      /**
       * @description Why they have it; left out: `trial` while it is `trialing`, else `subscription`. All count alike, by their status.
       * @enum {string}
       */
      kind: 'subscription' | 'trial' | 'gift' | 'seat';
      /** @description The `sub` of the reader's tokens. */
      readerKey: string;
      /**
       * Format: date-time
       * @description When it was told.
       */
      reportedAt: string;
      /** @description `api`, or the billing provider that told it. */
      source: string;
      /**
       * @description `active`, `trialing`, and `past_due` until `graceUntil` count; `cancelled` and `expired` end now. A cancellation at the end of the period is `active` with `validUntil`.
       * @enum {string}
       */
      status: 'active' | 'trialing' | 'past_due' | 'cancelled' | 'expired';
      /**
       * @description The key of one of the site's tiers.
       * @example insider-gold
       */
      tier: string;
      /** Format: date-time */
      updatedAt: string;
      /**
       * Format: date-time
       * @description The end of what is paid for, exclusive.
       */
      validUntil: string | null;
    };
    EntitlementBody: {
      /**
       * Format: date-time
       * @description Until when a failed payment is waited for.
       */
      graceUntil?: string | null;
      /** @description Who gives it, or the company whose seat it is. */
      grantedBy?: string | null;
      /**
       * @description Why they have it; left out: `trial` while it is `trialing`, else `subscription`. All count alike, by their status.
       * @enum {string}
       */
      kind?: 'subscription' | 'trial' | 'gift' | 'seat';
      /**
       * @description `active`, `trialing`, and `past_due` until `graceUntil` count; `cancelled` and `expired` end now. A cancellation at the end of the period is `active` with `validUntil`.
       * @enum {string}
       */
      status: 'active' | 'trialing' | 'past_due' | 'cancelled' | 'expired';
      /**
       * @description The key of one of the site's tiers.
       * @example insider-gold
       */
      tier: string;
      /**
       * Format: date-time
       * @description The end of what is paid for, exclusive.
       */
      validUntil?: string | null;
    };
    EntitlementHistory: {
      /** @description The latest hundred, newest first. */
      items: components['schemas']['EntitlementLedgerEntryAnswer'][];
    };
    EntitlementLedgerEntryAnswer: {
      /** Format: date-time */
      graceUntil: string | null;
      /** @description Who gave it, or the company whose seat it was. */
      grantedBy: string | null;
      /**
       * @description Why they had it; null of what was told before kinds were kept.
       * @enum {string|null}
       */
      kind: 'subscription' | 'trial' | 'gift' | 'seat' | null;
      /** @description Of the push that told it; see the log of pushes. */
      messageId: string | null;
      /**
       * Format: date-time
       * @description When it came here.
       */
      recordedAt: string;
      /**
       * Format: date-time
       * @description When it was so, as the source says.
       */
      reportedAt: string;
      /** @description The provider's own order. */
      sequence: number | null;
      /** @description `api`, or the billing provider that told it. */
      source: string;
      /** @enum {string} */
      status: 'active' | 'trialing' | 'past_due' | 'cancelled' | 'expired' | 'deleted';
      /** @description The tier, or the name of a plan that opens nothing here. */
      tier: string;
      /** Format: date-time */
      validUntil: string | null;
    };
    EntitlementPage: {
      items: components['schemas']['EntitlementAnswer'][];
      next: string | null;
    };
    EntryMatchesAnswer: {
      comments: number;
      entry: string;
      examples: components['schemas']['MatchExample'][];
      /** @description Of these, readers see now. */
      published: number;
    };
    ErrorCount: {
      /** @description Held or rejected, although people published it. */
      falseHolds: number;
      /** @description Published, although people refused it. */
      falsePasses: number;
      /** @description Held: so many wait for a person. */
      held: number;
    };
    EstimateAnswer: {
      count: number;
      high: number | null;
      low: number | null;
      /** @description On so many it stands. */
      of: number;
      /** @description Null: on none. */
      value: number | null;
    };
    EvasionHint: {
      /** @description Whether this reader came after that measure. */
      cameAfter: boolean;
      /**
       * @description The gravest measure it had.
       * @enum {string}
       */
      measure: 'suspended' | 'banned';
      /** Format: date-time */
      measuredAt: string;
      reader: components['schemas']['ModerationReader'];
      /** @description The same mailbox, a name that looks the same, the same longer text. */
      why: ('email' | 'name' | 'text')[];
    };
    EventAnswer: {
      data: Record<string, never>;
      /** Format: uuid */
      id: string;
      sequence: number;
      /** Format: uuid */
      site: string;
      /** Format: date-time */
      timestamp: string;
      type: string;
    };
    EventPage: {
      items: components['schemas']['EventAnswer'][];
      next: string | null;
    };
    EventTypeAnswer: {
      about: string;
      example: Record<string, never>;
      /** @description JSON Schema of the body. */
      schema: Record<string, never>;
      type: string;
      /** @description Grows when a type changes otherwise than by optional members. */
      version: number;
    };
    EventTypeList: {
      items: components['schemas']['EventTypeAnswer'][];
    };
    ExplanationAnswer: {
      /** @description As the reader sees it. */
      gate: components['schemas']['GateAnswer'];
      /** @description Everything that it followed from, as in the log of refusals. */
      inputs: {
        [key: string]: unknown;
      };
      reasons: components['schemas']['ActionReasonsAnswer'];
      /** @description The tier that counts. */
      tier: components['schemas']['TierNameAnswer'] | null;
    };
    ExplanationRequest: {
      /** @description The `sub` of the reader's tokens: as with a token that claims no tier. */
      readerKey?: string;
      /** @description Of which story; left out: of one without settings of its own. */
      storyKey?: string;
      /** @description A reader token, instead of `readerKey`: its claims count too. */
      token?: string;
    };
    ExternalAnswer: {
      /** Format: date-time */
      answeredAt: string;
      durationMs: number;
      name: string;
      /**
       * @description Anything but `scored`: it gave nothing.
       * @enum {string}
       */
      outcome:
        | 'scored'
        | 'timeout'
        | 'unreachable'
        | 'refused'
        | 'failed'
        | 'bad-answer'
        | 'circuit-open'
        | 'budget-spent';
      /** @description Its key: its scores are those whose label begins with it and a colon. */
      scorer: string;
    };
    ExternalScore: {
      spans: number[][];
      value: number;
    };
    FactorAdded: {
      /** @description Shown this once; null where the account has some already. */
      recoveryCodes: string[] | null;
    };
    FactorApp: {
      /** Format: date-time */
      since: string;
    };
    FeaturedBody: {
      /** @description Among the editors’ picks of its story. */
      picked: boolean;
      /** @description First under its story; what was pinned there before gives way. */
      pinned: boolean;
    };
    FeaturedComment: {
      author: string;
      /** Format: date-time */
      createdAt: string;
      /** @description How it begins. */
      excerpt: string;
      /** Format: uuid */
      id: string;
      picked: boolean;
      pinned: boolean;
      reactions: number;
      replies: number;
    };
    FlagAnswer: {
      /** Format: date-time */
      createdAt: string;
      detail: string | null;
      /** Format: uuid */
      id: string;
      /** @description Not answered by a decision yet. */
      open: boolean;
      /** @description Null: a visitor who was not signed in. */
      reader: components['schemas']['Person'] | null;
      reason: string;
    };
    FlagBody: {
      /** @description In the reader’s own words; for moderators only. */
      detail?: string;
      /** @enum {string} */
      reason: 'abuse' | 'hate' | 'spam' | 'off-topic' | 'personal-data' | 'illegal' | 'other';
    };
    Flagged: {
      flagged: boolean;
    };
    FollowedStoryAnswer: {
      /** Format: date-time */
      since: string;
      story: components['schemas']['FollowedStoryRef'];
    };
    FollowedStoryList: {
      items: components['schemas']['FollowedStoryAnswer'][];
      /** @description Cursor of the next page. */
      next: string | null;
    };
    FollowedStoryRef: {
      /** Format: uuid */
      id: string;
      key: string;
      title: string;
      /** Format: uri */
      url: string;
    };
    FollowingAnswer: {
      following: boolean;
    };
    FoundComment: {
      author: components['schemas']['Person'];
      /** Format: uuid */
      commentId: string;
      /** Format: date-time */
      createdAt: string;
      /** @description The beginning of the text. */
      excerpt: string;
      /** @description Slurs and the foulest words of the text beside it, [start, end), UTF-16 offsets: for readers who want them hidden until they ask. */
      hidden: [number, number][];
      revision: number;
      /** @description In words, the latest rule that decided. */
      rule: string | null;
      /** @description The three highest scores, by label. */
      scores: {
        [key: string]: number;
      };
      /** @enum {string} */
      status: 'pending' | 'published' | 'held' | 'rejected' | 'removed' | 'deleted';
      /** @description Its title is the name. */
      story: components['schemas']['Person'];
    };
    FoundComments: {
      /** @description There may be more further back, which `next` looks through; it may find none. */
      isPartial: boolean;
      /** @description The newest first. */
      items: components['schemas']['FoundComment'][];
      next: string | null;
    };
    FoundStories: {
      /** @description The newest first. */
      items: components['schemas']['FoundStory'][];
      /** @description Cursor of the next page. */
      next: string | null;
    };
    FoundStory: {
      /** Format: uuid */
      id: string;
      key: string;
      /** Format: date-time */
      publishedAt: string | null;
      section: string | null;
      title: string;
      topics: components['schemas']['TopicBody'][];
      /** @description Published comments and replies. */
      total: number;
      /** Format: uri */
      url: string;
    };
    FoundTopic: {
      /** @example ACME */
      key: string;
      /** @example Acme Corporation */
      name: string;
      /** @description Stories about it. */
      stories: number;
      /** @example ticker */
      type: string;
    };
    FoundTopics: {
      /** @description By name. */
      items: components['schemas']['FoundTopic'][];
      /** @description Cursor of the next page. */
      next: string | null;
    };
    GateAnswer: {
      comment: components['schemas']['Permitted'] | components['schemas']['Refused'];
      flag: components['schemas']['Permitted'] | components['schemas']['Refused'];
      react: components['schemas']['Permitted'] | components['schemas']['Refused'];
      read: components['schemas']['Permitted'] | components['schemas']['Refused'];
      reply: components['schemas']['Permitted'] | components['schemas']['Refused'];
    };
    GatePatch: {
      /** @description Who may comment: "signed-in", or a tier's key. */
      comment?: string | null;
      /** @description Who may flag: "anyone", "signed-in", or a tier's key. */
      flag?: string | null;
      /** @description Who may react: "signed-in", or a tier's key. */
      react?: string | null;
      /** @description Who may read: "anyone", "signed-in", or a tier's key. */
      read?: string | null;
      /** @description Who may reply: "signed-in", or a tier's key. */
      reply?: string | null;
    };
    GateRules: {
      /** @description Who may comment: "signed-in", or a tier's key. */
      comment: string;
      /** @description Who may flag: "anyone", "signed-in", or a tier's key. */
      flag: string;
      /** @description Who may react: "signed-in", or a tier's key. */
      react: string;
      /** @description Who may read: "anyone", "signed-in", or a tier's key. */
      read: string;
      /** @description Who may reply: "signed-in", or a tier's key. */
      reply: string;
    };
    GoogleError: {
      error: components['schemas']['GoogleStatus'];
    };
    GoogleStatus: {
      /** @description The HTTP status. */
      code: number;
      details?: {
        [key: string]: unknown;
      }[];
      /** @description For people. */
      message: string;
      /** @description A code of google.rpc.Code. */
      status: string;
    };
    HeldOutFigures: {
      averagePrecision: number | null;
      /** @description Expected calibration error, ten bins. */
      ece: number;
      /** @description Mean; lower is better. */
      logLoss: number;
      rocAuc: number | null;
    };
    HotStory: {
      /** @description In the last 60 minutes. */
      comments: number;
      /** Format: uuid */
      id: string;
      /** @description At least 15 comments, three times the usual, and more than chance gives. */
      isSpike: boolean;
      key: string;
      section: string | null;
      /** @enum {string} */
      state: 'open' | 'closed';
      title: string;
      /** Format: uri */
      url: string;
      /** @description An hour: its own mean, or that of the stories of this hour if it is more. */
      usual: number;
      /** @description Held under it; counted up to 1,000. */
      waiting: number;
    };
    HourQuality: {
      /** @description Decisions of people in this hour of the day. */
      decisions: number;
      hour: number;
      /** @description Seconds. */
      p50: number | null;
      /** @description Seconds. */
      p95: number | null;
    };
    IgnoreBody: {
      /**
       * Format: uuid
       * @description The `author.id` of a comment.
       */
      readerId: string;
    };
    IgnoredAuthorAnswer: {
      /** Format: uuid */
      id: string;
      name: string;
      /** Format: date-time */
      since: string;
    };
    IgnoredAuthorList: {
      items: components['schemas']['IgnoredAuthorAnswer'][];
      next: string | null;
    };
    ImportAnswer: {
      applied: number;
      /** Format: date-time */
      createdAt: string;
      /** @description How many of them are through, one way or the other. */
      done: number;
      /** @description Why, of the first hundred. */
      errors: components['schemas']['ImportFault'][];
      /** Format: date-time */
      finishedAt: string | null;
      /** Format: uuid */
      id: string;
      /** @description Could not be told; the others were. */
      refused: number;
      /** @enum {string} */
      state: 'running' | 'done' | 'failed';
      total: number;
      /** @description Were so already. */
      unchanged: number;
    };
    ImportFailure: {
      code: string;
      message: string;
    };
    ImportFault: {
      code: string;
      /** @description Its place in the list, from 0. */
      index: number;
      message: string;
    };
    ImportFaults: {
      /** @description A hundred at a time; `faultsAfter` asks for the next. */
      items: components['schemas']['ImportLineFault'][];
      /** @description In all; the first 10,000 are kept. */
      total: number;
    };
    ImportItem: {
      /**
       * Format: date-time
       * @description Until when a failed payment is waited for.
       */
      graceUntil?: string | null;
      /** @description Who gives it, or the company whose seat it is. */
      grantedBy?: string | null;
      /** @description Which of the reader's entitlements; the one when left out. */
      key?: string;
      /**
       * @description Why they have it; left out: `trial` while it is `trialing`, else `subscription`. All count alike, by their status.
       * @enum {string}
       */
      kind?: 'subscription' | 'trial' | 'gift' | 'seat';
      /** @description The key of an organisation: the reader gets one of its seats, worth what the organisation pays for. Instead of `tier` and `status`, and of all that says when, which and why. */
      organisation?: string;
      /** @description The `sub` of the reader's tokens. */
      readerKey: string;
      /**
       * @description As by itself.
       * @enum {string}
       */
      status?: 'active' | 'trialing' | 'past_due' | 'cancelled' | 'expired';
      /**
       * @description The key of one of the site's tiers.
       * @example insider-gold
       */
      tier?: string;
      /**
       * Format: date-time
       * @description The end of what is paid for, exclusive.
       */
      validUntil?: string | null;
    };
    ImportLearned: {
      /** @description By label; one with too few texts is left out. */
      labels: {
        [key: string]: components['schemas']['LearnedLabel'];
      };
      /** @description The same in a sentence. */
      message: string;
      /**
       * @description `trained`: a head is in the shadow, and counts once a person chooses it (`PUT …/head`); `too-few`: of no label enough texts of both kinds; `nothing-new`: no decision of a person came with the import.
       * @enum {string}
       */
      outcome: 'trained' | 'too-few' | 'failed' | 'nothing-new';
      /** @description Those of them that were refused. */
      refused: number;
      /** Format: uuid */
      siteModelId: string | null;
      /** @description Texts with decisions of people, imported or made here; the latest 20,000 count. */
      texts: number;
    };
    ImportLineFault: {
      code: string;
      /** @description The file inside the archive. */
      file: string;
      /** @description The document in that file, from 1: in JSON lines the line. */
      line: number;
      message: string;
      number: number;
    };
    ImportPage: {
      /** @description The latest hundred, newest first. */
      items: components['schemas']['ImportAnswer'][];
    };
    ImportProgress: {
      /** @description How much of the step is done: bytes of the file while it is read, else rows. */
      done: number;
      /**
       * @description What is being done: the file is read, matched with the site, and then written in this order; a cancelled import counts again (`recount`) what it wrote.
       * @enum {string}
       */
      step:
        | 'read'
        | 'match'
        | 'stories'
        | 'readers'
        | 'replies'
        | 'comments'
        | 'recount'
        | 'finish'
        | 'learn'
        | 'clean';
      /** @description How much the step is in all; 0 where that is not known. */
      total: number;
    };
    ImportRequest: {
      /** @description Told as of now, in this order. Send more than this in several requests. */
      items: components['schemas']['ImportItem'][];
    };
    ImportStarted: {
      /** Format: uuid */
      id: string;
    };
    InvitationAnswer: {
      /** Format: date-time */
      expiresAt: string | null;
      /**
       * Format: uri
       * @description Signs in once, and is shown once. Null: the account was there.
       */
      link: string | null;
      moderator: components['schemas']['TeamMember'];
    };
    InvitationRequest: {
      /** @description An account that has it already gets the role, and no link, if it is in a team that the caller looks after; otherwise it is a 409 `account-elsewhere`. */
      email?: string;
      name: string;
      role: components['schemas']['ModeratorRole'];
      /** @description Limits the role to stories of these sections, named as stories name them: of moderators and viewers. Null or left out: the whole site. */
      sections?: string[] | null;
    };
    JsonMapping: {
      /** @description Days of grace for `past_due` without a `graceUntil`. */
      graceDays?: number;
      graceUntil?: string;
      /** @description The id of the message; its bytes when left out. */
      id?: string;
      /** @description Where prices, plans or tiers stand. */
      plans: string[];
      readerKey: string;
      /** @description A number that grows with each change of the subscription. */
      sequence?: string;
      signature: components['schemas']['JsonSignature'];
      /** @description Without one every push means `active`. */
      status?: string;
      /** @description Their statuses → ours, `true` and `false` where they say no more; those that are spelled as ours need no entry. */
      statuses?: {
        [key: string]: 'active' | 'trialing' | 'past_due' | 'cancelled' | 'expired';
      };
      /** @description Their id of the subscription, where a reader may have several. */
      subscription?: string;
      /** @description When it happened: ISO 8601, Unix seconds or milliseconds. */
      time: string;
      /** @description Where the type stands, for `types`. */
      type?: string;
      /** @description Only these types are read; the rest is ignored. */
      types?: string[];
      validUntil?: string;
    };
    JsonSignature: {
      /**
       * @description `standard-webhooks` and `basic` (secret: name:password) need nothing more; `header`: a header whose value is the secret.
       * @enum {string}
       */
      by: 'standard-webhooks' | 'hmac-sha256' | 'hmac-sha1' | 'hmac-sha512' | 'basic' | 'header';
      /**
       * @description hex when left out.
       * @enum {string}
       */
      encoding?: 'hex' | 'base64';
      /** @description Which header holds the signature or the secret. */
      header?: string;
      /** @description What stands before the signature, such as `sha256=`. */
      prefix?: string;
      /**
       * @description What is signed: `{body}`, or with `{timestamp}` such as `{timestamp}.{body}`.
       * @example {timestamp}.{body}
       */
      signed?: string;
      /** @description Which header holds `{timestamp}`, in Unix seconds or milliseconds. */
      timestampHeader?: string;
    };
    KeyAnswer: {
      /** Format: date-time */
      createdAt: string;
      /** Format: uuid */
      id: string;
      /**
       * Format: date-time
       * @description To within five minutes; null: not yet.
       */
      lastUsedAt: string | null;
      name: string;
      /** @description The first characters of the key, by which to know it again. */
      prefix: string;
      scopes: ('publisher' | 'moderation' | 'score')[];
      /** @description The sites that the key is for; null: every one, also those to come. */
      sites: string[] | null;
      /** @description For keys with the scope `score`: what `comments:analyze` answers for a text in a language that is not read. `error` (the default) refuses it as Perspective API does; `score` answers 200 with `value` as the score of each requested attribute, so that clients which let a comment pass on an error hold it. */
      unread: components['schemas']['UnreadLanguages'];
    };
    KeyPage: {
      items: components['schemas']['KeyAnswer'][];
      next: string | null;
    };
    LabelExampleCounts: {
      negatives: number;
      /** @description Texts to which the label applies. */
      positives: number;
    };
    LastDecision: {
      /** @enum {string} */
      action: 'publish' | 'hold' | 'approve' | 'reject' | 'remove' | 'restore' | 'escalate' | 'undo';
      /** @enum {string} */
      by: 'rule' | 'moderator';
      /** Format: date-time */
      createdAt: string;
      /** Format: uuid */
      id: string;
      moderator: components['schemas']['Decider'] | null;
      reason: string | null;
      /**
       * Format: date-time
       * @description Until when the caller may take it back.
       */
      undoableUntil: string | null;
    };
    LastTraining: {
      /** Format: date-time */
      at: string | null;
      /**
       * @description `too-few`: of no label enough texts of both kinds; null: there was none yet.
       * @enum {string|null}
       */
      outcome: 'trained' | 'too-few' | 'failed' | null;
      /** @description Texts that people had judged. */
      texts: number;
    };
    LatestAuthor: {
      /** Format: uuid */
      id: string;
      name: string;
    };
    LatestComment: {
      author: components['schemas']['LatestAuthor'];
      /** @description How the text begins: up to 160 characters of its words, without Markdown. */
      excerpt: string;
      /** Format: uuid */
      id: string;
      /** Format: date-time */
      publishedAt: string;
      story: components['schemas']['LatestStory'];
    };
    LatestStory: {
      /** Format: uuid */
      id: string;
      key: string;
      title: string;
      /** Format: uri */
      url: string;
    };
    LearnedLabel: {
      /** @description ROC-AUC of the trained head on the same. */
      after: number | null;
      /** @description Whether the head is better beyond doubt, and so may judge this label. */
      beats: boolean;
      /** @description ROC-AUC of the shipped model on them. */
      before: number | null;
      /** @description Texts with this label known that were not trained on. */
      heldOut: number;
    };
    LinkRules: {
      /** @description Links to these never count. */
      allow: string[];
      /** @description A link to one of these holds the comment. */
      block: string[];
      /** @description More links than this hold the comment. */
      max: number;
    };
    LinksPatch: {
      /** @description Links to these never count. */
      allow?: string[] | null;
      /** @description A link to one of these holds the comment. */
      block?: string[] | null;
      /** @description More links than this hold the comment. */
      max?: number | null;
    };
    LookupAnswer: {
      /** @description How long an answer is kept; 60 when left out. */
      cacheSeconds: number;
      /**
       * @description `open`: after five failures in a row it is left alone for ten seconds; then one reader tries.
       * @enum {string}
       */
      circuit: 'closed' | 'open';
      /** @description What was wrong then. */
      lastFailure: string | null;
      /** Format: date-time */
      lastFailureAt: string | null;
      /**
       * Format: date-time
       * @description Its last answer, to within five seconds.
       */
      lastSuccessAt: string | null;
      /** @description How long that one took. */
      lastSuccessMs: number | null;
      /**
       * Format: date-time
       * @description Until when the secret before signs as well.
       */
      previousSecretValidUntil: string | null;
      /** @description Signs what we send. Shown once, when the look-up is made. */
      secret: string | null;
      /** @description How long we wait; 1500 when left out. */
      timeoutMs: number;
      /**
       * @description Where we ask, by a signed POST.
       * @example https://news.example/postbag
       */
      url: string;
      /** @description What counts while it does not answer: `last-known` (for a day; the default), `nothing`, or the key of a tier. Token and stored entitlements count in any case. */
      whenDown: string;
    };
    LookupBody: {
      /** @description How long an answer is kept; 60 when left out. */
      cacheSeconds?: number;
      /** @description How long we wait; 1500 when left out. */
      timeoutMs?: number;
      /**
       * @description Where we ask, by a signed POST.
       * @example https://news.example/postbag
       */
      url: string;
      /** @description What counts while it does not answer: `last-known` (for a day; the default), `nothing`, or the key of a tier. Token and stored entitlements count in any case. */
      whenDown?: string;
    };
    LookupEntitlement: {
      /** @description Whether it counts now; not where the site has no such tier. */
      counts: boolean;
      /** Format: date-time */
      graceUntil: string | null;
      /** @enum {string} */
      status: 'active' | 'trialing' | 'past_due' | 'cancelled' | 'expired';
      tier: string;
      /** Format: date-time */
      validUntil: string | null;
    };
    LookupSecretAnswer: {
      /**
       * Format: date-time
       * @description Until when the secret before signs as well.
       */
      previousValidUntil: string;
      /** @description The new secret. Shown this once. */
      secret: string;
    };
    LookupTestAnswer: {
      durationMs: number | null;
      entitlements: components['schemas']['LookupEntitlement'][];
      ok: boolean;
      /** @description What was wrong with the answer. */
      reason: string | null;
      /** @description Of the answer. */
      status: number | null;
    };
    LookupTestBody: {
      /** @description The `sub` of the reader's tokens. */
      readerKey: string;
    };
    MachineDecision: {
      /** @enum {string} */
      action: 'publish' | 'reject';
      rule: components['schemas']['SampleRule'];
    };
    MailAnswer: {
      /** @description Null once it was sent: what is in somebody’s mailbox is theirs. */
      content: components['schemas']['MailContent'] | null;
      /** Format: date-time */
      createdAt: string;
      /** @description Of the last try. */
      error: string | null;
      from: string;
      /** Format: uuid */
      id: string;
      /** Format: date-time */
      leftAt: string | null;
      /**
       * Format: uuid
       * @description Null: the service’s own, such as an invitation to the console.
       */
      siteId: string | null;
      /**
       * @description `waiting` to leave; `kept`: there is no SMTP_URL; `failed`: after the last try, four hours after the first.
       * @enum {string}
       */
      state: 'waiting' | 'sent' | 'kept' | 'failed';
      to: string;
    };
    MailContent: {
      html: string | null;
      subject: string;
      text: string;
      /**
       * Format: uri
       * @description Of `List-Unsubscribe`: takes a POST of `List-Unsubscribe=One-Click` (RFC 8058).
       */
      unsubscribeUrl: string | null;
    };
    MailPage: {
      /** @description Newest first; 30 days. */
      items: components['schemas']['MailAnswer'][];
      /** @description Cursor of the next page. */
      next: string | null;
    };
    MarkReadBody: {
      /**
       * Format: uuid
       * @description The newest that was seen; left out: all there are.
       */
      upTo?: string;
    };
    MatchExample: {
      /** Format: uuid */
      commentId: string;
      excerpt: string;
    };
    MeAnswer: {
      gate: components['schemas']['GateAnswer'];
      reader: components['schemas']['MeReader'] | null;
      tier: components['schemas']['TierNameAnswer'] | null;
    };
    MeReader: {
      id: string;
      /** @description As others see it. */
      name: string;
      /** Format: uri */
      picture: string | null;
      /** @enum {string} */
      role: 'reader' | 'staff' | 'author';
    };
    MinuteCount: {
      comments: number;
      /**
       * Format: date-time
       * @description The minute begins then.
       */
      minute: string;
    };
    ModerationPatch: {
      /** @description So many open flags hold a published comment; 0: never. */
      flagsToHold?: number | null;
      /** @description What comments may be in, such as `en`; empty: any language. */
      languages?: string[] | null;
      /**
       * @description What moderators’ decisions teach: `shadow` trains and measures without changing a score, with `take-over` what proved better than the shipped model counts.
       * @enum {string|null}
       */
      learning?: 'off' | 'shadow' | 'take-over' | null;
      links?: components['schemas']['LinksPatch'] | null;
      /** @enum {string|null} */
      mode?: 'score' | 'hold-all' | null;
      /** @description So many of a reader's first comments are held. */
      newReaderHoldsFirst?: number | null;
      thresholds?: components['schemas']['ThresholdsPatch'] | null;
      /**
       * @description For comments that no scorer read in their language: `hold` holds them, trusted readers’ too, `hold-new` only those of new readers.
       * @enum {string|null}
       */
      unscored?: 'hold' | 'hold-new' | 'publish' | null;
      wordLists?: components['schemas']['WordListsPatch'] | null;
    };
    ModerationReader: {
      /** @description Null where there is none, and for viewers. */
      email: string | null;
      /** Format: uuid */
      id: string;
      /** @description The `sub` of the tokens. */
      key: string;
      name: string;
      published: number;
      rejected: number;
      /** @enum {string} */
      role: 'reader' | 'staff' | 'author';
      /** Format: date-time */
      seenAt: string;
      /**
       * Format: date-time
       * @description When the reader was first seen here.
       */
      since: string;
      /** @enum {string} */
      standing: 'warned' | 'suspended' | 'banned' | 'pre-moderated' | 'trusted' | 'normal';
      /** Format: date-time */
      standingUntil: string | null;
      tier: components['schemas']['TierNameAnswer'] | null;
    };
    ModerationRules: {
      /** @description So many open flags hold a published comment; 0: never. */
      flagsToHold: number;
      /** @description What comments may be in; empty: any language. */
      languages: string[];
      /**
       * @description What moderators’ decisions teach: `shadow` trains and measures without changing a score, with `take-over` what proved better than the shipped model counts.
       * @enum {string}
       */
      learning: 'off' | 'shadow' | 'take-over';
      links: components['schemas']['LinkRules'];
      /** @enum {string} */
      mode: 'score' | 'hold-all';
      /** @description So many of a reader's first comments are held. */
      newReaderHoldsFirst: number;
      thresholds: components['schemas']['PolicyThresholds'];
      /**
       * @description For languages that the scorer does not read.
       * @enum {string}
       */
      unscored: 'hold' | 'hold-new' | 'publish';
      wordLists: components['schemas']['WordLists'];
    };
    ModerationStoriesPage: {
      /** @description The newest first. */
      items: components['schemas']['ModerationStory'][];
      next: string | null;
    };
    ModerationStory: {
      /**
       * Format: date-time
       * @description When it closes by itself.
       */
      closesAt: string | null;
      /** @description `closesAt` follows from its age and the site's policy. */
      closesByAge: boolean;
      /** @description Published comments and replies. */
      comments: number;
      /** Format: date-time */
      createdAt: string;
      /** Format: uuid */
      id: string;
      /** @description The publisher's own id. */
      key: string;
      section: string | null;
      /** @enum {string} */
      state: 'open' | 'closed';
      /** @description Everything waits, and only named moderators decide. */
      strict: boolean;
      title: string;
      url: string;
      /** @description Comments that wait for a moderator. */
      waiting: number;
    };
    /** @enum {string} */
    ModeratorRole: 'viewer' | 'moderator' | 'admin' | 'owner';
    MyComment: {
      /** @description For its author: where their appeal stands. */
      appeal?: components['schemas']['AppealSummary'];
      /** @description Null, as body and html, for a removed or deleted comment that stands over visible replies. */
      author: components['schemas']['Author'] | null;
      /** @description As written. */
      body: string | null;
      /** Format: date-time */
      createdAt: string;
      /** Format: date-time */
      editedAt: string | null;
      /** @description Made and sanitised by the server. */
      html: string | null;
      /** Format: uuid */
      id: string;
      /** Format: uuid */
      parentId: string | null;
      /** @description Among the editors' picks. */
      picked: boolean;
      /** @description Stands first under its story. */
      pinned: boolean;
      /** Format: date-time */
      publishedAt: string | null;
      /** @description Tallies by kind. */
      reactions: {
        [key: string]: number;
      };
      /** @description For its author, while it is held and after a rejection or removal: why, and what they can do, in the language of the page it was written on. */
      reason?: string | null;
      /** @description Visible replies at any depth. */
      replyCount: number;
      revision: number;
      /** @enum {string} */
      status: 'pending' | 'published' | 'held' | 'rejected' | 'removed' | 'deleted';
      story: components['schemas']['CommentedStory'];
      /** Format: uuid */
      storyId: string;
      /** @description With a token. */
      viewer?: components['schemas']['Viewer'];
    };
    MyCommentList: {
      items: components['schemas']['MyComment'][];
      /** @description Cursor of the next page. */
      next: string | null;
    };
    MyReactionAnswer: {
      comment: components['schemas']['ReactedComment'];
      /** Format: date-time */
      createdAt: string;
      kind: string;
      story: components['schemas']['ReactedStory'];
    };
    MyReactionList: {
      /** @description The latest first; of hidden comments none. */
      items: components['schemas']['MyReactionAnswer'][];
      /** @description Cursor of the next page. */
      next: string | null;
    };
    NamedAuthor: {
      /** @description In lower case. */
      email: string;
      /** @description They unsubscribed: nothing is sent there. */
      stopped: boolean;
    };
    NewCalibration: {
      /** @description Ends after so many comments were compared; 2000 if left out. */
      comments?: number;
      /** @description Ends after so many days; 14 if left out. */
      days?: number;
      /** @description The scorer whose thresholds are known. */
      from: string;
      /** @description By label: from which score the first scorer holds a comment. If left out: what the policy holds from, for the labels that both score. */
      thresholds?: {
        identityAttack?: number;
        insult?: number;
        profanity?: number;
        severeToxicity?: number;
        sexual?: number;
        spam?: number;
        threat?: number;
        toxicity?: number;
      };
      /** @description The scorer for which thresholds are to be found. */
      to: string;
    };
    NewKey: {
      name: string;
      scopes: ('publisher' | 'moderation' | 'score')[];
      /** @description The sites that the key is for; null: every one, also those to come. */
      sites?: string[] | null;
      /** @description For keys with the scope `score`: what `comments:analyze` answers for a text in a language that is not read. `error` (the default) refuses it as Perspective API does; `score` answers 200 with `value` as the score of each requested attribute, so that clients which let a comment pass on an error hold it. */
      unread?: components['schemas']['UnreadLanguages'];
    };
    NewKeyAnswer: {
      /** Format: date-time */
      createdAt: string;
      /** Format: uuid */
      id: string;
      /** @description The key. Shown this once; only a hash of it is kept. */
      key: string;
      /**
       * Format: date-time
       * @description To within five minutes; null: not yet.
       */
      lastUsedAt: string | null;
      name: string;
      /** @description The first characters of the key, by which to know it again. */
      prefix: string;
      scopes: ('publisher' | 'moderation' | 'score')[];
      /** @description The sites that the key is for; null: every one, also those to come. */
      sites: string[] | null;
      /** @description For keys with the scope `score`: what `comments:analyze` answers for a text in a language that is not read. `error` (the default) refuses it as Perspective API does; `score` answers 200 with `value` as the score of each requested attribute, so that clients which let a comment pass on an error hold it. */
      unread: components['schemas']['UnreadLanguages'];
    };
    NewPasskey: {
      /** @description To tell it from others. */
      name: string;
      /** @description What the browser made, in the JSON form of WebAuthn Level 3. */
      response: {
        [key: string]: unknown;
      };
    };
    NewPortfolio: {
      /** @description The alert portfolio: new stories and comments on its topics are told. A reader has one. */
      alerts?: boolean;
      name: string;
      topics?: components['schemas']['TopicRef'][];
    };
    NewSite: {
      /**
       * @description As readers and moderators see it.
       * @example The Example Ledger
       */
      name: string;
      /**
       * @description Where the stories are: scheme, host and port.
       * @example [
       *       "https://news.example",
       *       "http://localhost:8080"
       *     ]
       */
      origins: string[];
      /**
       * Format: uri
       * @description Where readers of the site sign in.
       */
      signInUrl?: string | null;
    };
    NewSiteAnswer: {
      /** Format: date-time */
      createdAt: string;
      /** Format: uuid */
      id: string;
      name: string;
      origins: string[];
      /** Format: uri */
      signInUrl: string | null;
      /** @description Signs reader tokens by HS256, as its UTF-8 text. Shown this once. */
      ssoSecret: string;
      /** Format: date-time */
      updatedAt: string;
    };
    NotificationAnswer: {
      /** @description Null with `new-story`, `message` and `standing`. */
      comment: components['schemas']['NotificationComment'] | null;
      /** @description Of `story` and `topic`: new comments from this one on until it was read; 100 stands for more. */
      count: number;
      /** Format: date-time */
      createdAt: string;
      /** Format: uuid */
      id: string;
      /**
       * @description `decision` and `appeal` are of own comments; `story` and `topic` of new comments on what the reader follows, `new-story` of a new story about a followed topic; `message` is from the moderators, `standing` a measure of theirs.
       * @enum {string}
       */
      kind:
        | 'reply'
        | 'mention'
        | 'decision'
        | 'appeal'
        | 'story'
        | 'topic'
        | 'new-story'
        | 'message'
        | 'standing';
      /** @description Of a decision the new status; of an appeal `upheld` or `overturned`; of a measure the new standing, or `reinstated`. */
      outcome: string | null;
      /** Format: date-time */
      readAt: string | null;
      /** @description Null with `message` and `standing`. */
      story: components['schemas']['NotificationStory'] | null;
      /** @description Of `message` what the moderators wrote, of `standing` their reason. */
      text: string | null;
      /** @description Of `topic` and `new-story`. */
      topic: components['schemas']['NotificationTopic'] | null;
    };
    NotificationAuthor: {
      /** Format: uuid */
      id: string;
      name: string;
    };
    NotificationComment: {
      author: components['schemas']['NotificationAuthor'];
      /** @description How the text begins: up to 160 characters of its words, without Markdown. */
      excerpt: string;
      /** Format: uuid */
      id: string;
      /** @description Of a rejection or removal: what its author is told. */
      reason: string | null;
    };
    NotificationList: {
      /** @description Newest first; kept for 90 days. */
      items: components['schemas']['NotificationAnswer'][];
      /** @description Cursor of the next page. */
      next: string | null;
      /** @description Of all; 100 stands for 100 and more. */
      unread: number;
    };
    NotificationSettingsAnswer: {
      /** @description What moderators decided about own comments and appeals. */
      decisions: boolean;
      /** @description What is new on followed stories and topics. */
      following: boolean;
      /** @description Comments that mention the reader by `@` and name. */
      mentions: boolean;
      /** @description Replies to own comments. */
      replies: boolean;
    };
    NotificationSettingsBody: {
      /** @description What moderators decided about own comments and appeals. */
      decisions: boolean;
      /** @description What is new on followed stories and topics. Left out in a body: it stays as it is. */
      following?: boolean;
      /** @description Comments that mention the reader by `@` and name. */
      mentions: boolean;
      /** @description Replies to own comments. */
      replies: boolean;
    };
    NotificationStory: {
      /** Format: uuid */
      id: string;
      key: string;
      title: string;
      /** Format: uri */
      url: string;
    };
    NotificationTopic: {
      key: string;
      name: string;
      type: string;
    };
    OpenAppeal: {
      /** Format: date-time */
      createdAt: string;
      /** Format: uuid */
      id: string;
      text: string;
    };
    OpenFlags: {
      count: number;
      reasons: {
        [key: string]: number;
      };
    };
    OpeningRequest: {
      /**
       * Format: date-time
       * @description When it closes by itself; left out: it does not, not even by its age.
       */
      closesAt?: string | null;
      /** @enum {string} */
      state: 'open' | 'closed';
    };
    OpinionAnswer: {
      /** Format: date-time */
      createdAt: string;
      /** @enum {string} */
      leaning: 'approve' | 'reject' | 'unsure';
      moderator: components['schemas']['Person'];
      note: string | null;
    };
    OpinionRequest: {
      /** @enum {string} */
      leaning: 'approve' | 'reject' | 'unsure';
      /** @description For moderators only. */
      note?: string;
      /** @description The text that was read. */
      revision: number;
    };
    OrganisationAnswer: {
      /** @description Whether its seats count now. */
      counts: boolean;
      /**
       * Format: date-time
       * @description Until when a failed payment is waited for.
       */
      graceUntil: string | null;
      key: string;
      /**
       * @description What readers of a history find as who gave them the seat.
       * @example Acme
       */
      name: string;
      /** @description How many of its readers may have a seat at once. */
      seats: number;
      /**
       * @description Of all its seats, as of an entitlement.
       * @enum {string}
       */
      status: 'active' | 'trialing' | 'past_due' | 'cancelled' | 'expired';
      /** @description How many seats are taken. */
      taken: number;
      /**
       * @description The key of one of the site's tiers.
       * @example insider-gold
       */
      tier: string;
      /** Format: date-time */
      updatedAt: string;
      /**
       * Format: date-time
       * @description The end of what is paid for, exclusive.
       */
      validUntil: string | null;
    };
    OrganisationBody: {
      /**
       * Format: date-time
       * @description Until when a failed payment is waited for.
       */
      graceUntil?: string | null;
      /**
       * @description What readers of a history find as who gave them the seat.
       * @example Acme
       */
      name: string;
      /** @description How many of its readers may have a seat at once. */
      seats: number;
      /**
       * @description Of all its seats, as of an entitlement.
       * @enum {string}
       */
      status: 'active' | 'trialing' | 'past_due' | 'cancelled' | 'expired';
      /**
       * @description The key of one of the site's tiers.
       * @example insider-gold
       */
      tier: string;
      /**
       * Format: date-time
       * @description The end of what is paid for, exclusive.
       */
      validUntil?: string | null;
    };
    OrganisationPage: {
      /** @description By key. */
      items: components['schemas']['OrganisationAnswer'][];
      next: string | null;
    };
    OverrideAnswer: {
      /**
       * Format: date-time
       * @description When it begins; left out: at once.
       */
      from: string | null;
      /** @description Whether it counts now. */
      inForce: boolean;
      key: string;
      /** @description For whoever reads it later. */
      note: string | null;
      /** @description What it decides; everything else stays as it is. */
      policy: components['schemas']['StoryPolicyPatch'];
      /** @description Only for stories with exactly this section. */
      section: string | null;
      /** @description Only for this story; not together with `section`. */
      storyKey: string | null;
      /**
       * Format: date-time
       * @description Exclusive.
       */
      until: string | null;
    };
    OverrideBody: {
      /**
       * Format: date-time
       * @description When it begins; left out: at once.
       */
      from?: string | null;
      /** @description For whoever reads it later. */
      note?: string | null;
      /** @description What it decides; everything else stays as it is. */
      policy: components['schemas']['StoryPolicyPatch'];
      /** @description Only for stories with exactly this section. */
      section?: string | null;
      /** @description Only for this story; not together with `section`. */
      storyKey?: string | null;
      /**
       * Format: date-time
       * @description When it ends, exclusive; left out: when it is deleted.
       */
      until?: string | null;
    };
    OverrideList: {
      /** @description In the order in which they begin. */
      items: components['schemas']['OverrideAnswer'][];
      next: string | null;
    };
    OverviewAnswer: {
      /** Format: date-time */
      at: string;
      /** @description Comments in the last 60 minutes. */
      comments: number;
      /** @description Decided by people in the last 60 minutes. */
      decided: number;
      /** @description Held by a rule in the last 60 minutes. */
      held: number;
      /** @description At least 30 comments, twice the usual, and more than chance gives. */
      isSpike: boolean;
      /** @description The last 60 minutes, oldest first; the last is still running. */
      minutes: components['schemas']['MinuteCount'][];
      /** @description Comments a minute over the last five full minutes. */
      perMinute: number;
      /** @description Moderators who have a comment before them now. */
      present: components['schemas']['Person'][];
      /** @description Most comments in the last 60 minutes, at most ten. */
      stories: components['schemas']['HotStory'][];
      /** @description Comments an hour: the middle of this hour of the day over 28 days; null: fewer than 7 are known. */
      usual: number | null;
      waiting: components['schemas']['WaitingNow'][];
    };
    ParentAuthor: {
      name: string;
    };
    ParticipantAnswer: {
      /** Format: uuid */
      id: string;
      name: string;
    };
    ParticipantList: {
      /** @description Who wrote last comes first. */
      items: components['schemas']['ParticipantAnswer'][];
    };
    PasskeyAdded: {
      passkey: components['schemas']['PasskeyAnswer'];
      /** @description Shown this once; null where the account has some already. */
      recoveryCodes: string[] | null;
    };
    PasskeyAnswer: {
      /** Format: date-time */
      createdAt: string;
      /** Format: uuid */
      id: string;
      name: string;
      /** Format: date-time */
      usedAt: string | null;
    };
    PasskeyName: {
      name: string;
    };
    PasskeyOptions: {
      /** @description As `navigator.credentials` takes it, in the JSON form of WebAuthn Level 3. */
      options: {
        [key: string]: unknown;
      };
    };
    PasskeysAnswer: {
      /** @description Oldest first. */
      items: components['schemas']['PasskeyAnswer'][];
      /** @description Whether browsers take passkeys here: by https, or on localhost. */
      possible: boolean;
    };
    Permitted: {
      /** @constant */
      allowed: true;
    };
    Person: {
      /** Format: uuid */
      id: string;
      name: string;
    };
    PolicyActor: {
      id?: string;
      /** @enum {string} */
      kind: 'moderator' | 'key' | 'admin' | 'system';
      name?: string;
    };
    PolicyAnswer: {
      authors: components['schemas']['AuthorEmailRules'];
      body: components['schemas']['BodyLimits'];
      /** @description A story closes by itself so many days after its publication, or its registration; 0: never. */
      closeStoriesAfterDays: number;
      /** @description How long an author may edit or delete. */
      editWindowSeconds: number;
      gate: components['schemas']['GateRules'];
      moderation: components['schemas']['ModerationRules'];
      /** @description Whether readers are told that a text will probably be held. */
      noticeBeforeSending: boolean;
      quotas: components['schemas']['QuotaRules'];
      /** @description Kinds of reactions, in order. */
      reactions: string[];
      reasons: components['schemas']['Reason'][];
      /** @description Whether the old text stays visible while an edit is scored. */
      showOldWhileScoring: boolean;
      /** @description What counts for the readers of single tiers instead, by tier key. */
      tiers: {
        [key: string]: {
          badge?: string;
          editWindowSeconds?: number;
          maxChars?: number;
          preModerated?: boolean;
        };
      };
    };
    PolicyComparison: {
      differences: components['schemas']['PolicyDifferenceAnswer'][];
      from: number;
      to: number;
    };
    PolicyDifferenceAnswer: {
      /** @description Of a list: what came. */
      added?: string[];
      /** @description null: not set. */
      after: string | number | boolean | unknown[] | Record<string, never> | null;
      /** @description null: not set. */
      before: string | number | boolean | unknown[] | Record<string, never> | null;
      /** @description A JSON pointer into the policy. */
      pointer: string;
      /** @description Of a list: what went. */
      removed?: string[];
      /** @description The same in words. */
      what: string;
    };
    PolicyPatch: {
      authors?: components['schemas']['AuthorsPatch'] | null;
      body?: components['schemas']['BodyLimitsPatch'] | null;
      /** @description A story closes by itself so many days after its publication, or its registration; 0: never. */
      closeStoriesAfterDays?: number | null;
      /** @description How long an author may edit or delete. */
      editWindowSeconds?: number | null;
      gate?: components['schemas']['GatePatch'] | null;
      moderation?: components['schemas']['ModerationPatch'] | null;
      /** @description Whether readers are told that a text will probably be held. */
      noticeBeforeSending?: boolean | null;
      quotas?: components['schemas']['QuotasPatch'] | null;
      /** @description Kinds of reactions, in order. */
      reactions?: string[] | null;
      reasons?: components['schemas']['Reason'][] | null;
      /** @description Whether the old text stays visible while an edit is scored. */
      showOldWhileScoring?: boolean | null;
      /** @description What counts for the readers of single tiers instead, by tier key: `maxChars`, `editWindowSeconds`, `preModerated` (true: their comments wait for a moderator; false: not even where all others do), `badge` (empty: none). */
      tiers?: {
        [key: string]: {
          badge?: string | null;
          editWindowSeconds?: number | null;
          maxChars?: number | null;
          preModerated?: boolean | null;
        } | null;
      } | null;
    };
    PolicyReplayAnswer: {
      actor: components['schemas']['PolicyActor'] | null;
      comments: number;
      /** Format: date-time */
      createdAt: string;
      /** Format: date-time */
      endedAt: string | null;
      /** Format: uuid */
      id: string;
      /** @description What the draft changes. */
      policy: {
        [key: string]: unknown;
      };
      /** @description That counted when it was begun. */
      policyVersion: number;
      score: components['schemas']['DraftScore'];
      seen: number;
      /** @enum {string} */
      state: 'waiting' | 'running' | 'done' | 'cancelled' | 'failed';
    };
    PolicyReplayList: {
      /** @description The latest 50, newest first. */
      items: components['schemas']['PolicyReplayAnswer'][];
    };
    PolicyReplayRequest: {
      /** @description So many of the latest comments. */
      comments: number;
      /** @description What the draft changes of the policy that counts. */
      policy: components['schemas']['PolicyPatch'];
    };
    PolicyThreshold: {
      /** @description Held from this score; null: never. */
      hold: number | null;
      /** @description Rejected from this score; null: never. */
      reject: number | null;
    };
    PolicyThresholds: {
      bannedWords: components['schemas']['PolicyThreshold'];
      flood: components['schemas']['PolicyThreshold'];
      identityAttack: components['schemas']['PolicyThreshold'];
      insult: components['schemas']['PolicyThreshold'];
      links: components['schemas']['PolicyThreshold'];
      offLanguage: components['schemas']['PolicyThreshold'];
      personalData: components['schemas']['PolicyThreshold'];
      profanity: components['schemas']['PolicyThreshold'];
      repeat: components['schemas']['PolicyThreshold'];
      severeToxicity: components['schemas']['PolicyThreshold'];
      sexual: components['schemas']['PolicyThreshold'];
      shouting: components['schemas']['PolicyThreshold'];
      spam: components['schemas']['PolicyThreshold'];
      suspectWords: components['schemas']['PolicyThreshold'];
      threat: components['schemas']['PolicyThreshold'];
      toxicity: components['schemas']['PolicyThreshold'];
    };
    PolicyVersionAnswer: {
      /** @description null: made before versions were kept. */
      actor: components['schemas']['PolicyActor'] | null;
      /** Format: date-time */
      at: string;
      /** @description From the version before. */
      differences: components['schemas']['PolicyDifferenceAnswer'][];
      note: string | null;
      /** @description Overrides that stood then; they are not brought back with a version. */
      overrides: {
        [key: string]: unknown;
      }[];
      /** @description Complete. */
      policy: components['schemas']['PolicyAnswer'];
      /** @description The version that this one brought back. */
      restores: number | null;
      version: number;
    };
    PolicyVersionItem: {
      /** @description null: made before versions were kept. */
      actor: components['schemas']['PolicyActor'] | null;
      /** Format: date-time */
      at: string;
      /** @description From the version before. */
      differences: components['schemas']['PolicyDifferenceAnswer'][];
      note: string | null;
      /** @description The version that this one brought back. */
      restores: number | null;
      version: number;
    };
    PolicyVersionPage: {
      /** @description The newest first. */
      items: components['schemas']['PolicyVersionItem'][];
      next: string | null;
    };
    PortfolioAnswer: {
      /** @description The alert portfolio. */
      alerts: boolean;
      /** Format: date-time */
      createdAt: string;
      /** Format: uuid */
      id: string;
      name: string;
      /** @description In the order they were added. */
      topics: components['schemas']['TopicBody'][];
    };
    PortfolioChange: {
      name: string;
    };
    PortfolioList: {
      /** @description All of them, the oldest first; at most 20. */
      items: components['schemas']['PortfolioAnswer'][];
      /** @description Always null: there is one page. */
      next: string | null;
    };
    PreSubmitCheckAnswer: {
      /** @description Says neither why nor how nearly. */
      mayBeHeld: boolean;
    };
    PreSubmitCheckRequest: {
      /** @description As it would be posted. */
      body: string;
    };
    PreviewAnswer: {
      /** @description As `html` of the comment would be. */
      html: string;
    };
    PreviewBody: {
      /** @description As it would be posted. */
      body: string;
    };
    /** @description Problem details (RFC 9457). A refusal carries members of its code besides, such as `requiredTier` and `url`. */
    Problem: {
      /** @description For programs. */
      code: string;
      /** @description Where the comment stands instead. */
      currentStatus?: string;
      /** @description For people. */
      detail: string;
      /** @description With code `invalid`: every fault. */
      errors?: {
        code: string;
        message: string;
        /** @description JSON pointer into the body, or below `/query`, `/path`, `/headers`. */
        pointer: string;
      }[];
      /** Format: uuid */
      requestId: string;
      /** @description The scope that the key lacks. */
      requiredScope?: string;
      /** @description The tier that would do. */
      requiredTier?: {
        key: string;
        name: string;
      };
      /** @description Seconds until it is worth trying again. */
      retryAfter?: number;
      status: number;
      title: string;
      /** @description `urn:postbag:problem:` and the code. */
      type: string;
      /** @description Where to sign in, subscribe or renew. */
      url?: string;
    } & {
      [key: string]: unknown;
    };
    PutScorerAnswer: {
      blog: string | null;
      callsPerDay: number | null;
      /** @description By the day of UTC. */
      callsToday: number;
      /**
       * @description `open`: five calls in a row failed or it asked for a pause, and it is left alone until `openUntil`; `half-open`: one comment tries it.
       * @enum {string}
       */
      circuit: 'closed' | 'open' | 'half-open';
      /** Format: date-time */
      createdAt: string;
      enabled: boolean;
      key: string;
      /** @enum {string} */
      kind: 'signed-http' | 'openai-moderation' | 'akismet' | 'perspective';
      /** @description That count now. */
      labels: {
        [key: string]: {
          as?: (
            | 'toxicity'
            | 'severeToxicity'
            | 'insult'
            | 'profanity'
            | 'threat'
            | 'identityAttack'
            | 'sexual'
            | 'spam'
            | 'repeat'
            | 'flood'
            | 'links'
            | 'personalData'
            | 'shouting'
            | 'offLanguage'
            | 'bannedWords'
            | 'suspectWords'
          )[];
          hold?: number;
          reject?: number;
        };
      };
      languages: string[];
      lastFailure: string | null;
      /** Format: date-time */
      lastFailureAt: string | null;
      /**
       * Format: date-time
       * @description To the minute.
       */
      lastSuccessAt: string | null;
      model: string | null;
      name: string;
      /** Format: date-time */
      openUntil: string | null;
      /**
       * @description Shown this once, if this call made it.
       * @example whsec_…
       */
      secret?: string;
      timeoutMs: number;
      /** Format: date-time */
      updatedAt: string;
      url: string;
      /** @enum {string} */
      whenAbsent: 'hold' | 'go-on';
    };
    QualityAnswer: {
      agreement: components['schemas']['AgreementQuality'];
      appeals: components['schemas']['AppealQuality'];
      /** @description Of the texts that rules decided about, those that waited for nobody. */
      automatic: components['schemas']['EstimateAnswer'];
      /**
       * Format: date-time
       * @description Decisions before then are counted; null: none yet.
       */
      countedUntil: string | null;
      /** @description Of what was held and people decided, what they published. */
      falseHolds: components['schemas']['EstimateAnswer'];
      /** @description The 24 hours of the day. */
      hours: components['schemas']['HourQuality'][];
      /** @description Oldest first; days without a comment are there too. */
      perDay: components['schemas']['DayQuality'][];
      /** @description Most decisions first. */
      rules: components['schemas']['RuleQuality'][];
      sample: components['schemas']['SampleQuality'];
      /**
       * Format: date-time
       * @description From the beginning of that hour.
       */
      since: string;
      /** Format: date-time */
      until: string;
      /** @description How long comments waited until people decided. */
      waited: components['schemas']['WaitingQuality'];
      zone: string;
    };
    QueueAuthor: {
      /** @description Over the latest 200 comments. */
      history: components['schemas']['AuthorHistory'];
      /** Format: uuid */
      id: string;
      name: string;
      /** @enum {string} */
      role: 'reader' | 'staff' | 'author';
      /**
       * Format: date-time
       * @description When the author was first seen here.
       */
      since: string;
      /** @enum {string} */
      standing: 'warned' | 'suspended' | 'banned' | 'pre-moderated' | 'trusted' | 'normal';
      /** Format: date-time */
      standingUntil: string | null;
      tier: components['schemas']['TierNameAnswer'] | null;
    };
    QueueCount: {
      /** @description Counting ends at 10,000. */
      count: number;
      /**
       * Format: date-time
       * @description Since when the oldest waits.
       */
      oldest: string | null;
    };
    QueueCounts: {
      appealed: components['schemas']['QueueCount'];
      escalated: components['schemas']['QueueCount'];
      flagged: components['schemas']['QueueCount'];
      held: components['schemas']['QueueCount'];
      /** @description Of the last 24 hours. */
      published: components['schemas']['QueueCount'];
      /** @description Of the last 24 hours. */
      rejected: components['schemas']['QueueCount'];
    };
    QueueCountsAnswer: {
      counts: components['schemas']['QueueCounts'];
    };
    QueueFilterFields: {
      /** @description ISO 639-1, or `und`. */
      language?: string;
      /** @description Waits for longer than this: `30m`, `4h`, `2d`. */
      older?: string;
      /**
       * @description Somebody wants a second opinion.
       * @enum {string}
       */
      opinion?: 'asked';
      /**
       * @description `new`: fewer than three comments published, or known for less than a day, when it was written.
       * @enum {string}
       */
      readers?: 'new' | 'known';
      /** @description The key of the latest rule that decided. */
      rule?: string;
      /** @description A story's section. */
      section?: string;
      /**
       * @description The author's standing now.
       * @enum {string}
       */
      standing?: 'warned' | 'suspended' | 'banned' | 'pre-moderated' | 'trusted';
      /** @description The publisher's key of a story. */
      story?: string;
      /** @description The tier that counted when it was written. */
      tier?: string;
      /** @description A topic's key. */
      topic?: string;
      /** @description Waits for no longer than this. */
      younger?: string;
    };
    QueueItem: {
      appeal: components['schemas']['OpenAppeal'] | null;
      author: components['schemas']['QueueAuthor'] | null;
      /**
       * @description Why the caller may not decide about it: the code that a decision would be refused with. Null: they may.
       * @enum {string|null}
       */
      barred: 'own-decision' | 'strict-story' | null;
      /** @description The first has it in hand: nobody else decides meanwhile. */
      claimants: components['schemas']['Person'][];
      comment: components['schemas']['Comment'];
      flags: components['schemas']['OpenFlags'];
      /** @description Slurs and the foulest words of the text beside it, [start, end), UTF-16 offsets: for readers who want them hidden until they ask. */
      hidden: [number, number][];
      /** @description Of the text, as it was scored: ISO 639-1, or `und`. */
      language: string | null;
      lastDecision: components['schemas']['LastDecision'] | null;
      /** @description Of this text; the first asked for another. */
      opinions: components['schemas']['OpinionAnswer'][];
      /** @description Of the page it was written on, ISO 639-1: its author reads a reason in it. Null: nobody said. */
      pageLanguage: string | null;
      parent: components['schemas']['QueueParent'] | null;
      /** @description The latest rule that decided. */
      rule: components['schemas']['RuleAnswer'] | null;
      /** @description By label. */
      scores: {
        [key: string]: components['schemas']['ScoreAnswer'];
      };
      story: components['schemas']['QueueStory'];
      /** @description By label, of the policy that counts now. */
      thresholds: {
        [key: string]: components['schemas']['ThresholdAnswer'];
      };
      /** Format: date-time */
      waitingSince: string;
    };
    QueuePage: {
      items: components['schemas']['QueueItem'][];
      next: string | null;
    };
    QueueParent: {
      author: components['schemas']['ParentAuthor'] | null;
      body: string | null;
      /** @description Slurs and the foulest words of the text beside it, [start, end), UTF-16 offsets: for readers who want them hidden until they ask. */
      hidden: [number, number][];
      /** Format: uuid */
      id: string;
    };
    /** @enum {string} */
    QueueSort: 'risk' | 'oldest' | 'newest';
    /** @enum {string} */
    QueueState: 'held' | 'flagged' | 'appealed' | 'escalated' | 'published' | 'rejected';
    QueueStory: {
      /** Format: uuid */
      id: string;
      key: string;
      section: string | null;
      title: string;
      /** Format: uri */
      url: string;
    };
    QuotaRules: {
      /** @description Per reader in 24 hours; null: no limit. */
      commentsPerDay: number | null;
      /** @description Limits of single tiers, by tier key. */
      tiers: {
        [key: string]: {
          commentsPerDay: number | null;
        };
      };
    };
    QuotasPatch: {
      /** @description Per reader in 24 hours; null: no limit. */
      commentsPerDay?: number | null;
      /** @description Limits of single tiers, by tier key. */
      tiers?: {
        [key: string]: {
          commentsPerDay?: number | null;
        } | null;
      } | null;
    };
    ReactedAuthor: {
      /** Format: uuid */
      id: string;
      name: string;
    };
    ReactedComment: {
      author: components['schemas']['ReactedAuthor'];
      /** @description How the text begins: up to 160 characters of its words, without Markdown. */
      excerpt: string;
      /** Format: uuid */
      id: string;
    };
    ReactedStory: {
      /** Format: uuid */
      id: string;
      key: string;
      title: string;
      /** Format: uri */
      url: string;
    };
    Reaction: {
      /** @description Whether this reader's is among them. */
      mine: boolean;
      /** @description Tallies by kind. */
      reactions: {
        [key: string]: number;
      };
    };
    Reactions: {
      /** @description Tallies by kind. */
      reactions: {
        [key: string]: number;
      };
    };
    ReaderAnswer: {
      /** Format: date-time */
      createdAt: string;
      /** Format: uuid */
      id: string;
      /** @description The `sub` of the reader's tokens. */
      key: string;
      /** @description As others see it. */
      name: string;
      /** Format: uri */
      picture: string | null;
      /** @enum {string} */
      role: 'reader' | 'staff' | 'author';
      /** Format: date-time */
      seenAt: string;
      /** @enum {string} */
      standing: 'normal' | 'warned' | 'suspended' | 'banned' | 'pre-moderated' | 'trusted';
      /**
       * Format: date-time
       * @description When the standing ends.
       */
      standingUntil: string | null;
    };
    ReaderBody: {
      /** @description What others see is screened, and told apart from the names of others. */
      name: string;
      /** Format: uri */
      picture?: string | null;
      /**
       * @description Marks people of yours: `staff`, or `author` of stories. Tokens never say it.
       * @enum {string}
       */
      role?: 'reader' | 'staff' | 'author';
    };
    ReaderComment: {
      body: string;
      /** Format: date-time */
      createdAt: string;
      /** @description Open flags. */
      flags: number;
      /** @description Slurs and the foulest words of the text beside it, [start, end), UTF-16 offsets: for readers who want them hidden until they ask. */
      hidden: [number, number][];
      /** Format: uuid */
      id: string;
      /** Format: uuid */
      parentId: string | null;
      /**
       * Format: uuid
       * @description The account that wrote it.
       */
      readerId: string;
      /** @description Of a rejection or removal. */
      reason: string | null;
      /** @description The latest rule that decided, in words. */
      rule: string | null;
      /** @enum {string} */
      status: 'pending' | 'published' | 'held' | 'rejected' | 'removed' | 'deleted';
      story: components['schemas']['ReaderCommentStory'];
    };
    ReaderCommentsPage: {
      /** @description The newest first. */
      items: components['schemas']['ReaderComment'][];
      next: string | null;
    };
    ReaderCommentStory: {
      /** Format: uuid */
      id: string;
      key: string;
      title: string;
      url: string;
    };
    ReaderExportAnswer: {
      appeals: Record<string, never>[];
      /** @description With every revision of their texts. */
      comments: Record<string, never>[];
      /** @description Where notifications are sent by e-mail; null: nowhere. */
      email: Record<string, never> | null;
      flags: Record<string, never>[];
      /** @description Stories that the reader follows. */
      following: Record<string, never>[];
      ignored: Record<string, never>[];
      /** Format: date-time */
      madeAt: string;
      notifications: Record<string, never>[];
      portfolios: Record<string, never>[];
      reactions: Record<string, never>[];
      /** @description Null for somebody who only ever read. */
      reader: Record<string, never> | null;
      /** Format: uuid */
      site: string;
    };
    ReaderNoteOrMessage: {
      /** Format: date-time */
      createdAt: string;
      /** Format: uuid */
      id: string;
      /** @description Null: a program. */
      moderator: components['schemas']['Person'] | null;
      /**
       * Format: uuid
       * @description The account it is about; another of the same person, it may be.
       */
      readerId: string;
      text: string;
    };
    ReaderNoteOrMessageRequest: {
      text: string;
    };
    ReaderNotesOrMessagesAnswer: {
      items: components['schemas']['ReaderNoteOrMessage'][];
    };
    ReaderRecord: {
      /** @description Other accounts of the same person. */
      accounts: components['schemas']['ModerationReader'][];
      /** @description The latest ten of people, newest first. */
      decisions: components['schemas']['AuthorDecision'][];
      /** @description The gravest first. */
      hints: components['schemas']['EvasionHint'][];
      /** @description Over the latest 1,000 comments of every account. */
      history: components['schemas']['AuthorHistory'];
      /** @description The caller’s own account: somebody else decides about it. */
      isOwn: boolean;
      /** @description The latest 50, newest first. */
      measures: components['schemas']['ReaderSanction'][];
      /** @description The latest 50, newest first. */
      messages: components['schemas']['ReaderNoteOrMessage'][];
      /** @description The latest 50, newest first. */
      notes: components['schemas']['ReaderNoteOrMessage'][];
      reader: components['schemas']['ModerationReader'];
      /** @description Of the measure in force. */
      standingReason: string | null;
    };
    ReaderSanction: {
      /** Format: date-time */
      createdAt: string;
      /** Format: uuid */
      id: string;
      moderator: components['schemas']['Decider'] | null;
      note: string | null;
      /** Format: uuid */
      readerId: string;
      reason: string;
      /** @enum {string} */
      standing: 'warned' | 'suspended' | 'banned' | 'pre-moderated' | 'trusted' | 'normal';
      /** Format: date-time */
      until: string | null;
    };
    ReadersPage: {
      /** @description The newest readers first. */
      items: components['schemas']['ModerationReader'][];
      next: string | null;
    };
    Reason: {
      code: string;
      /** @description What moderators pick from. */
      label: string;
      /** @description What the author reads, unless there are words in their language. */
      text: string;
      /** @description What authors read who wrote on a page in that language (ISO 639-1). Of a default reason whose `text` is unchanged, af, ar, de, es, fr, nl and pt are built in. */
      texts?: {
        [key: string]: string;
      };
    };
    ReasonItem: {
      code: string;
      label: string;
      /** @description What the author reads, unless `texts` has their language. */
      text: string;
      /** @description What authors read by the language of their page (ISO 639-1), built-in texts among it. */
      texts: {
        [key: string]: string;
      };
    };
    ReasonsAnswer: {
      /** @description The reasons of a site that has written none. */
      builtIn: components['schemas']['ReasonItem'][];
      items: components['schemas']['ReasonItem'][];
    };
    RecoverAnswer: {
      /** @description How many deliveries were put on the way. */
      deliveries: number;
    };
    RecoverRequest: {
      /**
       * Format: date-time
       * @description Everything undelivered since then is sent again; at most 30 days back.
       */
      since: string;
    };
    RecoveryCodes: {
      /** @description Shown this once; those before no longer work. */
      recoveryCodes: string[];
    };
    RedeliverAllAnswer: {
      /** @description How many deliveries were put on the way. */
      deliveries: number;
      /** @description Whether some are left: ask again. */
      more: boolean;
    };
    RedeliverAnswer: {
      /**
       * Format: uuid
       * @description The delivery.
       */
      id: string;
      /** @enum {string} */
      status: 'pending';
    };
    RedeliverRequest: {
      /**
       * Format: uuid
       * @description Only events of this comment.
       */
      commentId?: string;
      /**
       * Format: date-time
       * @description Events from then on.
       */
      since?: string;
      /** @description What became of the deliveries; failed and cancelled when left out. */
      statuses?: ('delivered' | 'failed' | 'cancelled')[];
      types?: (
        | 'comment.submitted'
        | 'comment.published'
        | 'comment.held'
        | 'comment.rejected'
        | 'comment.removed'
        | 'comment.restored'
        | 'comment.edited'
        | 'comment.deleted'
        | 'comment.flagged'
        | 'appeal.opened'
        | 'appeal.decided'
        | 'reader.warned'
        | 'reader.suspended'
        | 'reader.banned'
        | 'reader.reinstated'
        | 'reader.erased'
        | 'entitlement.changed'
        | 'story.created'
        | 'story.closed'
        | 'story.reopened'
        | 'webhook.test'
      )[];
      /**
       * Format: date-time
       * @description Events before then.
       */
      until?: string;
    };
    RefusalAnswer: {
      /** @enum {string} */
      action: 'read' | 'comment' | 'reply' | 'react' | 'flag';
      /** @enum {string} */
      code:
        | 'signed-out'
        | 'tier-required'
        | 'entitlement-ended'
        | 'quota-exceeded'
        | 'suspended'
        | 'banned'
        | 'story-closed';
      /** Format: uuid */
      id: string;
      /** @description Everything that it followed from: the rules, overrides and the policy’s version, what the token claimed, the entitlements and endings that were known, what was looked up, standing and quota. */
      inputs: {
        [key: string]: unknown;
      };
      /** @description What the reader was told. */
      message: string;
      /** @description Null: signed out. */
      readerKey: string | null;
      /**
       * Format: date-time
       * @description When it was refused, the first time.
       */
      refusedAt: string;
      /** @description Of the request, as in its answer and our log. */
      requestId: string;
      /** @description The key of the tier that was needed. */
      requiredTier: string | null;
      storyKey: string | null;
      /** @description How often within that second; without a token, within that hour. */
      times: number;
    };
    RefusalPage: {
      /** @description Newest first. */
      items: components['schemas']['RefusalAnswer'][];
      next: string | null;
    };
    Refused: {
      /** @constant */
      allowed: false;
      /** @enum {string} */
      code:
        | 'signed-out'
        | 'tier-required'
        | 'entitlement-ended'
        | 'quota-exceeded'
        | 'suspended'
        | 'banned'
        | 'story-closed';
      /** @description For the reader. */
      message: string;
      requiredTier?: components['schemas']['TierNameAnswer'];
      /** @description Seconds until it is worth trying again. */
      retryAfter?: number;
      /**
       * Format: uri
       * @description Where to sign in, subscribe or renew.
       */
      url?: string;
    };
    RemovalPreview: {
      held: number;
      pending: number;
      published: number;
      /** @description All of these; one removal takes the latest 10,000. */
      total: number;
    };
    RemovalRequest: {
      /** @description For moderators only. */
      note?: string;
      /** @description A code of the site's reasons; the author reads its text. */
      reason: string;
    };
    ReplayAnswer: {
      /** @description Whether some are left: ask again. */
      more: boolean;
      /** @description How many, by outcome. */
      outcomes: {
        [key: string]: number;
      };
      replayed: number;
    };
    ReplayRequest: {
      /** @description Which ones; unmapped and refused when left out. */
      outcomes?: ('applied' | 'unchanged' | 'duplicate' | 'older' | 'ignored' | 'unmapped' | 'refused')[];
      /**
       * Format: date-time
       * @description At most 30 days back.
       */
      since: string;
    };
    RestoreRequest: {
      /** @description Why. */
      note?: string;
    };
    RevisionAnswer: {
      body: string;
      /** Format: date-time */
      createdAt: string;
      /** @description Slurs and the foulest words of the text beside it, [start, end), UTF-16 offsets: for readers who want them hidden until they ask. */
      hidden: [number, number][];
      number: number;
    };
    RoleRequest: {
      role: components['schemas']['ModeratorRole'];
      /** @description Limits the role to stories of these sections. Null: the whole site. Left out: as it was; admins and owners have the whole site. */
      sections?: string[] | null;
    };
    RotatedScorerSecret: {
      key: string;
      /**
       * Format: date-time
       * @description Until then the secret before signs too.
       */
      previousUntil: string;
      /**
       * @description Shown this once.
       * @example whsec_…
       */
      secret: string;
    };
    RotatedSecret: {
      /** Format: uuid */
      id: string;
      /**
       * Format: date-time
       * @description Until then the secret before signs too.
       */
      previousUntil: string;
      /** @description Of Ed25519, the newest first. */
      publicKeys: string[];
      /** @description Shown this once. */
      secret: string;
    };
    RuleAnswer: {
      key: string;
      /** @description For moderators. */
      text: string;
    };
    RuleQuality: {
      /** @description Of what it held and people decided, what they published. */
      falseHolds: components['schemas']['EstimateAnswer'];
      /** @description Of what it published, judged in the sample: what people refuse. */
      falsePasses: components['schemas']['EstimateAnswer'];
      /** @description Of what it rejected, judged in the sample: what people publish. */
      falseRejections: components['schemas']['EstimateAnswer'];
      held: number;
      /** @description The label that it looks at; null: another thing. */
      label: string | null;
      /** @description Of appeals against it that were answered, those overturned. */
      overturned: components['schemas']['EstimateAnswer'];
      published: number;
      rejected: number;
      /** @description Its key. */
      rule: string;
    };
    SamePersonRequest: {
      /**
       * Format: uuid
       * @description Another account of the same person.
       */
      readerId: string;
    };
    SampleAuthor: {
      name: string;
    };
    SampleDrawAnswer: {
      /** Format: date-time */
      createdAt: string;
      /** Format: date-time */
      doneAt: string | null;
      /** Format: uuid */
      id: string;
      /** @description Drawn by itself; false: somebody asked for it. */
      isWeekly: boolean;
      /** @description Of these, drawn. */
      published: number | null;
      /** @description Decisions to publish; null: not drawn yet. */
      publishedOf: number | null;
      /** @description Of these, drawn. */
      rejected: number | null;
      /** @description Decisions to reject. */
      rejectedOf: number | null;
      /**
       * Format: date-time
       * @description What was decided since then…
       */
      since: string;
      /**
       * Format: date-time
       * @description …and before then.
       */
      until: string;
    };
    SampleDrawList: {
      /** @description The latest 50, newest first. */
      items: components['schemas']['SampleDrawAnswer'][];
    };
    SampleItemAnswer: {
      author: components['schemas']['SampleAuthor'];
      body: string;
      /** Format: date-time */
      createdAt: string;
      /** @description Slurs and the foulest words of the text beside it, [start, end), UTF-16 offsets: for readers who want them hidden until they ask. */
      hidden: [number, number][];
      /** Format: uuid */
      id: string;
      language: string | null;
      parent: components['schemas']['SampleParent'] | null;
      story: components['schemas']['SampleStory'];
    };
    SamplePage: {
      items: components['schemas']['SampleItemAnswer'][];
      next: string | null;
      /** @description All that wait for the caller. */
      waiting: number;
    };
    SampleParent: {
      author: components['schemas']['SampleAuthor'] | null;
      body: string | null;
      /** @description Slurs and the foulest words of the text beside it, [start, end), UTF-16 offsets: for readers who want them hidden until they ask. */
      hidden: [number, number][];
    };
    SampleQuality: {
      /** @description Published by themselves. */
      published: components['schemas']['SampleSide'];
      /** @description Rejected by themselves. */
      rejected: components['schemas']['SampleSide'];
      /** @description Drawn and not judged. */
      waiting: number;
    };
    SampleReviewAnswer: {
      /** @enum {string} */
      answer: 'publish' | 'refuse' | 'unsure';
      /** Format: uuid */
      commentId: string;
      currentRevision: number;
      /** @description What was decided, told after the answer. */
      machine: components['schemas']['MachineDecision'];
      /** @description The text that was judged. */
      revision: number;
      /** Format: uuid */
      sampleId: string;
      /**
       * @description Where the comment is; the judgement moves nothing.
       * @enum {string}
       */
      status: 'pending' | 'published' | 'held' | 'rejected' | 'removed' | 'deleted';
    };
    SampleReviewRequest: {
      /**
       * @description What should become of the text.
       * @enum {string}
       */
      answer: 'publish' | 'refuse' | 'unsure';
    };
    SampleRule: {
      key: string;
      text: string;
    };
    SampleSide: {
      drawn: number;
      /** @description Decisions that could have been drawn. */
      population: number;
      /** @description Of what was judged, what people would decide otherwise. */
      wrong: components['schemas']['EstimateAnswer'];
    };
    SampleStory: {
      section: string | null;
      title: string;
      /** Format: uri */
      url: string;
    };
    SamplingSettings: {
      /** @description So many comments a week that were published by themselves. */
      published: number;
      /** @description So many a week that were rejected by themselves. */
      rejected: number;
      /** @description So many per cent of them are put before two people. */
      twicePercent: number;
    };
    SanctionAnswer: {
      /** Format: uuid */
      id: string;
      name: string;
      reason: string | null;
      /** @enum {string} */
      standing: 'warned' | 'suspended' | 'banned' | 'pre-moderated' | 'trusted' | 'normal';
      /** Format: date-time */
      until: string | null;
    };
    SanctionRequest: {
      /** @description For moderators only. */
      note?: string;
      reason: string;
      /** @enum {string} */
      standing: 'warned' | 'suspended' | 'banned' | 'pre-moderated' | 'trusted' | 'normal';
      /**
       * Format: date-time
       * @description Left out: without an end.
       */
      until?: string | null;
    };
    SavedQueueAnswer: {
      /** @description Who made it. */
      by: components['schemas']['Person'] | null;
      count: number;
      /** Format: date-time */
      createdAt: string;
      filter: components['schemas']['QueueFilterFields'];
      /** Format: uuid */
      id: string;
      name: string;
      /**
       * Format: date-time
       * @description Since when the oldest waits.
       */
      oldest: string | null;
      /** Format: uuid */
      site: string;
      sort: components['schemas']['QueueSort'];
      state: components['schemas']['QueueState'];
      /** @description For how long the oldest may wait. */
      targetMinutes: number | null;
    };
    SavedQueueChange: {
      /** @description Replaces the filter. */
      filter?: components['schemas']['QueueFilterFields'];
      name?: string;
      sort?: components['schemas']['QueueSort'];
      state?: components['schemas']['QueueState'];
      /** @description null: no target. */
      targetMinutes?: number | null;
    };
    SavedQueueRequest: {
      filter?: components['schemas']['QueueFilterFields'];
      name: string;
      /** Format: uuid */
      site: string;
      /** @description `risk` by default. */
      sort?: components['schemas']['QueueSort'];
      state: components['schemas']['QueueState'];
      /** @description For how long the oldest may wait. */
      targetMinutes?: number | null;
    };
    SavedQueuesAnswer: {
      items: components['schemas']['SavedQueueAnswer'][];
    };
    ScoreAnswer: {
      /** @description [start, end), UTF-16 offsets into the body. */
      spans: [number, number][];
      value: number;
    };
    ScorerAnswer: {
      blog: string | null;
      callsPerDay: number | null;
      /** @description By the day of UTC. */
      callsToday: number;
      /**
       * @description `open`: five calls in a row failed or it asked for a pause, and it is left alone until `openUntil`; `half-open`: one comment tries it.
       * @enum {string}
       */
      circuit: 'closed' | 'open' | 'half-open';
      /** Format: date-time */
      createdAt: string;
      enabled: boolean;
      key: string;
      /** @enum {string} */
      kind: 'signed-http' | 'openai-moderation' | 'akismet' | 'perspective';
      /** @description That count now. */
      labels: {
        [key: string]: {
          as?: (
            | 'toxicity'
            | 'severeToxicity'
            | 'insult'
            | 'profanity'
            | 'threat'
            | 'identityAttack'
            | 'sexual'
            | 'spam'
            | 'repeat'
            | 'flood'
            | 'links'
            | 'personalData'
            | 'shouting'
            | 'offLanguage'
            | 'bannedWords'
            | 'suspectWords'
          )[];
          hold?: number;
          reject?: number;
        };
      };
      languages: string[];
      lastFailure: string | null;
      /** Format: date-time */
      lastFailureAt: string | null;
      /**
       * Format: date-time
       * @description To the minute.
       */
      lastSuccessAt: string | null;
      model: string | null;
      name: string;
      /** Format: date-time */
      openUntil: string | null;
      timeoutMs: number;
      /** Format: date-time */
      updatedAt: string;
      url: string;
      /** @enum {string} */
      whenAbsent: 'hold' | 'go-on';
    };
    ScorerCalibration: {
      /** @description Why scores are missing, the most frequent first. */
      absences: components['schemas']['CalibrationAbsence'][];
      /** Format: date-time */
      adoptedAt: string | null;
      /** @description The version of the policy that its thresholds became. */
      adoptedVersion: number | null;
      /** @description Comments compared so far: both gave a score of every label. */
      comments: number;
      /** Format: date-time */
      endedAt: string | null;
      /**
       * Format: date-time
       * @description At the latest.
       */
      endsAt: string;
      from: components['schemas']['CalibrationScorer'];
      /** @description Comments for which the first scorer gave nothing. */
      fromAbsent: number;
      /** Format: uuid */
      id: string;
      labels: components['schemas']['CalibrationLabel'][];
      maxComments: number;
      /** Format: date-time */
      startedAt: string;
      /** @enum {string} */
      state: 'running' | 'ended';
      to: components['schemas']['CalibrationScorer'];
      toAbsent: number;
    };
    ScorerCalibrationPage: {
      items: components['schemas']['ScorerCalibrationSummary'][];
      next: string | null;
      /** @description Scorers that can be compared now. */
      scorers: components['schemas']['CalibrationScorer'][];
    };
    ScorerCalibrationSummary: {
      /** Format: date-time */
      adoptedAt: string | null;
      /** @description The version of the policy that its thresholds became. */
      adoptedVersion: number | null;
      /** @description Comments compared so far: both gave a score of every label. */
      comments: number;
      /** Format: date-time */
      endedAt: string | null;
      /**
       * Format: date-time
       * @description At the latest.
       */
      endsAt: string;
      from: components['schemas']['CalibrationScorer'];
      /** @description Comments for which the first scorer gave nothing. */
      fromAbsent: number;
      /** Format: uuid */
      id: string;
      maxComments: number;
      /** Format: date-time */
      startedAt: string;
      /** @enum {string} */
      state: 'running' | 'ended';
      to: components['schemas']['CalibrationScorer'];
      toAbsent: number;
    };
    ScorerList: {
      items: components['schemas']['ScorerAnswer'][];
    };
    ScorerSettings: {
      /**
       * Format: uri
       * @description Of akismet: your front page; the site's first origin when left out.
       */
      blog?: string;
      /** @description By the day of UTC; no limit when left out. */
      callsPerDay?: number | null;
      /** @description Whether it is asked; true when left out. */
      enabled?: boolean;
      /**
       * @description `signed-http`: a service of your own by our signed contract; `openai-moderation`: an endpoint that speaks as OpenAI's moderations; `akismet`: spam by Akismet; `perspective`: Perspective API, or any server of its shape.
       * @enum {string}
       */
      kind: 'signed-http' | 'openai-moderation' | 'akismet' | 'perspective';
      /** @description What becomes of its labels: `as` makes one count as labels of ours, `hold` and `reject` are the label's own thresholds. What is not named is as the kind has it, or is shown to moderators and decides nothing; `{}` makes it so. */
      labels?: {
        [key: string]: {
          as?: (
            | 'toxicity'
            | 'severeToxicity'
            | 'insult'
            | 'profanity'
            | 'threat'
            | 'identityAttack'
            | 'sexual'
            | 'spam'
            | 'repeat'
            | 'flood'
            | 'links'
            | 'personalData'
            | 'shouting'
            | 'offLanguage'
            | 'bannedWords'
            | 'suspectWords'
          )[];
          hold?: number;
          reject?: number;
        };
      } | null;
      /** @description Languages (ISO 639-1) that it reads; a comment in one of them counts as scored if it answered. */
      languages?: string[];
      /** @description Of openai-moderation; omni-moderation-latest when left out. */
      model?: string;
      /** @description What moderators read; the key when left out. */
      name?: string;
      /** @description Of signed-http what signs the requests, made when left out; else the API key. Left out later: it stays. */
      secret?: string;
      /** @description For one comment; 2000 when left out. */
      timeoutMs?: number;
      /**
       * Format: uri
       * @description Where it is asked; left out: where that kind usually is.
       */
      url?: string;
      /**
       * @description For a comment that it did not score: `hold` (when left out) or `go-on` with what the local model says.
       * @enum {string}
       */
      whenAbsent?: 'hold' | 'go-on';
    };
    ScorerTrial: {
      /** @description Any text; it is nobody's comment. */
      text: string;
    };
    ScorerTrialAnswer: {
      durationMs: number;
      error: string | null;
      /** @enum {string} */
      outcome:
        | 'scored'
        | 'timeout'
        | 'unreachable'
        | 'refused'
        | 'failed'
        | 'bad-answer'
        | 'circuit-open'
        | 'budget-spent';
      /** @description By its own labels. */
      scores: {
        [key: string]: components['schemas']['ExternalScore'];
      } | null;
      /** @description The HTTP status. */
      status: number | null;
    };
    SeatAnswer: {
      /** @description The `sub` of the reader's tokens. */
      readerKey: string;
      /**
       * Format: date-time
       * @description When the seat was told last: taken, or changed with its organisation.
       */
      reportedAt: string;
    };
    SeatFault: {
      code: string;
      message: string;
      readerKey: string;
    };
    SeatPage: {
      /** @description By the key of the reader. */
      items: components['schemas']['SeatAnswer'][];
      next: string | null;
    };
    SeatsAnswer: {
      /** @description Who got none, and why. */
      refused: components['schemas']['SeatFault'][];
      seated: number;
      /** @description How many seats are taken now. */
      taken: number;
      /** @description Had one already. */
      unchanged: number;
    };
    SeatsRequest: {
      /** @description The `sub` of their tokens. Seated in this order, as far as there are seats. */
      readerKeys: string[];
    };
    SecondFactorAnswer: {
      /** @description An app for one-time codes; null: none. */
      app: components['schemas']['FactorApp'] | null;
      /** @description A site of theirs asks for a second factor. */
      asked: boolean;
      /** @description Recovery codes that were not used yet. */
      recoveryCodesLeft: number;
    };
    SessionAnswer: {
      moderator: components['schemas']['SessionModerator'];
      sites: components['schemas']['SessionSite'][];
    };
    SessionModerator: {
      email: string | null;
      hasPassword: boolean;
      /** @description Whether the account has a second factor. */
      hasSecondFactor: boolean;
      /** Format: uuid */
      id: string;
      /** @description Whether their role holds on every site, so that they may add one. */
      mayAddSites: boolean;
      name: string;
    };
    SessionSite: {
      /** @description It asks for a second factor, which this session has not given: nothing can be done there yet. */
      closed: boolean;
      /** Format: uuid */
      id: string;
      name: string;
      /** @enum {string} */
      role: 'viewer' | 'moderator' | 'admin' | 'owner';
      /** @description The sections that the role is limited to; null: the whole site. */
      sections: string[] | null;
    };
    ShadowAnswer: {
      actor: components['schemas']['PolicyActor'] | null;
      /** @description The latest 50 that it decides otherwise. */
      differences: components['schemas']['DifferenceAnswer'][];
      /** Format: uuid */
      id: string;
      /** @description What the draft changes. */
      policy: {
        [key: string]: unknown;
      };
      score: components['schemas']['DraftScore'];
      /** Format: date-time */
      since: string;
    };
    ShadowCounts: {
      /** @description New comments that it scored without a say. */
      comments: number;
      /** @description Of those, not held by the scores that counted. */
      onlyItHolds: number;
      /** @description Held by the scores that counted, not by its own. */
      onlyItPasses: number;
      wouldHold: number;
    };
    SignInMethods: {
      /** @description What the newsroom’s own sign-in is called; it begins at `/api/v1/console/oidc`. Null: there is none. */
      newsroom: string | null;
      /** @description Passkeys can be used here. */
      passkeys: boolean;
    };
    SignInRequest: {
      /** @description What the app shows: six figures. Where the account has a second factor, this or `recoveryCode`. */
      code?: string;
      email?: string;
      /** @description The token of a one-time sign-in link. */
      link?: string;
      /** @description What the browser answered to a `passkey-challenge`. It is enough alone. */
      passkey?: {
        [key: string]: unknown;
      };
      password?: string;
      /** @description One of the codes that were kept for the day the app is lost; each works once. */
      recoveryCode?: string;
    };
    SiteAnswer: {
      /** Format: date-time */
      createdAt: string;
      /** Format: uuid */
      id: string;
      name: string;
      origins: string[];
      /** Format: uri */
      signInUrl: string | null;
      /** Format: date-time */
      updatedAt: string;
    };
    SiteChange: {
      name?: string;
      /**
       * @description Where the stories are: scheme, host and port.
       * @example [
       *       "https://news.example",
       *       "http://localhost:8080"
       *     ]
       */
      origins?: string[];
      /** Format: uri */
      signInUrl?: string | null;
    };
    SiteContentsAnswer: {
      /** @description Published ones, and replies. */
      comments: number;
      readers: number;
      stories: number;
    };
    SiteImportAnswer: {
      /** @description By kind (`stories`, `readers`, `comments`, `reactions`, `flags`, `decisions`): how many were `read` (without lines that are faulty); of these are `created` (in a dry run: would be), `unchanged` (there already as the file has them), `notUpdated` (the comment, reader or story is there already, and the file has something newer or other about it, which an import does not change), `skipped` (of another site, or without use here). Empty until the file is matched. */
      counts: {
        [key: string]: {
          [key: string]: number;
        };
      };
      /** Format: date-time */
      createdAt: string;
      dryRun: boolean;
      /** @description Why it failed; while it is running, what it waits for (`waiting`), or the error that will end it once its counts are correct. */
      failure: components['schemas']['ImportFailure'] | null;
      faults: components['schemas']['ImportFaults'];
      /** Format: date-time */
      finishedAt: string | null;
      /** @enum {string} */
      format: 'coral';
      /** Format: uuid */
      id: string;
      /** @description What the imported decisions taught the scorer; null until then, and for a dry run. */
      learned: components['schemas']['ImportLearned'] | null;
      progress: components['schemas']['ImportProgress'];
      /** @enum {string} */
      state: 'receiving' | 'running' | 'done' | 'failed' | 'cancelled';
    };
    SiteImportPage: {
      /** @description The latest hundred, newest first, without their faults. */
      items: components['schemas']['SiteImportAnswer'][];
    };
    SiteModelAnswer: {
      /** @description Whose scores count; null: the shipped model’s. */
      active: components['schemas']['SiteModelSummary'] | null;
      /** @description What there is to learn from now. */
      collected: components['schemas']['Collected'];
      lastTraining: components['schemas']['LastTraining'];
      /**
       * @description What moderators’ decisions teach: `shadow` trains and measures without changing a score, with `take-over` what proved better than the shipped model counts.
       * @enum {string}
       */
      learning: 'off' | 'shadow' | 'take-over';
      /** @description A person went back to the shipped model: nothing takes over until a person chooses a head. */
      rolledBack: boolean;
      /** @description The latest that has no say. */
      shadow: components['schemas']['SiteModelSummary'] | null;
    };
    SiteModelChoice: {
      /**
       * Format: uuid
       * @description A head that beats the shipped model; null: the shipped model.
       */
      head: string | null;
    };
    SiteModelDetails: {
      /** Format: date-time */
      activatedAt: string | null;
      /** Format: date-time */
      createdAt: string;
      /** Format: date-time */
      endedAt: string | null;
      /** @description By label; one with too few texts is left out. */
      figures: {
        [key: string]: components['schemas']['SiteModelLabelFigures'];
      };
      /** Format: uuid */
      id: string;
      /** @description Of the shipped model that it differs from. */
      modelVersion: string;
      shadow: components['schemas']['ShadowCounts'];
      /**
       * @description `shadow`: the latest, which changes no score; `active`: its scores count.
       * @enum {string}
       */
      state: 'shadow' | 'active' | 'retired';
      /** @description Texts that people had judged. */
      texts: number;
      /** @description By label, the words that moved most against the shipped model, the most moved first. */
      words: {
        [key: string]: components['schemas']['SiteModelWord'][];
      };
    };
    SiteModelLabelFigures: {
      /** @description How often the label applies among what people judged on this site. */
      baseRate: number;
      /** @description Whether the head is better beyond doubt, and so may judge this label. */
      beats: boolean;
      /** @description Of this head, on the same. */
      head: components['schemas']['HeldOutFigures'];
      /** @description Never trained on. */
      heldOut: components['schemas']['TextCount'];
      /** @description Of the shipped model, on what was held out. */
      shipped: components['schemas']['HeldOutFigures'];
      trained: components['schemas']['TextCount'];
    };
    SiteModelPage: {
      items: components['schemas']['SiteModelSummary'][];
      /** @description Always null: no more than some are kept. */
      next: string | null;
    };
    SiteModelSummary: {
      /** Format: date-time */
      activatedAt: string | null;
      /** Format: date-time */
      createdAt: string;
      /** Format: date-time */
      endedAt: string | null;
      /** @description By label; one with too few texts is left out. */
      figures: {
        [key: string]: components['schemas']['SiteModelLabelFigures'];
      };
      /** Format: uuid */
      id: string;
      /** @description Of the shipped model that it differs from. */
      modelVersion: string;
      shadow: components['schemas']['ShadowCounts'];
      /**
       * @description `shadow`: the latest, which changes no score; `active`: its scores count.
       * @enum {string}
       */
      state: 'shadow' | 'active' | 'retired';
      /** @description Texts that people had judged. */
      texts: number;
    };
    SiteModelWord: {
      /** @description What it adds to the label's logit in a text of ten words; below 0 it speaks against. */
      change: number;
      /** @description A word, two words, or what the model calls a kind of clause. */
      text: string;
      /** @description In how many texts that were trained on. */
      texts: number;
    };
    SitePage: {
      items: components['schemas']['SiteAnswer'][];
      next: string | null;
    };
    /** @enum {string} */
    Sort: 'newest' | 'oldest' | 'top' | 'replies';
    SpanScore: {
      /** @description In UTF-16 units. */
      begin?: number;
      /** @description Exclusive. */
      end?: number;
      score?: components['schemas']['AnalyzerScore'];
    };
    SsoAnswer: {
      /**
       * @description What signs reader tokens: the SSO secret (HS256), or keys of yours (RS256, PS256, ES256, EdDSA). Never both.
       * @enum {string}
       */
      family: 'hmac' | 'public-key';
      /** @description Tokens must carry exactly this `iss`; null: `iss` is not looked at. */
      issuer: string | null;
      /** @description Public keys that stay with us (RFC 7517). */
      jwks: {
        keys?: {
          [key: string]: unknown;
        }[];
      } | null;
      /** @description Where your public keys are (RFC 7517). */
      jwksUrl: string | null;
    };
    SsoBody: {
      /**
       * @description What signs reader tokens: the SSO secret (HS256), or keys of yours (RS256, PS256, ES256, EdDSA). Never both.
       * @enum {string}
       */
      family: 'hmac' | 'public-key';
      /** @description Tokens must carry exactly this `iss`; null: `iss` is not looked at. */
      issuer?: string | null;
      /** @description Public keys that stay with us (RFC 7517). */
      jwks?: {
        keys?: {
          [key: string]: unknown;
        }[];
      } | null;
      /** @description Where your public keys are (RFC 7517). */
      jwksUrl?: string | null;
    };
    SsoRotation: {
      /** @description How long tokens signed with the secret before still count; by default a day, which is how long one may live. 0 ends it at once. */
      overlapSeconds?: number;
    };
    SsoSecretAnswer: {
      /**
       * Format: date-time
       * @description Until when the secret before still counts.
       */
      previousValidUntil: string | null;
      /** @description The new secret, used as its UTF-8 text. Shown this once. */
      ssoSecret: string;
    };
    SsoSecretState: {
      /**
       * Format: date-time
       * @description Until when the secret before still counts; null: it does not.
       */
      previousValidUntil: string | null;
    };
    StaffAnswerRequest: {
      /** @description As readers write it. */
      body: string;
      /**
       * Format: uuid
       * @description The published comment that it answers.
       */
      parentId?: string | null;
    };
    StaffSsoAnswer: {
      /**
       * Format: date-time
       * @description Since when this account is signed in by it. Null: it is not.
       */
      connectedAt: string | null;
      /** @description What the newsroom’s own sign-in is called. Null: there is none. */
      name: string | null;
    };
    StaffSsoRedirect: {
      /**
       * Format: uri
       * @description Where the browser goes, within ten minutes.
       */
      url: string;
    };
    StoryAnswer: {
      /**
       * @description In lower case; who unsubscribed among them.
       * @example [
       *       "author@paper.example"
       *     ]
       */
      authorEmails: string[] | null;
      /** @description Published comments and replies. */
      commentCount: number;
      /** Format: date-time */
      createdAt: string;
      /** Format: uuid */
      id: string;
      /** @description The publisher's own id. */
      key: string;
      /** @description What this story decides otherwise than its site. */
      policy: components['schemas']['StoryPolicyPatch'] | null;
      /** Format: date-time */
      publishedAt: string | null;
      section: string | null;
      /**
       * @description Left out: it stays as it is; a new story is open.
       * @enum {string}
       */
      state: 'open' | 'closed';
      title: string;
      /** @description What a visitor’s page said of itself; readers are not shown it. */
      titleHint: string | null;
      /**
       * @description Who said the title: the publisher, or the page itself. `path`: neither yet, and the path of the address stands for it.
       * @enum {string}
       */
      titleSource: 'path' | 'page' | 'publisher';
      topics: components['schemas']['TopicBody'][];
      /** Format: date-time */
      updatedAt: string;
      /**
       * Format: uri
       * @description Where readers find the story.
       */
      url: string;
    };
    StoryBody: {
      /**
       * @description Who wrote it, and is told of its comments by e-mail. Left out: as it is; null or empty: nobody.
       * @example [
       *       "author@paper.example"
       *     ]
       */
      authorEmails?: string[] | null;
      /** @description What this story decides otherwise than its site. */
      policy?: components['schemas']['StoryPolicyPatch'] | null;
      /** Format: date-time */
      publishedAt?: string | null;
      section?: string | null;
      /**
       * @description Left out: it stays as it is; a new story is open.
       * @enum {string}
       */
      state?: 'open' | 'closed';
      title: string;
      topics?: components['schemas']['TopicBody'][];
      /**
       * Format: uri
       * @description Where readers find the story.
       */
      url: string;
    };
    StoryPage: {
      items: components['schemas']['StoryAnswer'][];
      next: string | null;
    };
    StoryPolicyPatch: {
      body?: components['schemas']['BodyLimitsPatch'] | null;
      editWindowSeconds?: number | null;
      gate?: components['schemas']['GatePatch'] | null;
      moderation?: components['schemas']['ModerationPatch'] | null;
      quotas?: components['schemas']['QuotasPatch'] | null;
      showOldWhileScoring?: boolean | null;
      /** @description What counts for the readers of single tiers instead, by tier key: `maxChars`, `editWindowSeconds`, `preModerated` (true: their comments wait for a moderator; false: not even where all others do), `badge` (empty: none). */
      tiers?: {
        [key: string]: {
          badge?: string | null;
          editWindowSeconds?: number | null;
          maxChars?: number | null;
          preModerated?: boolean | null;
        } | null;
      } | null;
    };
    StoryRecord: {
      /** @description What is pinned and picked, then the newest published comments that answer no other; 40 at most. */
      comments: components['schemas']['FeaturedComment'][];
      /** @description Who moderates the site and can be named. */
      moderators: components['schemas']['Person'][];
      statistics: components['schemas']['StoryStatistics'];
      story: components['schemas']['ModerationStory'];
      strict: components['schemas']['StrictAnswer'] | null;
    };
    StoryStatistics: {
      /** @description Of these, with open flags. */
      flagged: number;
      held: number;
      published: number;
      /** @description Clicks of any kind on these. */
      reactions: number;
      /** @description Different readers of the latest 10,000 published comments. */
      readers: number;
      rejected: number;
      removed: number;
      /** @description Published in the last 24 hours, of these. */
      today: number;
    };
    StrictAnswer: {
      /** @description Who set it; null: a program. */
      by: components['schemas']['Person'] | null;
      /** @description Who decides here; nobody else does. */
      moderators: components['schemas']['Person'][];
      reason: string;
      /** Format: date-time */
      since: string;
    };
    StrictRequest: {
      /**
       * Format: date-time
       * @description When the story closes besides.
       */
      closesAt?: string | null;
      /** @description Ids of the moderators who decide here. */
      moderators: string[];
      reason: string;
    };
    SubmitBody: {
      /**
       * @description Plain text with a little Markdown: links, quotes, emphasis, lists. HTML stays text.
       * @example I call BS — observe the dates.
       */
      body: string;
      /**
       * Format: uuid
       * @description The comment that is replied to; published, on the same story.
       */
      parentId?: string | null;
    };
    SuggestCommentScoreRequest: {
      /** @description By attribute: 1 where it applies, 0 where it does not. */
      attributeScores: {
        [key: string]: components['schemas']['AttributeScores'];
      };
      /** @description Comes back in the answer. */
      clientToken?: string;
      comment: components['schemas']['TextEntry'];
      /** @description A site's id files a suggestion under that site. */
      communityId?: string;
      /** @description Taken, and not looked at. */
      context?: components['schemas']['CommentContext'];
      /** @description Texts to analyze are never stored; suggestions are, without this. */
      doNotStore?: boolean;
      /** @description BCP 47. Found out when left out. */
      languages?: string[];
      sessionId?: string;
    };
    SuggestCommentScoreResponse: {
      clientToken?: string;
      detectedLanguages: string[];
      requestedLanguages: string[];
    };
    SuggestionAnswer: {
      /** @description The threshold that counts; null: none. */
      current: number | null;
      /** @description Below a `hold`: what people refuse. From a `reject` on: what people publish. */
      error: components['schemas']['EstimateAnswer'];
      /** @enum {string} */
      kind: 'hold' | 'reject';
      /**
       * @description `enough`: the whole interval is within the wanted error; `not-enough`: too few are judged to say; `none`: no threshold gives it.
       * @enum {string}
       */
      state: 'enough' | 'not-enough' | 'none';
      threshold: number | null;
      wantedError: number;
    };
    TeamAnswer: {
      /** @description Owners first, then by name; everybody. */
      items: components['schemas']['TeamMember'][];
      /** @description Sections of the site's stories, in the order of the alphabet: what roles can be limited to. */
      sections: string[];
    };
    TeamMember: {
      email: string | null;
      /** @description The role holds on every site, and is not changed here. */
      everywhere: boolean;
      hasSecondFactor: boolean;
      /** Format: uuid */
      id: string;
      /**
       * Format: date-time
       * @description Until when an open invitation’s link works.
       */
      invitedUntil: string | null;
      name: string;
      role: components['schemas']['ModeratorRole'];
      /** @description The sections that the role is limited to, in the order of the alphabet. Null: the whole site. */
      sections: string[] | null;
      /**
       * Format: date-time
       * @description Last seen, over all sites; null: never, or signed out.
       */
      seenAt: string | null;
      /**
       * Format: date-time
       * @description Since when on this site.
       */
      since: string;
      /** @enum {string} */
      state: 'invited' | 'active';
    };
    TeamRules: {
      /** @description Everybody in the team gives a second factor when signing in; who has none can do nothing here until it is set up. */
      secondFactor: boolean;
    };
    TestAnswer: {
      /** Format: uuid */
      endpointId: string;
      type: string;
    };
    TextCount: {
      /** @description Where the label applies. */
      positives: number;
      texts: number;
    };
    TextEntry: {
      /** @description At most 20,480 bytes of UTF-8. */
      text?: string;
      /**
       * @description Plain text, when left out.
       * @enum {string}
       */
      type?: 'TEXT_TYPE_UNSPECIFIED' | 'PLAIN_TEXT' | 'HTML';
    };
    Thread: {
      /** @description What stands beside names instead of the name of their tier, by tier key. */
      badges?: {
        [key: string]: string;
      };
      /** @description Without a token the signed-out reader's. */
      gate: components['schemas']['GateAnswer'];
      items: components['schemas']['ThreadItem'][];
      limits: components['schemas']['ThreadLimits'];
      next: string | null;
      /** @description Editors' picks: see `GET …/picks`. */
      picks: number;
      /** @description What stands first, on the first page only; in `items` it has its place besides. */
      pinned: components['schemas']['ThreadItem'] | null;
      /** @description The kinds that there are here, in their order. */
      reactions: string[];
      story: components['schemas']['ThreadStory'];
      /** @description Published comments and replies. */
      total: number;
    };
    ThreadItem: {
      /** @description For its author: where their appeal stands. */
      appeal?: components['schemas']['AppealSummary'];
      /** @description Null, as body and html, for a removed or deleted comment that stands over visible replies. */
      author: components['schemas']['Author'] | null;
      /** @description As written. */
      body: string | null;
      /** Format: date-time */
      createdAt: string;
      /** Format: date-time */
      editedAt: string | null;
      /** @description Made and sanitised by the server. */
      html: string | null;
      /** Format: uuid */
      id: string;
      /** Format: uuid */
      parentId: string | null;
      /** @description Among the editors' picks. */
      picked: boolean;
      /** @description Stands first under its story. */
      pinned: boolean;
      /** Format: date-time */
      publishedAt: string | null;
      /** @description Tallies by kind. */
      reactions: {
        [key: string]: number;
      };
      /** @description For its author, while it is held and after a rejection or removal: why, and what they can do, in the language of the page it was written on. */
      reason?: string | null;
      /** @description The first three, oldest first. */
      replies: components['schemas']['CommentList'];
      /** @description Visible replies at any depth. */
      replyCount: number;
      revision: number;
      /** @enum {string} */
      status: 'pending' | 'published' | 'held' | 'rejected' | 'removed' | 'deleted';
      /** Format: uuid */
      storyId: string;
      /** @description With a token. */
      viewer?: components['schemas']['Viewer'];
    };
    ThreadLimits: {
      /** @description Of a comment, in user-perceived characters. */
      bodyChars: number;
      /** @description How long after posting an author may edit or delete. */
      editSeconds: number;
      /** @description Whether `POST …/notice` tells readers that a text will probably be held. */
      notice: boolean;
    };
    ThreadStory: {
      /** Format: uuid */
      id: string;
      key: string;
      /** @enum {string} */
      state: 'open' | 'closed';
      title: string;
      topics: components['schemas']['TopicBody'][];
      /** Format: uri */
      url: string;
    };
    ThresholdAnswer: {
      hold: number;
      reject?: number;
    };
    ThresholdPatch: {
      /** @description Held from this score; null: never. */
      hold?: number | null;
      /** @description Rejected from this score, which is at least `hold`; null: never. */
      reject?: number | null;
    };
    ThresholdsPatch: {
      bannedWords?: components['schemas']['ThresholdPatch'] | null;
      flood?: components['schemas']['ThresholdPatch'] | null;
      identityAttack?: components['schemas']['ThresholdPatch'] | null;
      insult?: components['schemas']['ThresholdPatch'] | null;
      links?: components['schemas']['ThresholdPatch'] | null;
      offLanguage?: components['schemas']['ThresholdPatch'] | null;
      personalData?: components['schemas']['ThresholdPatch'] | null;
      profanity?: components['schemas']['ThresholdPatch'] | null;
      repeat?: components['schemas']['ThresholdPatch'] | null;
      severeToxicity?: components['schemas']['ThresholdPatch'] | null;
      sexual?: components['schemas']['ThresholdPatch'] | null;
      shouting?: components['schemas']['ThresholdPatch'] | null;
      spam?: components['schemas']['ThresholdPatch'] | null;
      suspectWords?: components['schemas']['ThresholdPatch'] | null;
      threat?: components['schemas']['ThresholdPatch'] | null;
      toxicity?: components['schemas']['ThresholdPatch'] | null;
    };
    TierAnswer: {
      /** @description Shown beside the names of its readers. */
      badge: string | null;
      /** @example insider-gold */
      key: string;
      /** @example Insider Gold */
      name: string;
      /**
       * @description A higher rank includes what a lower one may.
       * @example 30
       */
      rank: number;
      /**
       * Format: uri
       * @description Where a reader gets this tier.
       */
      upgradeUrl: string | null;
    };
    TierBody: {
      /** @description Shown beside the names of its readers. */
      badge?: string | null;
      /** @example insider-gold */
      key: string;
      /** @example Insider Gold */
      name: string;
      /**
       * @description A higher rank includes what a lower one may.
       * @example 30
       */
      rank: number;
      /**
       * Format: uri
       * @description Where a reader gets this tier.
       */
      upgradeUrl?: string | null;
    };
    TierNameAnswer: {
      key: string;
      name: string;
    };
    TierUse: {
      /** @description What names it there: actions of the gate, `quotas`, `tiers`; the billing system's plans. */
      as: string[];
      /** @description The tier cannot go before this is changed. */
      blocks: boolean;
      /** @description The story's title, the override's or organisation's name, the billing system; null: the site's own. */
      name: string | null;
      /** @enum {string} */
      where: 'policy' | 'story' | 'override' | 'billing' | 'look-up' | 'organisation';
    };
    TierUses: {
      items: components['schemas']['TierUse'][];
      /** @description Readers to whom it is told and counts; 1000: that many or more. */
      readers: number;
    };
    TokenCheckAnswer: {
      problems: components['schemas']['TokenProblemAnswer'][];
      /** @description Left out where the token is not valid. */
      reader?: components['schemas']['TokenReader'];
      /** @description The tier that counts now, by the token and by entitlements; null: none. */
      tier?: components['schemas']['TierNameAnswer'] | null;
      /** @description Whether it signs its reader in. Some problems do not keep it from that. */
      valid: boolean;
    };
    TokenCheckRequest: {
      /** @description As the reader’s page sends it, without "Bearer". */
      token: string;
    };
    TokenProblemAnswer: {
      /** @description What is wrong: `exp`, `aud`, `alg`, `signature`, `token` for the whole of it … */
      claim: string;
      /**
       * @description For programs.
       * @example in-milliseconds
       */
      code: string;
      /** @description The reason and the remedy. */
      message: string;
    };
    TokenReader: {
      email: string | null;
      /** @description The token’s `sub`. */
      key: string;
      /** @description As others see it. */
      name: string;
      /** @description Null: none that can be shown; it must begin with https. */
      picture: string | null;
    };
    TopicAnswer: {
      /** @description The latest five on its stories, of those that the reader may read. */
      comments: components['schemas']['LatestComment'][];
      /** @description What the publisher tells of it, in its order. */
      facts: components['schemas']['TopicFact'][];
      /** @example ACME */
      key: string;
      /** @example Acme Corporation */
      name: string;
      /** @description The latest five. */
      stories: components['schemas']['FoundStory'][];
      storyCount: number;
      /** @example ticker */
      type: string;
      /**
       * Format: uri
       * @description Where the publisher writes about it.
       */
      url: string | null;
    };
    TopicBody: {
      /** @example ACME */
      key: string;
      /** @example Acme Corporation */
      name: string;
      /** @example ticker */
      type: string;
    };
    TopicDetailsAnswer: {
      facts: components['schemas']['TopicFact'][];
      /** @example ACME */
      key: string;
      name: string;
      /** @example company */
      type: string;
      /** Format: uri */
      url: string | null;
    };
    TopicDetailsBody: {
      /** @description What readers are shown of it, in this order. */
      facts?: components['schemas']['TopicFact'][];
      /** @example Acme Corporation */
      name: string;
      /**
       * Format: uri
       * @description Where the publisher writes about it.
       */
      url?: string | null;
    };
    TopicFact: {
      /** @example Last price */
      label: string;
      /** @example 182.40 (−6.1%) */
      value: string;
    };
    TopicRef: {
      /** @example ACME */
      key: string;
      /** @example company */
      type: string;
    };
    TrainingExample: {
      /** Format: uuid */
      commentId: string;
      /** Format: date-time */
      decidedAt: string;
      /** Format: uuid */
      decisionId: string;
      /** @description How the text begins. */
      excerpt: string;
      /** @description The labels that it counts for. What was let through counts against all. */
      labels: string[];
      /** @description The code of the reason that was given. */
      reason: string | null;
      /** @description Rejected or removed; otherwise it was let through. */
      refused: boolean;
      /**
       * @description `held-out`: heads are measured on it and never trained; `none`: its reason says nothing of the text, or the model does not read its language.
       * @enum {string}
       */
      use: 'trained' | 'held-out' | 'none';
    };
    TrainingExamplePage: {
      items: components['schemas']['TrainingExample'][];
      next: string | null;
    };
    TrainingQueued: {
      /**
       * @description What came of it is in `lastTraining`.
       * @enum {string}
       */
      status: 'queued';
    };
    UndoAnswer: {
      /** Format: uuid */
      commentId: string;
      /**
       * Format: uuid
       * @description The reversing decision.
       */
      decisionId: string;
      /** @enum {string} */
      status: 'pending' | 'published' | 'held' | 'rejected' | 'removed' | 'deleted';
    };
    UnreadAnswer: {
      unread: number;
    };
    UnreadLanguages: {
      /** @enum {string} */
      mode: 'error' | 'score';
      /** @description With mode `score` only. */
      value?: number;
    };
    VerdictCell: {
      comments: number;
      /**
       * @description What the draft decides.
       * @enum {string}
       */
      draft: 'publish' | 'hold' | 'reject';
      /**
       * @description What the policy that counts decides.
       * @enum {string}
       */
      live: 'publish' | 'hold' | 'reject';
      /**
       * @description What people decided; null: nobody did.
       * @enum {string|null}
       */
      people: 'publish' | 'refuse' | null;
    };
    Viewer: {
      canDelete: boolean;
      canEdit: boolean;
      flagged: boolean;
      /** @description There, and true, where the reader ignores its author. */
      ignored?: boolean;
      mine: boolean;
      reactions: string[];
    };
    WaitingNow: {
      /** @description Counted up to 10,000, as the lists are. */
      count: number;
      /**
       * Format: date-time
       * @description Half of them wait since then or longer; of more, of the 10,000 oldest.
       */
      median: string | null;
      /**
       * Format: date-time
       * @description The oldest waits since then.
       */
      oldest: string | null;
      /** @enum {string} */
      state: 'held' | 'flagged' | 'appealed' | 'escalated';
    };
    WaitingQuality: {
      decisions: number;
      /** @description Seconds. */
      p50: number | null;
      /** @description Seconds. */
      p95: number | null;
    };
    WordFind: {
      entry: string;
      /** @description [start, end), UTF-16 offsets into the text. */
      spans: [number, number][];
    };
    WordListPreviewAnswer: {
      entries: components['schemas']['EntryMatchesAnswer'][];
      /**
       * Format: date-time
       * @description Those since then.
       */
      since: string;
      /** @description Comments that were looked at, at most 10,000. */
      tried: number;
    };
    WordListPreviewRequest: {
      entries: string[];
    };
    WordLists: {
      /** @description A comment with one of these is rejected. */
      banned: string[];
      /** @description A comment with one of these is held. */
      suspect: string[];
    };
    WordListsPatch: {
      /** @description A comment with one of these is rejected. */
      banned?: string[] | null;
      /** @description A comment with one of these is held. */
      suspect?: string[] | null;
    };
    WordTestAnswer: {
      /** @description Entries that stand in the text. */
      found: components['schemas']['WordFind'][];
    };
    WordTestRequest: {
      /** @description Words or phrases, with * for any letters. */
      entries: string[];
      text: string;
    };
  };
  responses: never;
  parameters: never;
  requestBodies: never;
  headers: never;
  pathItems: never;
}
