/* Written by `npm run types` from the OpenAPI description. Names for these: api-types.ts. */

export interface components {
  schemas: {
    AccountRequest: {
      email: string;
      name: string;
      /** @description At least 12 characters. */
      password: string;
    };
    AccountSession: {
      /** @description The browser's `User-Agent`. */
      agent: string | null;
      /** Format: date-time */
      createdAt: string;
      /** @description Whether this is the session of the request. */
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
      /** @description Sources that each grant the tier on their own. */
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
      agreementRate: components['schemas']['EstimateAnswer'];
      /** @description Cohen’s kappa; null: fewer than 20 pairs, or all answers are the same. */
      kappa: number | null;
      pairs: number;
    };
    AgreementQuality: {
      /** @description Agreement of a second opinion with the colleague’s later decision. */
      opinions: components['schemas']['AgreementAnswer'];
      /** @description Agreement of two reviews of the same sample. */
      samples: components['schemas']['AgreementAnswer'];
    };
    AnalyzeCommentRequest: {
      /** @description Returned in the response. */
      clientToken?: string;
      comment: components['schemas']['TextEntry'];
      /** @description A site's id assigns a suggestion to that site. */
      communityId?: string;
      /** @description Accepted but ignored. */
      context?: components['schemas']['CommentContext'];
      /** @description Analyzed texts are never stored. Suggestions are stored unless this is true. */
      doNotStore?: boolean;
      /** @description If true, attributes that are not scored in the language are omitted instead of causing an error. */
      dropUnsupportedAttributes?: boolean;
      /** @description BCP 47. Detected if omitted. */
      languages?: string[];
      /** @description By attribute: TOXICITY, SEVERE_TOXICITY, INSULT, PROFANITY, THREAT, IDENTITY_ATTACK, SEXUALLY_EXPLICIT, SPAM. */
      requestedAttributes: {
        [key: string]: components['schemas']['AttributeParameters'];
      };
      sessionId?: string;
      /** @description If true, spans mark the parts that caused the score instead of the whole text. */
      spanAnnotations?: boolean;
    };
    AnalyzeCommentResponse: {
      attributeScores: {
        [key: string]: components['schemas']['AttributeScores'];
      };
      clientToken?: string;
      /** @description Most likely first. */
      detectedLanguages: string[];
      /** @description Languages that were used for scoring. */
      languages: string[];
    };
    AnalyzerScore: {
      /** @enum {string} */
      type?: 'SCORE_TYPE_UNSPECIFIED' | 'PROBABILITY' | 'STD_DEV_SCORE' | 'PERCENTILE' | 'RAW';
      value?: number;
    };
    AppCode: {
      /** @description The code that the app shows now: six digits. */
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
      /** @description Share overturned among decided appeals against moderators. */
      ofPeople: components['schemas']['EstimateAnswer'];
      /** @description Share overturned among decided appeals against rules. */
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
      /** @description Why the comment should be reviewed again. */
      text: string;
    };
    AppealSummary: {
      /** Format: date-time */
      createdAt: string;
      /**
       * @description `upheld`: the decision remains in effect; `overturned`: the comment was restored.
       * @enum {string}
       */
      state: 'open' | 'upheld' | 'overturned';
    };
    AppSecret: {
      /** @description Secret in Base32, to be typed into the app. */
      secret: string;
      /** @description The secret as an `otpauth:` URL, to be shown as a QR code. */
      uri: string;
    };
    ArticleAndParentComment: {
      article?: components['schemas']['TextEntry'];
      parentComment?: components['schemas']['TextEntry'];
    };
    AttemptAnswer: {
      /** @description The first 4 kB of the response. */
      answer: string | null;
      durationMs: number;
      error: string | null;
      number: number;
      /** Format: date-time */
      startedAt: string;
      /** @description The HTTP status; null if there was no response. */
      status: number | null;
    };
    AttributeParameters: {
      /** @description Lower scores are omitted from the response. */
      scoreThreshold?: number;
      /**
       * @description Only probabilities are available.
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
      /** @description The name at the time of the action. */
      name?: string;
      /** @description The ID of the request that caused the action, as returned in its `x-request-id` header. */
      request?: string;
    };
    AuditEntryAnswer: {
      /** @description The action, such as `comment.reject` or `policy.changed`. */
      action: string;
      actor: components['schemas']['AuditActor'];
      /** Format: date-time */
      at: string;
      /** @description Further details. For a change: the old and new value of each field. For secrets: only that they changed. */
      details: {
        [key: string]: unknown;
      };
      /** @description SHA-256 of the hash of the entry before it, its position and its content, in hex. */
      hash: string;
      /** @description The policy version in effect at the time. */
      policyVersion: number | null;
      /** @description The position in the site’s audit chain, starting at 1. */
      position: number;
      /** @description One of the site’s reason codes, or free text. */
      reason: string | null;
      subject: components['schemas']['AuditSubject'];
    };
    AuditPage: {
      /** @description Newest first. */
      items: components['schemas']['AuditEntryAnswer'][];
      /** @description Cursor of the next page; null on the last page. */
      next: string | null;
    };
    AuditSubject: {
      id: string;
      kind: string;
    };
    AuditVerification: {
      broken: components['schemas']['BrokenEntryAnswer'] | null;
      /** @description The hash of the last intact entry. Store it elsewhere to prove later that no entry up to this one was changed. */
      head: string;
      intact: boolean;
      /** @description The number of entries checked and found intact. */
      length: number;
    };
    Author: {
      /**
       * Format: uuid
       * @description Postbag's id of the reader, not the token's `sub`.
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
      /** @description The beginning of the comment. */
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
      /** @description The language of these emails: af, ar, de, en, es, fr, nl or pt. For any other language they are in English. */
      language: string;
      /** @description Whether the authors of stories (`authorEmails`) get emails about new comments. */
      tell: boolean;
    };
    AuthorHistory: {
      /** @description Comments with at least one flag. */
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
       * @description When the last email was written.
       */
      lastEmailAt: string | null;
      /**
       * Format: date-time
       * @description When the next email is due; null: there are no new comments.
       */
      nextEmailAt: string | null;
      /** @description The site's policy setting `authors.tell`. */
      tell: boolean;
    };
    AuthorsPatch: {
      /** @description The language of these emails: af, ar, de, en, es, fr, nl or pt. For any other language they are in English. */
      language?: string | null;
      /** @description Whether the authors of stories (`authorEmails`) get emails about new comments. */
      tell?: boolean | null;
    };
    AuthorsRequest: {
      /** @description Email addresses. They replace the previous ones. */
      emails: string[];
    };
    BillingIntegrationAnswer: {
      apiUrl: string | null;
      graceDays: number;
      hasApiKey: boolean;
      mapping: components['schemas']['JsonMapping'] | null;
      /**
       * Format: date-time
       * @description Time until which the previous secret is still accepted.
       */
      previousSecretValidUntil: string | null;
      provider: string;
      /** @description JSON pointer to the reader's key in a webhook; null for the provider's usual location. */
      reader: string | null;
      tiers: {
        [key: string]: string;
      };
      /** Format: date-time */
      updatedAt: string;
      /** @description URL to which the provider sends its webhooks. */
      url: string;
    };
    BillingIntegrationBody: {
      /** @description Key for the provider's API (Recurly). If absent, it stays unchanged. */
      apiKey?: string;
      /**
       * Format: uri
       * @description URL of the provider's API, if it is not the usual one.
       */
      apiUrl?: string | null;
      /** @description Grace period in days after a failed payment, used if the provider gives no end. Defaults to 0. */
      graceDays?: number;
      /** @description How to read a webhook; only for provider `json`. */
      mapping?: components['schemas']['JsonMapping'] | null;
      /**
       * @description JSON pointer to the reader's key in a webhook. Defaults to the provider's usual location.
       * @example /data/object/metadata/readerKey
       */
      reader?: string | null;
      /** @description The secret that signs the webhooks, or name:password for providers that send a credential. The previous secret stays valid for another 24 hours, so that no webhook is lost during a rotation. Leave it out to keep the current secret. */
      secret?: string;
      /** @description Maps the provider's prices, plans or products to keys of your tiers. */
      tiers?: {
        [key: string]: string;
      };
    };
    BillingIntegrationList: {
      /** @description Integrations, sorted by name. */
      items: components['schemas']['BillingIntegrationAnswer'][];
    };
    BillingWebhookLogEntry: {
      /** @description The body as received. */
      body: string | null;
      /** @description Human-readable explanation. */
      detail: string | null;
      entitlementKey: string | null;
      /** Format: uuid */
      id: string;
      /** @description Whether the body is stored. Bodies of unauthenticated webhooks and of forgotten readers are not. */
      isReplayable: boolean;
      /** @description The provider's message id, or a hash of the body. */
      messageId: string | null;
      /** @enum {string} */
      outcome: 'applied' | 'unchanged' | 'duplicate' | 'older' | 'ignored' | 'unmapped' | 'refused';
      readerKey: string | null;
      /** @description Machine-readable reason why the webhook was refused, not mapped or ignored. */
      reason: string | null;
      /** Format: date-time */
      receivedAt: string;
      /** Format: uuid */
      replayOf: string | null;
    };
    BillingWebhookLogLine: {
      /** @description Human-readable explanation. */
      detail: string | null;
      entitlementKey: string | null;
      /** Format: uuid */
      id: string;
      /** @description Whether the body is stored. Bodies of unauthenticated webhooks and of forgotten readers are not. */
      isReplayable: boolean;
      /** @description The provider's message id, or a hash of the body. */
      messageId: string | null;
      /** @enum {string} */
      outcome: 'applied' | 'unchanged' | 'duplicate' | 'older' | 'ignored' | 'unmapped' | 'refused';
      readerKey: string | null;
      /** @description Machine-readable reason why the webhook was refused, not mapped or ignored. */
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
       * @description `unmapped`: accepted and logged, but the settings do not identify the reader or the tier; can be replayed later.
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
    BrigadeAnswer: {
      /** @description Number of their comments. */
      comments: number;
      /**
       * Format: date-time
       * @description If it was dismissed: nothing is held for it until then.
       */
      dismissedUntil: string | null;
      /** @description Comments that are held. */
      held: number;
      /**
       * Format: uuid
       * @description Also the value of the filter `brigade` of the queue.
       */
      id: string;
      /**
       * @description `text`: nearly the same text, on any stories.
       * @enum {string}
       */
      kind: 'story' | 'text';
      /**
       * Format: date-time
       * @description Time of the latest comment.
       */
      lastAt: string;
      /** @description Length of the window in which it was noticed, in minutes. */
      minutes: number;
      /** @description Comments that were published before the group was noticed, or by a moderator. */
      published: number;
      /** @description Number of new accounts. */
      readers: number;
      /** Format: uuid */
      site: string;
      /**
       * Format: date-time
       * @description Time of the first comment.
       */
      startedAt: string;
      /** @description Number of stories that the comments are on. */
      stories: number;
      /** @description Null if the comments are on several stories. */
      story: components['schemas']['BrigadeStory'] | null;
      /** @description Strict mode of the story, if it is set. */
      strict: components['schemas']['BrigadeStrictMode'] | null;
    };
    BrigadesAnswer: {
      /** @description Newest first: groups of the last 6 hours that were not dismissed, and have comments that wait or were noticed in the last 30 minutes. At most 20 per site. */
      items: components['schemas']['BrigadeAnswer'][];
    };
    BrigadeStory: {
      /** Format: uuid */
      id: string;
      /** @description The publisher's id of the story. */
      key: string;
      title: string;
    };
    BrigadeStrictMode: {
      /**
       * Format: date-time
       * @description When strict mode ends; null: not automatically.
       */
      until: string | null;
    };
    BrigadingPatch: {
      /** @description The length of the window, in minutes. */
      minutes?: number | null;
      /**
       * @description `hold` holds comments of new accounts while there are unusually many of them; `off` does not.
       * @enum {string|null}
       */
      mode?: 'off' | 'hold' | null;
      /** @description The number of new accounts that comment on one story within the window. */
      newReaders?: number | null;
      /** @description The number of new accounts that post nearly the same text within the window. */
      sameText?: number | null;
    };
    BrigadingRules: {
      /** @description The length of the window, in minutes. */
      minutes: number;
      /**
       * @description `hold` holds comments of new accounts while there are unusually many of them; `off` does not.
       * @enum {string}
       */
      mode: 'off' | 'hold';
      /** @description The number of new accounts that comment on one story within the window. */
      newReaders: number;
      /** @description The number of new accounts that post nearly the same text within the window. */
      sameText: number;
    };
    BrokenEntryAnswer: {
      /** @description The first entry that was altered or is missing. */
      position: number;
      /** @description What is wrong with the entry, for example `is missing`. */
      why: string;
    };
    BulkComment: {
      /** Format: uuid */
      commentId: string;
      /** @description The revision that was read. */
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
       * @description It can be undone until this time and is applied afterwards.
       */
      dueAt: string;
      /** Format: date-time */
      endedAt: string | null;
      /** Format: uuid */
      id: string;
      reason: string | null;
      /** @description Number of skipped comments by the code of the problem. */
      skipped: {
        [key: string]: number;
      };
      /**
       * @description `waiting`: not applied yet, and it can still be undone.
       * @enum {string}
       */
      state: 'waiting' | 'applying' | 'done' | 'undone';
      total: number;
    };
    BulkDecisionRequest: {
      /** @enum {string} */
      action: 'approve' | 'reject' | 'remove' | 'restore' | 'escalate';
      /** @description The selected comments. If omitted, send `list`. */
      comments?: components['schemas']['BulkComment'][];
      /** @description A whole list, up to 10,000 comments. */
      list?: components['schemas']['BulkList'];
      /** @description Visible to moderators only. */
      note?: string;
      /** @description Code of one of the site's reasons. Authors see the reason's text. */
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
      /** @description An outcome of external scorers, or `language` (not supported), `no-score` (the response lacks a score for one of the compared labels), `not-asked`, `away` (a model that is missing or did not respond), `gone` (the scorer was removed). */
      why: string;
    };
    CalibrationAdoption: {
      /** @description Labels whose thresholds to adopt. Defaults to all thresholds that were found and are not uncertain. */
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
      /** @description One per tenth of the scale. */
      bins: components['schemas']['CalibrationBinAnswer'][];
      /** @description Texts that a rule held and people decided. */
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
      /** @description Sampled texts that people reviewed. */
      sampled: number;
      /** Format: date-time */
      since: string;
      suggestions: components['schemas']['SuggestionAnswer'][];
    };
    CalibrationBinAnswer: {
      from: number;
      /** @description Share refused by people among texts with such a score. */
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
       * @description What moderators decided.
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
      /** @description Comments that both scored. */
      comments: number;
      /** @description Of these, the number that the first scorer holds. */
      held: number;
      /** @description The score from which the first scorer holds a comment. */
      heldFrom: number;
      /** @description True if there are too few comments to rely on the result: fewer than 300 in total, fewer than 30 that either scorer holds, or fewer than 30 that the first scorer does not hold. */
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
      /** @description 95 % confidence interval of that threshold, from the sample size. */
      range: number[] | null;
      /** @description The threshold at which the second scorer holds the same share; null if the first held none. */
      threshold: number | null;
    };
    CalibrationScorer: {
      /** @description The same format as in `from` and `to`. */
      id: string;
      /** @description Labels that it scores or may score. */
      labels: string[];
      /** @description Display name. */
      name: string;
    };
    ChangeEndpoint: {
      /** @enum {string} */
      body?: 'thin' | 'full';
      /** @description Whether deliveries also carry an Ed25519 signature. */
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
        | 'story.brigading_detected'
        | '*'
        | 'webhook.test'
      )[];
      /**
       * @description Enabling an endpoint resumes its undelivered events.
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
      /** @description Human decisions that say something about the text; only the latest 20,000 are used. */
      decisions: number;
      /** @description By label, including all labels. */
      labels: {
        [key: string]: components['schemas']['LabelExampleCounts'];
      };
      /** @description Approximate number of positives, and of negatives, that a label needs before it is trained: 30 for training and 8 held out, as one text in five is. */
      needed: number;
      /** @description Scores suggested by external clients. */
      suggested: number;
    };
    Comment: {
      /** @description Only for the author: the state of their appeal. */
      appeal?: components['schemas']['AppealSummary'];
      /** @description Null, like `body` and `html`, for a removed or deleted comment that is listed only because it has visible replies. */
      author: components['schemas']['Author'] | null;
      /** @description The text as written. */
      body: string | null;
      /** Format: date-time */
      createdAt: string;
      /** Format: date-time */
      editedAt: string | null;
      /** @description The text rendered and sanitised by the server. */
      html: string | null;
      /** Format: uuid */
      id: string;
      /** Format: uuid */
      parentId: string | null;
      /** @description True if the comment is an editors' pick. */
      picked: boolean;
      /** @description True if the comment is pinned to the top of its story. */
      pinned: boolean;
      /** Format: date-time */
      publishedAt: string | null;
      /** @description Number of reactions of each kind. */
      reactions: {
        [key: string]: number;
      };
      /** @description Only for the author, while the comment is held or after it was rejected or removed: the reason and what the author can do, in the language of the page on which the comment was written. */
      reason?: string | null;
      /** @description Number of visible replies at any depth. */
      replyCount: number;
      revision: number;
      /** @enum {string} */
      status: 'pending' | 'published' | 'held' | 'rejected' | 'removed' | 'deleted';
      /** Format: uuid */
      storyId: string;
      /** @description Only present if the request has a reader's token. */
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
       * @description Why the caller may not decide about it: the problem code that a decision would be refused with. Null if they may.
       * @enum {string|null}
       */
      barred: 'own-decision' | 'strict-story' | null;
      /** @description Moderators who have the comment open. The first one holds the claim, so nobody else can decide in the meantime. */
      claimants: components['schemas']['Person'][];
      comment: components['schemas']['Comment'];
      decisions: components['schemas']['DecisionAnswer'][];
      /** @description Hosts in the current text, linked or only mentioned, that imitate another host or hide where they lead. At most 20. */
      doubtfulHosts: components['schemas']['DoubtfulHostAnswer'][];
      events: components['schemas']['CommentEvent'][];
      /** @description Results of external scorers for the current text. */
      externalAnswers: components['schemas']['ExternalAnswer'][];
      flagItems: components['schemas']['FlagAnswer'][];
      flags: components['schemas']['OpenFlags'];
      /** @description Slurs and the foulest words of the text beside it, [start, end), UTF-16 offsets: for readers who want them hidden until they ask. */
      hidden: [number, number][];
      /** @description Language of the text as detected by scoring: ISO 639-1, or `und`. */
      language: string | null;
      lastDecision: components['schemas']['LastDecision'] | null;
      /** @description Opinions on this revision. The first moderator asked for a second opinion. */
      opinions: components['schemas']['OpinionAnswer'][];
      /** @description Language of the page it was written on, ISO 639-1. The author sees reasons in this language. Null if unknown. */
      pageLanguage: string | null;
      parent: components['schemas']['QueueParent'] | null;
      revisions: components['schemas']['RevisionAnswer'][];
      /** @description The rule that decided last. */
      rule: components['schemas']['RuleAnswer'] | null;
      /** @description Scores by label. */
      scores: {
        [key: string]: components['schemas']['ScoreAnswer'];
      };
      story: components['schemas']['QueueStory'];
      /** @description By label, from the current effective policy. */
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
      /** @description The six-digit code that the app shows. If the account has a second factor, this or `recoveryCode` is required. */
      code?: string;
      /** @description The browser’s response to a `passkey-challenge`. No other credential is needed. */
      passkey?: {
        [key: string]: unknown;
      };
      password?: string;
      /** @description One of the recovery codes saved in case the app is lost; each works once. */
      recoveryCode?: string;
    };
    ConsoleSettings: {
      /** @description Blur slurs until the moderator reveals them. */
      blurSlurs: boolean;
      /** @description Show the console without colour. */
      greyScale: boolean;
      /** @description Suggest a break after this many minutes; null: never. */
      pauseAfterMinutes: number | null;
      /** @description After this many severe comments in a row, show a milder one next, if there is one; null: never. */
      severeInARow: number | null;
    };
    ConversationAnswer: {
      /** @description The comment, its ancestors, and the replies to any of these, oldest first. */
      items: components['schemas']['ConversationCommentAnswer'][];
    };
    ConversationCommentAnswer: {
      author: components['schemas']['Person'] | null;
      /** @description Null if the author deleted it. */
      body: string | null;
      /** Format: date-time */
      createdAt: string;
      /** @description 0 for a top-level comment. */
      depth: number;
      /** @description Slurs and the foulest words of the text beside it, [start, end), UTF-16 offsets: for readers who want them hidden until they ask. */
      hidden: [number, number][];
      /** Format: uuid */
      id: string;
      /** Format: uuid */
      parentId: string | null;
      /** @enum {string} */
      status: 'pending' | 'published' | 'held' | 'rejected' | 'removed' | 'deleted';
      /** @description The staff member who wrote it as the publication. */
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
      /** @description The scores, expressed as the two flags that Coral accepts. */
      actions: components['schemas']['CoralFlag'][];
      /** @description The reason for the decision. Coral ignores it. */
      reason: components['schemas']['CoralReasonAnswer'];
      /**
       * @description If omitted, Coral applies its own rules. SYSTEM_WITHHELD: the comment waits for a moderator.
       * @enum {string}
       */
      status?: 'REJECTED' | 'SYSTEM_WITHHELD';
      /** @description Never sent. Coral accepts only these two tags, and neither can express a reason. */
      tags?: ('FEATURED' | 'STAFF')[];
    };
    CoralPhaseAnswer: {
      /** @description Every request gets its response within this many milliseconds of its arrival. */
      answerWithinMs: number;
      /**
       * @description The decision in that response.
       * @enum {string|null}
       */
      lastAnswer: 'publish' | 'hold' | 'reject' | null;
      /**
       * Format: date-time
       * @description When the last request got its response, accurate to five seconds.
       */
      lastAnswerAt: string | null;
      /** @description What went wrong then. */
      lastFailure: string | null;
      /**
       * Format: date-time
       * @description When the last request was rejected, or its comment held because something failed.
       */
      lastFailureAt: string | null;
      /** @description The rule behind that decision. */
      lastRule: string | null;
      /**
       * Format: date-time
       * @description The previous secret is still accepted until this time.
       */
      previousSecretValidUntil: string | null;
      /** @description The phase's timeout in milliseconds, as set in Coral. */
      timeoutMs: number;
      /** Format: date-time */
      updatedAt: string;
      /**
       * Format: uri
       * @description The callback URL to enter in Coral.
       */
      url: string;
    };
    CoralPhaseBody: {
      /** @description The signing secret that Coral shows for the phase. Required the first time. It replaces the previous secret, which stays valid for another 24 hours. */
      secret?: string;
      /** @description The phase's timeout in milliseconds, as set in Coral. Defaults to 200, Coral's own default. */
      timeoutMs?: number;
    };
    CoralReasonAnswer: {
      /** @description The rule that decided, as in decisions about Postbag’s own comments. */
      rule: string;
      /** @description The rule in words. */
      text: string;
    };
    CoralStoryAnswer: {
      /** @description Number of published comments and replies. */
      count: number;
      /** @description The story's key. */
      key: string;
      /**
       * Format: uuid
       * @description The site that the page belongs to.
       */
      site: string;
      url: string;
    };
    Counts: {
      /** @description Number of published comments and replies, by story key. */
      counts: {
        [key: string]: number;
      };
    };
    CreateEndpoint: {
      /**
       * @description full: includes body, html, author and scores, except for comments that their author deleted. Default: thin.
       * @enum {string}
       */
      body?: 'thin' | 'full';
      /** @description Whether deliveries also carry an Ed25519 signature (`v1a`), for receivers that should not hold a secret. */
      ed25519?: boolean;
      /** @description Event types, or "*" for all. */
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
        | 'story.brigading_detected'
        | '*'
        | 'webhook.test'
      )[];
      /**
       * Format: uri
       * @description The address that receives deliveries. It must be https and public, unless OUTBOUND_ALLOW permits others.
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
       * @description Null if the decision was imported from another product.
       */
      id: string | null;
      /** @description For an imported decision it includes the product: `Jane Doe (Coral)`. */
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
      /** @description The text that the author was shown, as it was at the time. */
      reasonText: string | null;
      /**
       * Format: uuid
       * @description The decision that this one undoes.
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
      /** @description Visible to moderators only. */
      note?: string;
      /** @description Code of one of the site's reasons. The author sees the reason's text. */
      reason?: string;
      /** @description The revision that was read. */
      revision: number;
    };
    DecisionsAnswer: {
      /** @description Results in the order of the request. */
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
       * @description Null if no deletion was requested.
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
      /** @description The latest 20 attempts, newest first. */
      log: components['schemas']['AttemptAnswer'][];
      /** Format: date-time */
      nextAttemptAt: string | null;
      sequence: number;
      /** @enum {string} */
      status: 'pending' | 'delivered' | 'failed' | 'cancelled';
      /** @description What the event is about. Events of one subject are delivered in order. */
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
      /** @description The latest 20 attempts, newest first. */
      log: components['schemas']['AttemptAnswer'][];
      /** Format: date-time */
      nextAttemptAt: string | null;
      request: components['schemas']['DeliveryRequest'];
      sequence: number;
      /** @enum {string} */
      status: 'pending' | 'delivered' | 'failed' | 'cancelled';
      /** @description What the event is about. Events of one subject are delivered in order. */
      subject: string;
      type: string;
    };
    DeliveryPage: {
      items: components['schemas']['DeliveryAnswer'][];
      next: string | null;
    };
    DeliveryRequest: {
      /** @description The exact bytes that are signed and sent, the same for every attempt. */
      body: string;
      /** @description Without `webhook-timestamp` and `webhook-signature`, which differ for each attempt. */
      headers: {
        [key: string]: string;
      };
      /** @enum {string} */
      method: 'POST';
      /** @description The endpoint’s current address. */
      url: string;
    };
    /** @enum {string} */
    DeliveryStatus: 'pending' | 'delivered' | 'failed' | 'cancelled';
    DifferenceAnswer: {
      /** Format: uuid */
      commentId: string;
      /** @enum {string} */
      draft: 'publish' | 'hold' | 'reject';
      /** @description The rule's text. */
      draftRule: string;
      excerpt: string;
      /** @enum {string} */
      live: 'publish' | 'hold' | 'reject';
      /** @description The rule's text. */
      liveRule?: string;
      /** @enum {string|null} */
      people: 'publish' | 'refuse' | null;
      revision: number;
    };
    DifferencePage: {
      /** @description Newest comment first. A replay stores at most 1,000. */
      items: components['schemas']['DifferenceAnswer'][];
      next: string | null;
    };
    DismissalRequest: {
      /** @description For how many hours nothing is held for this story or text. Defaults to 6. */
      hours?: number;
    };
    DoubtfulHostAnswer: {
      /** @enum {string} */
      doubt: 'look-alike' | 'mixed-scripts' | 'digits' | 'shortened' | 'blocked';
      /** @description Host as in URLs: ASCII, without `www.`. */
      host: string;
      /** @description For `look-alike`: the host that it resembles. */
      like: string | null;
      /** @description Host in readable form. */
      shown: string;
    };
    DraftRequest: {
      /** @description The draft's changes to the effective policy. */
      policy: components['schemas']['PolicyPatch'];
    };
    DraftScore: {
      /** @description Only combinations that occurred. */
      cells: components['schemas']['VerdictCell'][];
      /** @description Comments that the draft decides differently. */
      different: number;
      draft: components['schemas']['ErrorCount'];
      live: components['schemas']['ErrorCount'];
      /** @description Comments skipped because their scoring had failed. */
      unscored: number;
    };
    EditBody: {
      /** @description Plain text with a little Markdown: links, quotes, emphasis, lists. HTML is shown as text. */
      body: string;
    };
    EmailAnswer: {
      /** @description Null if no emails are sent. */
      address: string | null;
      /** @description Whether the address is confirmed. Until then, only the confirmation email is sent there. */
      confirmed: boolean;
      /** @enum {string|null} */
      delivery: 'instant' | 'daily' | 'weekly' | null;
      /** @description Language of the emails, as it was set. */
      language: string | null;
      /** @description The address in the reader’s token, to suggest if the reader has not set one. */
      suggested: string | null;
    };
    EmailBody: {
      /**
       * @description If omitted, the address does not change. A new address receives an email asking to confirm that it belongs to the reader.
       * @example reader@mail.example
       */
      address?: string;
      /**
       * @description One email per notification, or one per day or week with all of them.
       * @enum {string}
       */
      delivery: 'instant' | 'daily' | 'weekly';
      /**
       * @description Language of the emails, as a BCP 47 tag: Afrikaans, Arabic, Dutch, English, French, German, Portuguese or Spanish; any other falls back to English. If omitted, the language does not change; the default is English.
       * @example de
       */
      language?: string;
    };
    EndpointAnswer: {
      /** @enum {string} */
      body: 'thin' | 'full';
      /**
       * @description `open`: the first attempts of ten deliveries in a row failed, and nothing is sent until `openUntil`. `half-open`: the next due delivery is attempted, and a success closes the circuit and sends everything that waits.
       * @enum {string}
       */
      circuit: 'closed' | 'open' | 'half-open';
      /** Format: date-time */
      createdAt: string;
      /** @description Why the endpoint was disabled automatically. */
      disabledReason: string | null;
      events: string[];
      /**
       * Format: date-time
       * @description Start of the period without a successful delivery.
       */
      failingSince: string | null;
      /** Format: uuid */
      id: string;
      /**
       * Format: date-time
       * @description Accurate to the minute.
       */
      lastSuccessAt: string | null;
      /** Format: date-time */
      openUntil: string | null;
      /** @description Ed25519 public keys, newest first; empty if deliveries carry no Ed25519 signature. */
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
       * @description `open`: the first attempts of ten deliveries in a row failed, and nothing is sent until `openUntil`. `half-open`: the next due delivery is attempted, and a success closes the circuit and sends everything that waits.
       * @enum {string}
       */
      circuit: 'closed' | 'open' | 'half-open';
      /** Format: date-time */
      createdAt: string;
      /** @description Why the endpoint was disabled automatically. */
      disabledReason: string | null;
      events: string[];
      /**
       * Format: date-time
       * @description Start of the period without a successful delivery.
       */
      failingSince: string | null;
      /** Format: uuid */
      id: string;
      /**
       * Format: date-time
       * @description Accurate to the minute.
       */
      lastSuccessAt: string | null;
      /** Format: date-time */
      openUntil: string | null;
      /** @description Ed25519 public keys, newest first; empty if deliveries carry no Ed25519 signature. */
      publicKeys: string[];
      /**
       * @description The signing secret. It is shown only once.
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
      /** @description Whether the entitlement is in effect now. */
      counts: boolean;
      /**
       * Format: date-time
       * @description End of the grace period after a failed payment, exclusive.
       */
      graceUntil: string | null;
      /** @description Who granted the entitlement, or the organisation that owns the seat. */
      grantedBy: string | null;
      /** @description Key of the entitlement among the reader's entitlements. */
      key: string;
      /**
       * @description Why the reader has the entitlement. Defaults to `trial` for the status `trialing`, otherwise `subscription`. It does not affect what the entitlement grants.
       * @enum {string}
       */
      kind: 'subscription' | 'trial' | 'gift' | 'seat';
      /** @description The `sub` of the reader's tokens. */
      readerKey: string;
      /**
       * Format: date-time
       * @description Time at which the entitlement was reported.
       */
      reportedAt: string;
      /** @description `api`, or the billing provider that reported it. */
      source: string;
      /**
       * @description `active`, `trialing`, and `past_due` until `graceUntil` give access; `cancelled` and `expired` end it now. For a cancellation at the end of the period, send `active` with `validUntil`.
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
       * @description End of the paid period, exclusive.
       */
      validUntil: string | null;
    };
    EntitlementBody: {
      /**
       * Format: date-time
       * @description End of the grace period after a failed payment, exclusive.
       */
      graceUntil?: string | null;
      /** @description Who granted the entitlement, or the organisation that owns the seat. */
      grantedBy?: string | null;
      /**
       * @description Why the reader has the entitlement. Defaults to `trial` for the status `trialing`, otherwise `subscription`. It does not affect what the entitlement grants.
       * @enum {string}
       */
      kind?: 'subscription' | 'trial' | 'gift' | 'seat';
      /**
       * @description `active`, `trialing`, and `past_due` until `graceUntil` give access; `cancelled` and `expired` end it now. For a cancellation at the end of the period, send `active` with `validUntil`.
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
       * @description End of the paid period, exclusive.
       */
      validUntil?: string | null;
    };
    EntitlementHistory: {
      /** @description The latest hundred changes, newest first. */
      items: components['schemas']['EntitlementLedgerEntryAnswer'][];
    };
    EntitlementLedgerEntryAnswer: {
      /** Format: date-time */
      graceUntil: string | null;
      /** @description Who granted the entitlement, or the organisation that owned the seat. */
      grantedBy: string | null;
      /**
       * @description Why the reader had the entitlement; null for facts recorded before kinds were stored.
       * @enum {string|null}
       */
      kind: 'subscription' | 'trial' | 'gift' | 'seat' | null;
      /** @description Message id of the webhook that reported it; see the webhook log. */
      messageId: string | null;
      /**
       * Format: date-time
       * @description Time at which the change was received.
       */
      recordedAt: string;
      /**
       * Format: date-time
       * @description Time of the change, as reported by the source.
       */
      reportedAt: string;
      /** @description The provider's own sequence number. */
      sequence: number | null;
      /** @description `api`, or the billing provider that reported it. */
      source: string;
      /** @enum {string} */
      status: 'active' | 'trialing' | 'past_due' | 'cancelled' | 'expired' | 'deleted';
      /** @description The tier, or the name of a plan that has no tier on this site. */
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
      /** @description How many of these are published now. */
      published: number;
    };
    ErrorCount: {
      /** @description Comments held or rejected although people published them. */
      falseHolds: number;
      /** @description Comments published although people refused them. */
      falsePasses: number;
      /** @description Comments held, which wait for a person. */
      held: number;
    };
    EstimateAnswer: {
      count: number;
      high: number | null;
      low: number | null;
      /** @description Sample size. */
      of: number;
      /** @description Null if the sample is empty. */
      value: number | null;
    };
    EvasionHint: {
      /** @description Whether this reader was first seen after that sanction. */
      cameAfter: boolean;
      reader: components['schemas']['ModerationReader'];
      /**
       * @description The most severe sanction of that account.
       * @enum {string}
       */
      sanction: 'suspended' | 'banned';
      /** Format: date-time */
      sanctionedAt: string;
      /** @description The same mailbox, a name that looks the same, or the same longer text. */
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
      /** @description JSON Schema of the whole body. */
      schema: Record<string, never>;
      type: string;
      /** @description Increases when the type changes in any way other than new optional members. */
      version: number;
    };
    EventTypeList: {
      items: components['schemas']['EventTypeAnswer'][];
    };
    ExplanationAnswer: {
      /** @description The gate as the reader sees it. */
      gate: components['schemas']['GateAnswer'];
      /** @description All inputs of the gate, as in the refusal log. */
      inputs: {
        [key: string]: unknown;
      };
      reasons: components['schemas']['ActionReasonsAnswer'];
      /** @description The effective tier; null if none. */
      tier: components['schemas']['TierNameAnswer'] | null;
    };
    ExplanationRequest: {
      /** @description The `sub` of the reader's tokens. Evaluated like a token that claims no tier. */
      readerKey?: string;
      /** @description Key of the story. If absent, a story without settings of its own is assumed. */
      storyKey?: string;
      /** @description A reader token, instead of `readerKey`. Its claims are taken into account. */
      token?: string;
    };
    ExternalAnswer: {
      /** Format: date-time */
      answeredAt: string;
      durationMs: number;
      name: string;
      /**
       * @description Any value except `scored` means that it returned no scores.
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
      /** @description Key of the scorer. Its scores have labels that begin with this key and a colon. */
      scorer: string;
    };
    ExternalScore: {
      spans: number[][];
      value: number;
    };
    FactorAdded: {
      /** @description Recovery codes. Shown only this once; null if the account already has some. */
      recoveryCodes: string[] | null;
    };
    FactorApp: {
      /** Format: date-time */
      since: string;
    };
    FeaturedBody: {
      /** @description Whether it is one of the editors’ picks of its story. */
      picked: boolean;
      /** @description Whether it is pinned to the top of its story. Pinning it unpins any other comment of the story. */
      pinned: boolean;
    };
    FeaturedComment: {
      author: string;
      /** Format: date-time */
      createdAt: string;
      /** @description The beginning of the comment. */
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
      /** @description No decision has answered it yet. */
      open: boolean;
      /** @description Null for a visitor who was not signed in. */
      reader: components['schemas']['Person'] | null;
      reason: string;
    };
    FlagBody: {
      /** @description In the reader’s own words. Only moderators see it. */
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
      /** @description Cursor of the next page, or null on the last page. */
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
      /** @description Text of the rule that decided last. */
      rule: string | null;
      /** @description The three highest scores, by label. */
      scores: {
        [key: string]: number;
      };
      /** @enum {string} */
      status: 'pending' | 'published' | 'held' | 'rejected' | 'removed' | 'deleted';
      /** @description The story. `name` is its title. */
      story: components['schemas']['Person'];
    };
    FoundComments: {
      /** @description Older comments were not searched yet. `next` continues with them and may find nothing. */
      isPartial: boolean;
      /** @description Newest first. */
      items: components['schemas']['FoundComment'][];
      next: string | null;
    };
    FoundStories: {
      /** @description Newest first. */
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
      /** @description Number of published comments and replies. */
      total: number;
      /** Format: uri */
      url: string;
    };
    FoundTopic: {
      /** @example ACME */
      key: string;
      /** @example Acme Corporation */
      name: string;
      /** @description Number of stories about it. */
      stories: number;
      /** @example ticker */
      type: string;
    };
    FoundTopics: {
      /** @description Sorted by name. */
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
      /** @description Human-readable message. */
      message: string;
      /** @description A code of google.rpc.Code. */
      status: string;
    };
    HeldOutFigures: {
      averagePrecision: number | null;
      /** @description Expected calibration error, ten bins. */
      ece: number;
      /** @description Mean log loss; lower is better. */
      logLoss: number;
      rocAuc: number | null;
    };
    HotStory: {
      /** @description Comments in the last 60 minutes. */
      comments: number;
      /** Format: uuid */
      id: string;
      /** @description True if there are at least 15 comments, three times the usual number, and more than chance explains. */
      isSpike: boolean;
      key: string;
      section: string | null;
      /** @enum {string} */
      state: 'open' | 'closed';
      title: string;
      /** Format: uri */
      url: string;
      /** @description Usual comments per hour: the story's own mean, or the mean of the stories active in this hour if that is higher. */
      usual: number;
      /** @description Held comments under this story, counted up to 1,000. */
      waiting: number;
    };
    HourQuality: {
      /** @description Decisions by people in this hour of the day. */
      decisions: number;
      hour: number;
      /** @description Median waiting time in seconds. */
      p50: number | null;
      /** @description 95th percentile of the waiting time in seconds. */
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
      /** @description Number of rows processed so far, with or without success. */
      done: number;
      /** @description Reasons for the first hundred failures. */
      errors: components['schemas']['ImportFault'][];
      /** Format: date-time */
      finishedAt: string | null;
      /** Format: uuid */
      id: string;
      /** @description Number of rows that failed. The others were applied. */
      refused: number;
      /** @enum {string} */
      state: 'running' | 'done' | 'failed';
      total: number;
      /** @description Number of rows that changed nothing. */
      unchanged: number;
    };
    ImportFailure: {
      code: string;
      message: string;
    };
    ImportFault: {
      code: string;
      /** @description Position in the list, starting at 0. */
      index: number;
      message: string;
    };
    ImportFaults: {
      /** @description Up to 100 faults; use `faultsAfter` to get the next. */
      items: components['schemas']['ImportLineFault'][];
      /** @description The total number of faults; the first 10,000 are stored. */
      total: number;
    };
    ImportItem: {
      /**
       * Format: date-time
       * @description End of the grace period after a failed payment, exclusive.
       */
      graceUntil?: string | null;
      /** @description Who granted the entitlement, or the organisation that owns the seat. */
      grantedBy?: string | null;
      /** @description Key of the entitlement, if the reader has several. If absent, the default entitlement is set. */
      key?: string;
      /**
       * @description Why the reader has the entitlement. Defaults to `trial` for the status `trialing`, otherwise `subscription`. It does not affect what the entitlement grants.
       * @enum {string}
       */
      kind?: 'subscription' | 'trial' | 'gift' | 'seat';
      /** @description The key of an organisation. The reader gets one of its seats, with the tier that the organisation pays for. Send it instead of `tier`, `status`, the dates and the other fields of an entitlement. */
      organisation?: string;
      /** @description The `sub` of the reader's tokens. */
      readerKey: string;
      /**
       * @description Status, as in a single request.
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
       * @description End of the paid period, exclusive.
       */
      validUntil?: string | null;
    };
    ImportLearned: {
      /** @description Results by label; labels with too few texts are omitted. */
      labels: {
        [key: string]: components['schemas']['LearnedLabel'];
      };
      /** @description The result as a sentence. */
      message: string;
      /**
       * @description `trained`: a site model runs in shadow mode and takes effect once a person chooses it (`PUT …/site-model`). `too-few`: no label has enough texts of both kinds. `nothing-new`: the import contained no decisions by people.
       * @enum {string}
       */
      outcome: 'trained' | 'too-few' | 'failed' | 'nothing-new';
      /** @description How many of these texts were rejected. */
      refused: number;
      /** Format: uuid */
      siteModelId: string | null;
      /** @description Number of texts with decisions by people, imported or made here; at most the latest 20,000. */
      texts: number;
    };
    ImportLineFault: {
      code: string;
      /** @description The file inside the archive. */
      file: string;
      /** @description Number of the document in that file, from 1; for JSON lines this is the line number. */
      line: number;
      message: string;
      number: number;
    };
    ImportPage: {
      /** @description The latest hundred imports, newest first. */
      items: components['schemas']['ImportAnswer'][];
    };
    ImportProgress: {
      /** @description How much of the step is done: bytes of the file while it is being read, otherwise rows. */
      done: number;
      /**
       * @description The current step. The file is read, matched with the site, and then written in this order. A cancelled import counts again what it wrote (`recount`).
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
      /** @description The total size of the step; 0 if it is not known. */
      total: number;
    };
    ImportRequest: {
      /** @description Rows to import, applied in this order with the current time. Split longer lists into several requests. */
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
       * @description A link that signs in once. Shown only this once. Null: the account already existed.
       */
      link: string | null;
      moderator: components['schemas']['TeamMember'];
    };
    InvitationRequest: {
      /** @description An existing account with this address gets the role but no link, if it belongs to a team that the caller manages. Otherwise the response is 409 `account-elsewhere`. */
      email?: string;
      name: string;
      role: components['schemas']['ModeratorRole'];
      /** @description Limits the role to stories of these sections, written as in the stories. Only for moderators and viewers. Null or omitted: the whole site. */
      sections?: string[] | null;
    };
    JsonMapping: {
      /** @description Grace period in days for `past_due` without `graceUntil`. */
      graceDays?: number;
      graceUntil?: string;
      /** @description JSON pointer to the message id. If absent, a hash of the body is used. */
      id?: string;
      /** @description JSON pointers to the prices, plans or tiers. */
      plans: string[];
      readerKey: string;
      /** @description JSON pointer to a number that increases with each change of the subscription. */
      sequence?: string;
      signature: components['schemas']['JsonSignature'];
      /** @description JSON pointer to the subscription's status. If absent, every webhook means `active`. */
      status?: string;
      /** @description Maps the provider's statuses to `active`, `trialing`, `past_due`, `cancelled` or `expired`. Use `true` and `false` as keys if the provider only sends a boolean. Statuses with the same spelling need no entry. */
      statuses?: {
        [key: string]: 'active' | 'trialing' | 'past_due' | 'cancelled' | 'expired';
      };
      /** @description JSON pointer to the provider's subscription id, needed if a reader may have several subscriptions. */
      subscription?: string;
      /** @description JSON pointer to the time of the event: ISO 8601, Unix seconds or milliseconds. */
      time: string;
      /** @description JSON pointer to the event type, for use with `types`. */
      type?: string;
      /** @description Event types to process; all others are ignored. */
      types?: string[];
      validUntil?: string;
    };
    JsonSignature: {
      /**
       * @description `standard-webhooks` and `basic` (secret: name:password) need no other settings; `header` compares a header's value with the secret.
       * @enum {string}
       */
      by: 'standard-webhooks' | 'hmac-sha256' | 'hmac-sha1' | 'hmac-sha512' | 'basic' | 'header';
      /**
       * @description Encoding of the signature. Defaults to `hex`.
       * @enum {string}
       */
      encoding?: 'hex' | 'base64';
      /** @description Name of the header that holds the signature or the secret. */
      header?: string;
      /** @description Text before the signature in the header, for example `sha256=`. */
      prefix?: string;
      /**
       * @description Template of the signed text: `{body}`, optionally with `{timestamp}`, for example `{timestamp}.{body}`.
       * @example {timestamp}.{body}
       */
      signed?: string;
      /** @description Name of the header that holds `{timestamp}`, in Unix seconds or milliseconds. */
      timestampHeader?: string;
    };
    KeyAnswer: {
      /** Format: date-time */
      createdAt: string;
      /** Format: uuid */
      id: string;
      /**
       * Format: date-time
       * @description Accurate to five minutes; null: not used yet.
       */
      lastUsedAt: string | null;
      name: string;
      /** @description The first characters of the key, to identify it in lists. */
      prefix: string;
      scopes: ('publisher' | 'moderation' | 'score')[];
      /** @description The sites the key is valid for; null: all sites, including future ones. */
      sites: string[] | null;
      /** @description For keys with the scope `score`: how `comments:analyze` responds to a text in an unsupported language. `error` (the default) returns an error, as Perspective API does. `score` returns 200 with `value` as the score of each requested attribute, so that clients that publish comments on errors hold the comment instead. */
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
       * @description The caller can undo the decision until this time.
       */
      undoableUntil: string | null;
    };
    LastTraining: {
      /** Format: date-time */
      at: string | null;
      /**
       * @description `too-few`: no label had enough texts of both kinds; null: no training has run yet.
       * @enum {string|null}
       */
      outcome: 'trained' | 'too-few' | 'failed' | null;
      /** @description Texts that people decided about. */
      texts: number;
    };
    LatestAuthor: {
      /** Format: uuid */
      id: string;
      name: string;
    };
    LatestComment: {
      author: components['schemas']['LatestAuthor'];
      /** @description The beginning of the text, up to 160 characters, without Markdown. */
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
      /** @description ROC-AUC of the trained site model on the same texts. */
      after: number | null;
      /** @description Whether the site model is significantly better and so may score this label. */
      beats: boolean;
      /** @description ROC-AUC of the shipped model on the held-out texts. */
      before: number | null;
      /** @description Number of texts with this label that were held out from training. */
      heldOut: number;
    };
    LinkRules: {
      /** @description Links to these domains are not counted. */
      allow: string[];
      /** @description A comment with a link to one of these domains is held. */
      block: string[];
      /** @description A comment with more links than this is held. */
      max: number;
    };
    LinksPatch: {
      /** @description Links to these domains are not counted. */
      allow?: string[] | null;
      /** @description A comment with a link to one of these domains is held. */
      block?: string[] | null;
      /** @description A comment with more links than this is held. */
      max?: number | null;
    };
    LookupAnswer: {
      /** @description How long a result is cached, in seconds. Defaults to 60. */
      cacheSeconds: number;
      /**
       * @description `open`: no requests are made for ten seconds after five consecutive failures; then one reader's lookup tries again.
       * @enum {string}
       */
      circuit: 'closed' | 'open';
      /** @description Why the last failed request failed. */
      lastFailure: string | null;
      /** Format: date-time */
      lastFailureAt: string | null;
      /**
       * Format: date-time
       * @description Time of the last successful response, accurate to five seconds.
       */
      lastSuccessAt: string | null;
      /** @description Duration of that request, in milliseconds. */
      lastSuccessMs: number | null;
      /**
       * Format: date-time
       * @description Time until which requests are also signed with the previous secret.
       */
      previousSecretValidUntil: string | null;
      /** @description Secret that signs the requests. Only returned when the lookup is created; otherwise null. */
      secret: string | null;
      /** @description Timeout of the request, in milliseconds. Defaults to 1500. */
      timeoutMs: number;
      /**
       * @description URL of your endpoint, which receives a signed POST.
       * @example https://news.example/postbag
       */
      url: string;
      /** @description What applies while the endpoint does not respond: `last-known` (for one day; the default), `nothing`, or the key of a tier. The token and stored entitlements always apply. */
      whenDown: string;
    };
    LookupBody: {
      /** @description How long a result is cached, in seconds. Defaults to 60. */
      cacheSeconds?: number;
      /** @description Timeout of the request, in milliseconds. Defaults to 1500. */
      timeoutMs?: number;
      /**
       * @description URL of your endpoint, which receives a signed POST.
       * @example https://news.example/postbag
       */
      url: string;
      /** @description What applies while the endpoint does not respond: `last-known` (for one day; the default), `nothing`, or the key of a tier. The token and stored entitlements always apply. */
      whenDown?: string;
    };
    LookupEntitlement: {
      /** @description Whether the entitlement is in effect now. False if the site has no such tier. */
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
       * @description Time until which requests are also signed with the previous secret.
       */
      previousValidUntil: string;
      /** @description The new secret. It is not shown again. */
      secret: string;
    };
    LookupTestAnswer: {
      durationMs: number | null;
      entitlements: components['schemas']['LookupEntitlement'][];
      ok: boolean;
      /** @description What was wrong with the response. */
      reason: string | null;
      /** @description HTTP status of the response. */
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
      /** @description Null once the email was sent, because it then belongs to its recipient. */
      content: components['schemas']['MailContent'] | null;
      /** Format: date-time */
      createdAt: string;
      /** @description The error of the last attempt. */
      error: string | null;
      from: string;
      /** Format: uuid */
      id: string;
      /** Format: date-time */
      leftAt: string | null;
      /**
       * Format: uuid
       * @description Null for emails of the service itself, such as an invitation to the console.
       */
      siteId: string | null;
      /**
       * @description `waiting`: not sent yet; `kept`: stored only, because SMTP_URL is not set; `failed`: the last attempt failed, four hours after the first.
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
       * @description The `List-Unsubscribe` address. It accepts a POST of `List-Unsubscribe=One-Click` (RFC 8058).
       */
      unsubscribeUrl: string | null;
    };
    MailPage: {
      /** @description Newest first, from the last 30 days. */
      items: components['schemas']['MailAnswer'][];
      /** @description Cursor of the next page. */
      next: string | null;
    };
    MarkReadBody: {
      /**
       * Format: uuid
       * @description The newest notification that was seen. If omitted, all are marked as read.
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
      /** @description The name that other readers see. */
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
       * @description Start of the minute.
       */
      minute: string;
    };
    ModerationPatch: {
      brigading?: components['schemas']['BrigadingPatch'] | null;
      /** @description A published comment is held once it has this many open flags; 0: never. */
      flagsToHold?: number | null;
      /** @description What is done with the models of languages other than English, by language (ISO 639-1). Comments in these languages are held; with `assist` a model scores them, which orders the queue and, in Arabic, German and Portuguese, names what is surely abusive. If left out, the models for Arabic, French, German, Portuguese and Spanish assist if `languages` has the language. */
      languageModels?: {
        /** @enum {string|null} */
        ar?: 'hold' | 'assist' | null;
        /** @enum {string|null} */
        de?: 'hold' | 'assist' | null;
        /** @enum {string|null} */
        es?: 'hold' | 'assist' | null;
        /** @enum {string|null} */
        fr?: 'hold' | 'assist' | null;
        /** @enum {string|null} */
        pl?: 'hold' | 'assist' | null;
        /** @enum {string|null} */
        pt?: 'hold' | 'assist' | null;
        /** @enum {string|null} */
        ru?: 'hold' | 'assist' | null;
        /** @enum {string|null} */
        tr?: 'hold' | 'assist' | null;
      } | null;
      /** @description The languages that comments may be written in, such as `en`; empty: any language. */
      languages?: string[] | null;
      /**
       * @description How moderators’ decisions are used for learning: `shadow` trains and measures a site model without changing any score; `take-over` also uses the site model once it has proved better than the shipped model.
       * @enum {string|null}
       */
      learning?: 'off' | 'shadow' | 'take-over' | null;
      links?: components['schemas']['LinksPatch'] | null;
      /** @enum {string|null} */
      mode?: 'score' | 'hold-all' | null;
      /** @description How many of a new reader's first comments are held. */
      newReaderHoldsFirst?: number | null;
      thresholds?: components['schemas']['ThresholdsPatch'] | null;
      /**
       * @description For comments in languages that no scorer supports: `hold` holds all of them, including those of trusted readers; `hold-new` holds only those of new readers.
       * @enum {string|null}
       */
      unscored?: 'hold' | 'hold-new' | 'publish' | null;
      wordLists?: components['schemas']['WordListsPatch'] | null;
    };
    ModerationReader: {
      /** @description Null if there is none, and for viewers. */
      email: string | null;
      /** Format: uuid */
      id: string;
      /** @description The `sub` claim of the reader's tokens. */
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
       * @description When the reader was first seen on this site.
       */
      since: string;
      /** @enum {string} */
      standing: 'warned' | 'suspended' | 'banned' | 'pre-moderated' | 'trusted' | 'normal';
      /** Format: date-time */
      standingUntil: string | null;
      tier: components['schemas']['TierNameAnswer'] | null;
    };
    ModerationRules: {
      brigading: components['schemas']['BrigadingRules'];
      /** @description A published comment is held once it has this many open flags; 0: never. */
      flagsToHold: number;
      /** @description What is done with the models of languages other than English, by language (ISO 639-1). Comments in these languages are held; with `assist` a model scores them, which orders the queue and, in Arabic, German and Portuguese, names what is surely abusive. If left out, the models for Arabic, French, German, Portuguese and Spanish assist if `languages` has the language. */
      languageModels: {
        /** @enum {string} */
        ar?: 'hold' | 'assist';
        /** @enum {string} */
        de?: 'hold' | 'assist';
        /** @enum {string} */
        es?: 'hold' | 'assist';
        /** @enum {string} */
        fr?: 'hold' | 'assist';
        /** @enum {string} */
        pl?: 'hold' | 'assist';
        /** @enum {string} */
        pt?: 'hold' | 'assist';
        /** @enum {string} */
        ru?: 'hold' | 'assist';
        /** @enum {string} */
        tr?: 'hold' | 'assist';
      };
      /** @description Languages that comments may be written in; empty: any language. */
      languages: string[];
      /**
       * @description How moderators’ decisions are used for learning: `shadow` trains and measures a site model without changing any score; `take-over` also uses the site model once it has proved better than the shipped model.
       * @enum {string}
       */
      learning: 'off' | 'shadow' | 'take-over';
      links: components['schemas']['LinkRules'];
      /** @enum {string} */
      mode: 'score' | 'hold-all';
      /** @description How many of a new reader's first comments are held. */
      newReaderHoldsFirst: number;
      thresholds: components['schemas']['PolicyThresholds'];
      /**
       * @description For comments in languages that the scorer does not support.
       * @enum {string}
       */
      unscored: 'hold' | 'hold-new' | 'publish';
      wordLists: components['schemas']['WordLists'];
    };
    ModerationStoriesPage: {
      /** @description Newest first. */
      items: components['schemas']['ModerationStory'][];
      next: string | null;
    };
    ModerationStory: {
      /**
       * Format: date-time
       * @description When it closes automatically.
       */
      closesAt: string | null;
      /** @description True if `closesAt` follows from the story's age and the site's policy. */
      closesByAge: boolean;
      /** @description Published comments and replies. */
      comments: number;
      /** Format: date-time */
      createdAt: string;
      /** Format: uuid */
      id: string;
      /** @description The publisher's id of the story. */
      key: string;
      section: string | null;
      /** @enum {string} */
      state: 'open' | 'closed';
      /** @description True if all comments are held and only named moderators decide. */
      strict: boolean;
      title: string;
      url: string;
      /** @description Comments waiting for a moderator. */
      waiting: number;
    };
    /** @enum {string} */
    ModeratorRole: 'viewer' | 'moderator' | 'admin' | 'owner';
    MyComment: {
      /** @description Only for the author: the state of their appeal. */
      appeal?: components['schemas']['AppealSummary'];
      /** @description Null, like `body` and `html`, for a removed or deleted comment that is listed only because it has visible replies. */
      author: components['schemas']['Author'] | null;
      /** @description The text as written. */
      body: string | null;
      /** Format: date-time */
      createdAt: string;
      /** Format: date-time */
      editedAt: string | null;
      /** @description The text rendered and sanitised by the server. */
      html: string | null;
      /** Format: uuid */
      id: string;
      /** Format: uuid */
      parentId: string | null;
      /** @description True if the comment is an editors' pick. */
      picked: boolean;
      /** @description True if the comment is pinned to the top of its story. */
      pinned: boolean;
      /** Format: date-time */
      publishedAt: string | null;
      /** @description Number of reactions of each kind. */
      reactions: {
        [key: string]: number;
      };
      /** @description Only for the author, while the comment is held or after it was rejected or removed: the reason and what the author can do, in the language of the page on which the comment was written. */
      reason?: string | null;
      /** @description Number of visible replies at any depth. */
      replyCount: number;
      revision: number;
      /** @enum {string} */
      status: 'pending' | 'published' | 'held' | 'rejected' | 'removed' | 'deleted';
      story: components['schemas']['CommentedStory'];
      /** Format: uuid */
      storyId: string;
      /** @description Only present if the request has a reader's token. */
      viewer?: components['schemas']['Viewer'];
    };
    MyCommentList: {
      items: components['schemas']['MyComment'][];
      /** @description Cursor of the next page; null on the last page. */
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
      /** @description Newest first; reactions to hidden comments are left out. */
      items: components['schemas']['MyReactionAnswer'][];
      /** @description Cursor of the next page. */
      next: string | null;
    };
    NamedAuthor: {
      /** @description Email address in lower case. */
      email: string;
      /** @description True if the address has unsubscribed. No email is sent to it. */
      stopped: boolean;
    };
    NewCalibration: {
      /** @description Ends after this many comments were compared. Default: 2000. */
      comments?: number;
      /** @description Ends after this many days. Default: 14. */
      days?: number;
      /** @description The scorer whose thresholds are known. */
      from: string;
      /** @description By label: the score from which the first scorer holds a comment. Defaults to the hold thresholds of the policy for the labels that both score. */
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
      /** @description The scorer to find thresholds for. */
      to: string;
    };
    NewKey: {
      name: string;
      scopes: ('publisher' | 'moderation' | 'score')[];
      /** @description The sites the key is valid for; null: all sites, including future ones. */
      sites?: string[] | null;
      /** @description For keys with the scope `score`: how `comments:analyze` responds to a text in an unsupported language. `error` (the default) returns an error, as Perspective API does. `score` returns 200 with `value` as the score of each requested attribute, so that clients that publish comments on errors hold the comment instead. */
      unread?: components['schemas']['UnreadLanguages'];
    };
    NewKeyAnswer: {
      /** Format: date-time */
      createdAt: string;
      /** Format: uuid */
      id: string;
      /** @description The key. Shown only this once; only its hash is stored. */
      key: string;
      /**
       * Format: date-time
       * @description Accurate to five minutes; null: not used yet.
       */
      lastUsedAt: string | null;
      name: string;
      /** @description The first characters of the key, to identify it in lists. */
      prefix: string;
      scopes: ('publisher' | 'moderation' | 'score')[];
      /** @description The sites the key is valid for; null: all sites, including future ones. */
      sites: string[] | null;
      /** @description For keys with the scope `score`: how `comments:analyze` responds to a text in an unsupported language. `error` (the default) returns an error, as Perspective API does. `score` returns 200 with `value` as the score of each requested attribute, so that clients that publish comments on errors hold the comment instead. */
      unread: components['schemas']['UnreadLanguages'];
    };
    NewPasskey: {
      /** @description A name to distinguish it from other passkeys. */
      name: string;
      /** @description The credential that the browser created, in the JSON form of WebAuthn Level 3. */
      response: {
        [key: string]: unknown;
      };
    };
    NewPortfolio: {
      /** @description Whether this is the alert portfolio: the reader is notified of new stories and comments on its topics. A reader can have only one. */
      alerts?: boolean;
      name: string;
      topics?: components['schemas']['TopicRef'][];
    };
    NewSite: {
      /**
       * @description The name shown to readers and moderators.
       * @example The Example Ledger
       */
      name: string;
      /**
       * @description Origins of the pages that show the stories: scheme, host and port.
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
      /** @description Secret for signing reader tokens with HS256, used as its UTF-8 text. Shown only this once. */
      ssoSecret: string;
      /** Format: date-time */
      updatedAt: string;
    };
    NotificationAnswer: {
      /** @description Null for `new-story`, `message` and `standing`. */
      comment: components['schemas']['NotificationComment'] | null;
      /** @description For `story` and `topic`: the number of new comments from this one until it was read; 100 means 100 or more. */
      count: number;
      /** Format: date-time */
      createdAt: string;
      /** Format: uuid */
      id: string;
      /**
       * @description `decision` and `appeal` are about the reader’s own comments; `story` and `topic` about new comments on what the reader follows; `new-story` about a new story on a followed topic. `message` is a message from the moderators, `standing` a change of the reader’s standing.
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
      /** @description For a decision the new status; for an appeal `upheld` or `overturned`; for a sanction the new standing, or `reinstated`. */
      outcome: string | null;
      /** Format: date-time */
      readAt: string | null;
      /** @description Null for `message` and `standing`. */
      story: components['schemas']['NotificationStory'] | null;
      /** @description For `message` the text from the moderators, for `standing` their reason. */
      text: string | null;
      /** @description Set for `topic` and `new-story`. */
      topic: components['schemas']['NotificationTopic'] | null;
    };
    NotificationAuthor: {
      /** Format: uuid */
      id: string;
      name: string;
    };
    NotificationComment: {
      author: components['schemas']['NotificationAuthor'];
      /** @description The beginning of the text, up to 160 characters, without Markdown. */
      excerpt: string;
      /** Format: uuid */
      id: string;
      /** @description For a rejection or removal: the reason given to the author. */
      reason: string | null;
    };
    NotificationList: {
      /** @description Newest first; stored for 90 days. */
      items: components['schemas']['NotificationAnswer'][];
      /** @description Cursor of the next page. */
      next: string | null;
      /** @description The total number of unread notifications; 100 means 100 or more. */
      unread: number;
    };
    NotificationSettingsAnswer: {
      /** @description Moderators’ decisions about the reader’s own comments and appeals. */
      decisions: boolean;
      /** @description New comments and stories on followed stories and topics. */
      following: boolean;
      /** @description Comments that mention the reader by `@` and name. */
      mentions: boolean;
      /** @description Replies to the reader’s own comments. */
      replies: boolean;
    };
    NotificationSettingsBody: {
      /** @description Moderators’ decisions about the reader’s own comments and appeals. */
      decisions: boolean;
      /** @description New comments and stories on followed stories and topics. If omitted from the request, it does not change. */
      following?: boolean;
      /** @description Comments that mention the reader by `@` and name. */
      mentions: boolean;
      /** @description Replies to the reader’s own comments. */
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
       * @description When it closes automatically. If omitted it does not close, not even because of its age.
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
      /** @description Visible to moderators only. */
      note?: string;
      /** @description The revision that was read. */
      revision: number;
    };
    OrganisationAnswer: {
      /** @description Whether its seats are in effect now. */
      counts: boolean;
      /**
       * Format: date-time
       * @description End of the grace period after a failed payment, exclusive.
       */
      graceUntil: string | null;
      key: string;
      /**
       * @description Name of the organisation, shown in entitlement histories as the one that granted the seat.
       * @example Acme
       */
      name: string;
      /** @description Maximum number of readers who may have a seat at the same time. */
      seats: number;
      /**
       * @description Status of all its seats, as in an entitlement.
       * @enum {string}
       */
      status: 'active' | 'trialing' | 'past_due' | 'cancelled' | 'expired';
      /** @description Number of seats taken. */
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
       * @description End of the paid period, exclusive.
       */
      validUntil: string | null;
    };
    OrganisationBody: {
      /**
       * Format: date-time
       * @description End of the grace period after a failed payment, exclusive.
       */
      graceUntil?: string | null;
      /**
       * @description Name of the organisation, shown in entitlement histories as the one that granted the seat.
       * @example Acme
       */
      name: string;
      /** @description Maximum number of readers who may have a seat at the same time. */
      seats: number;
      /**
       * @description Status of all its seats, as in an entitlement.
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
       * @description End of the paid period, exclusive.
       */
      validUntil?: string | null;
    };
    OrganisationPage: {
      /** @description Organisations, sorted by key. */
      items: components['schemas']['OrganisationAnswer'][];
      next: string | null;
    };
    OverrideAnswer: {
      /**
       * Format: date-time
       * @description When the override begins. Default: immediately.
       */
      from: string | null;
      /** @description Whether the override is currently in effect. */
      inForce: boolean;
      key: string;
      /** @description A note for colleagues. */
      note: string | null;
      /** @description The policy settings to override. All others stay unchanged. */
      policy: components['schemas']['StoryPolicyPatch'];
      /** @description Only for stories with exactly this section. */
      section: string | null;
      /** @description Only for this story. Cannot be combined with `section`. */
      storyKey: string | null;
      /**
       * Format: date-time
       * @description When the override ends, exclusive.
       */
      until: string | null;
    };
    OverrideBody: {
      /**
       * Format: date-time
       * @description When the override begins. Default: immediately.
       */
      from?: string | null;
      /** @description A note for colleagues. */
      note?: string | null;
      /** @description The policy settings to override. All others stay unchanged. */
      policy: components['schemas']['StoryPolicyPatch'];
      /** @description Only for stories with exactly this section. */
      section?: string | null;
      /** @description Only for this story. Cannot be combined with `section`. */
      storyKey?: string | null;
      /**
       * Format: date-time
       * @description When the override ends, exclusive. Default: when it is deleted.
       */
      until?: string | null;
    };
    OverrideList: {
      /** @description Sorted by start time, earliest first. */
      items: components['schemas']['OverrideAnswer'][];
      next: string | null;
    };
    OverviewAnswer: {
      /** Format: date-time */
      at: string;
      /** @description Comments in the last 60 minutes. */
      comments: number;
      /** @description Comments decided by people in the last 60 minutes. */
      decided: number;
      /** @description Comments held by a rule in the last 60 minutes. */
      held: number;
      /** @description True if there are at least 30 comments, twice the usual number, and more than chance explains. */
      isSpike: boolean;
      /** @description The last 60 minutes, oldest first. The last minute is not complete. */
      minutes: components['schemas']['MinuteCount'][];
      /** @description Comments per minute over the last five full minutes. */
      perMinute: number;
      /** @description Moderators who have a comment open now. */
      present: components['schemas']['Person'][];
      /** @description The stories with the most comments in the last 60 minutes, at most ten. */
      stories: components['schemas']['HotStory'][];
      /** @description Usual comments per hour: the median for this hour of the day over 28 days; null: fewer than 7 days are known. */
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
      /** @description Participants, most recent commenter first. */
      items: components['schemas']['ParticipantAnswer'][];
    };
    PasskeyAdded: {
      passkey: components['schemas']['PasskeyAnswer'];
      /** @description Recovery codes. Shown only this once; null if the account already has some. */
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
      /** @description Options for `navigator.credentials`, in the JSON form of WebAuthn Level 3. */
      options: {
        [key: string]: unknown;
      };
    };
    PasskeysAnswer: {
      /** @description Oldest first. */
      items: components['schemas']['PasskeyAnswer'][];
      /** @description Whether passkeys can be used here: only over https, or on localhost. */
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
      /** @description The number of days after its publication, or its registration, when a story closes automatically; 0: never. */
      closeStoriesAfterDays: number;
      /** @description How long authors may edit or delete their comment after posting. */
      editWindowSeconds: number;
      gate: components['schemas']['GateRules'];
      moderation: components['schemas']['ModerationRules'];
      /** @description Whether readers are warned that their text will probably be held. */
      noticeBeforeSending: boolean;
      quotas: components['schemas']['QuotaRules'];
      /** @description Available reactions, in display order. */
      reactions: string[];
      reasons: components['schemas']['Reason'][];
      /** @description Whether the old text stays visible while an edit is being scored. */
      showOldWhileScoring: boolean;
      /** @description Different settings for readers of individual tiers, by tier key. */
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
      /** @description For lists: the entries that were added. */
      added?: string[];
      /** @description Null: not set. */
      after: string | number | boolean | unknown[] | Record<string, never> | null;
      /** @description Null: not set. */
      before: string | number | boolean | unknown[] | Record<string, never> | null;
      /** @description A JSON pointer into the policy. */
      pointer: string;
      /** @description For lists: the entries that were removed. */
      removed?: string[];
      /** @description The changed setting in words. */
      what: string;
    };
    PolicyPatch: {
      authors?: components['schemas']['AuthorsPatch'] | null;
      body?: components['schemas']['BodyLimitsPatch'] | null;
      /** @description The number of days after its publication, or its registration, when a story closes automatically; 0: never. */
      closeStoriesAfterDays?: number | null;
      /** @description How long authors may edit or delete their comment after posting. */
      editWindowSeconds?: number | null;
      gate?: components['schemas']['GatePatch'] | null;
      moderation?: components['schemas']['ModerationPatch'] | null;
      /** @description Whether readers are warned that their text will probably be held. */
      noticeBeforeSending?: boolean | null;
      quotas?: components['schemas']['QuotasPatch'] | null;
      /** @description Available reactions, in display order. */
      reactions?: string[] | null;
      reasons?: components['schemas']['Reason'][] | null;
      /** @description Whether the old text stays visible while an edit is being scored. */
      showOldWhileScoring?: boolean | null;
      /** @description Rules for the readers of individual tiers, by tier key; they replace the general rules: `maxChars`, `editWindowSeconds`, `preModerated` (true: their comments wait for a moderator; false: they never do, even if all other comments wait), `badge` (empty: none). */
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
      /** @description The draft's changes. */
      policy: {
        [key: string]: unknown;
      };
      /** @description Version of the policy that was effective when the replay began. */
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
      /** @description Number of latest comments to replay. */
      comments: number;
      /** @description The draft's changes to the effective policy. */
      policy: components['schemas']['PolicyPatch'];
    };
    PolicyThreshold: {
      /** @description Comments are held from this score; null: never. */
      hold: number | null;
      /** @description Comments are rejected from this score; null: never. */
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
      /** @description Null: the version was created before the version history was introduced. */
      actor: components['schemas']['PolicyActor'] | null;
      /** Format: date-time */
      at: string;
      /** @description Changes since the previous version. */
      differences: components['schemas']['PolicyDifferenceAnswer'][];
      note: string | null;
      /** @description Overrides that existed at that time. Restoring a version does not restore them. */
      overrides: {
        [key: string]: unknown;
      }[];
      /** @description The complete policy. */
      policy: components['schemas']['PolicyAnswer'];
      /** @description The version that this one restored. */
      restores: number | null;
      version: number;
    };
    PolicyVersionItem: {
      /** @description Null: the version was created before the version history was introduced. */
      actor: components['schemas']['PolicyActor'] | null;
      /** Format: date-time */
      at: string;
      /** @description Changes since the previous version. */
      differences: components['schemas']['PolicyDifferenceAnswer'][];
      note: string | null;
      /** @description The version that this one restored. */
      restores: number | null;
      version: number;
    };
    PolicyVersionPage: {
      /** @description Newest first. */
      items: components['schemas']['PolicyVersionItem'][];
      next: string | null;
    };
    PortfolioAnswer: {
      /** @description Whether this is the alert portfolio. */
      alerts: boolean;
      /** Format: date-time */
      createdAt: string;
      /** Format: uuid */
      id: string;
      name: string;
      /** @description In the order in which they were added. */
      topics: components['schemas']['TopicBody'][];
    };
    PortfolioChange: {
      name: string;
    };
    PortfolioList: {
      /** @description All of the reader’s portfolios, oldest first; at most 20. */
      items: components['schemas']['PortfolioAnswer'][];
      /** @description Always null, because there is only one page. */
      next: string | null;
    };
    PreSubmitCheckAnswer: {
      /** @description Does not reveal the reason or the scores. */
      mayBeHeld: boolean;
    };
    PreSubmitCheckRequest: {
      /** @description The text as it would be posted. */
      body: string;
    };
    PreviewAnswer: {
      /** @description The HTML that the comment would have in `html`. */
      html: string;
    };
    PreviewBody: {
      /** @description The text as it would be posted. */
      body: string;
    };
    /** @description Problem details (RFC 9457). Depending on `code`, there are additional members such as `requiredTier` and `url`. */
    Problem: {
      /** @description The kind of problem, for programs. */
      code: string;
      /** @description The comment's current status. */
      currentStatus?: string;
      /** @description An explanation for people. */
      detail: string;
      /** @description All errors of the request, if the code is `invalid`. */
      errors?: {
        code: string;
        message: string;
        /** @description JSON pointer into the body, or below `/query`, `/path` or `/headers`. */
        pointer: string;
      }[];
      /** Format: uuid */
      requestId: string;
      /** @description The scope that the key lacks. */
      requiredScope?: string;
      /** @description The tier that the reader needs. */
      requiredTier?: {
        key: string;
        name: string;
      };
      /** @description Seconds to wait before trying again. */
      retryAfter?: number;
      status: number;
      title: string;
      /** @description `urn:postbag:problem:` followed by the code. */
      type: string;
      /** @description The page where the reader can sign in, subscribe or renew. */
      url?: string;
    } & {
      [key: string]: unknown;
    };
    PutScorerAnswer: {
      blog: string | null;
      callsPerDay: number | null;
      /** @description Calls during the current UTC day. */
      callsToday: number;
      /**
       * @description `open`: five calls in a row failed or the scorer requested a pause, so it is not called until `openUntil`; `half-open`: one comment is sent as a probe.
       * @enum {string}
       */
      circuit: 'closed' | 'open' | 'half-open';
      /** Format: date-time */
      createdAt: string;
      enabled: boolean;
      key: string;
      /** @enum {string} */
      kind: 'signed-http' | 'openai-moderation' | 'akismet' | 'perspective';
      /** @description The label settings currently in effect. */
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
       * @description Accurate to the minute.
       */
      lastSuccessAt: string | null;
      model: string | null;
      name: string;
      /** Format: date-time */
      openUntil: string | null;
      /**
       * @description Present only if this call generated it. It is not shown again.
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
      /** @description Share of the texts decided by rules that did not wait for a person. */
      automatic: components['schemas']['EstimateAnswer'];
      /**
       * Format: date-time
       * @description Decisions before this time are included; null: none yet.
       */
      countedUntil: string | null;
      /** @description Share published by people among comments that were held and decided by people. */
      falseHolds: components['schemas']['EstimateAnswer'];
      /** @description The 24 hours of the day. */
      hours: components['schemas']['HourQuality'][];
      /** @description Oldest first. Days without comments are included. */
      perDay: components['schemas']['DayQuality'][];
      /** @description Most decisions first. */
      rules: components['schemas']['RuleQuality'][];
      sample: components['schemas']['SampleQuality'];
      /**
       * Format: date-time
       * @description Start of the period, rounded down to the hour.
       */
      since: string;
      /** Format: date-time */
      until: string;
      /** @description How long comments waited for a decision by people. */
      waited: components['schemas']['WaitingQuality'];
      zone: string;
    };
    QueueAuthor: {
      /** @description Counted over the latest 200 comments. */
      history: components['schemas']['AuthorHistory'];
      /** Format: uuid */
      id: string;
      name: string;
      /** @enum {string} */
      role: 'reader' | 'staff' | 'author';
      /**
       * Format: date-time
       * @description When the author was first seen on this site.
       */
      since: string;
      /** @enum {string} */
      standing: 'warned' | 'suspended' | 'banned' | 'pre-moderated' | 'trusted' | 'normal';
      /** Format: date-time */
      standingUntil: string | null;
      tier: components['schemas']['TierNameAnswer'] | null;
    };
    QueueCount: {
      /** @description Counting stops at 10,000. */
      count: number;
      /**
       * Format: date-time
       * @description When the oldest began to wait.
       */
      oldest: string | null;
    };
    QueueCounts: {
      appealed: components['schemas']['QueueCount'];
      escalated: components['schemas']['QueueCount'];
      flagged: components['schemas']['QueueCount'];
      held: components['schemas']['QueueCount'];
      /** @description Decided in the last 24 hours. */
      published: components['schemas']['QueueCount'];
      /** @description Decided in the last 24 hours. */
      rejected: components['schemas']['QueueCount'];
    };
    QueueCountsAnswer: {
      counts: components['schemas']['QueueCounts'];
    };
    QueueFilterFields: {
      /**
       * Format: uuid
       * @description A group of comments from `GET /moderation/brigades`.
       */
      brigade?: string;
      /** @description ISO 639-1, or `und`. */
      language?: string;
      /** @description Has waited longer than this: `30m`, `4h`, `2d`. */
      older?: string;
      /**
       * @description A moderator asked for a second opinion.
       * @enum {string}
       */
      opinion?: 'asked';
      /**
       * @description `new`: when the comment was written, the author had fewer than three published comments or was known for less than a day.
       * @enum {string}
       */
      readers?: 'new' | 'known';
      /** @description Key of the rule that decided last. */
      rule?: string;
      /** @description Section of the story. */
      section?: string;
      /**
       * @description The author's current standing.
       * @enum {string}
       */
      standing?: 'warned' | 'suspended' | 'banned' | 'pre-moderated' | 'trusted';
      /** @description The publisher's key of the story. */
      story?: string;
      /** @description The author's effective tier when the comment was written. */
      tier?: string;
      /** @description Key of the topic. */
      topic?: string;
      /** @description Has waited no longer than this. */
      younger?: string;
    };
    QueueItem: {
      appeal: components['schemas']['OpenAppeal'] | null;
      author: components['schemas']['QueueAuthor'] | null;
      /**
       * @description Why the caller may not decide about it: the problem code that a decision would be refused with. Null if they may.
       * @enum {string|null}
       */
      barred: 'own-decision' | 'strict-story' | null;
      /** @description Moderators who have the comment open. The first one holds the claim, so nobody else can decide in the meantime. */
      claimants: components['schemas']['Person'][];
      comment: components['schemas']['Comment'];
      flags: components['schemas']['OpenFlags'];
      /** @description Slurs and the foulest words of the text beside it, [start, end), UTF-16 offsets: for readers who want them hidden until they ask. */
      hidden: [number, number][];
      /** @description Language of the text as detected by scoring: ISO 639-1, or `und`. */
      language: string | null;
      lastDecision: components['schemas']['LastDecision'] | null;
      /** @description Opinions on this revision. The first moderator asked for a second opinion. */
      opinions: components['schemas']['OpinionAnswer'][];
      /** @description Language of the page it was written on, ISO 639-1. The author sees reasons in this language. Null if unknown. */
      pageLanguage: string | null;
      parent: components['schemas']['QueueParent'] | null;
      /** @description The rule that decided last. */
      rule: components['schemas']['RuleAnswer'] | null;
      /** @description Scores by label. */
      scores: {
        [key: string]: components['schemas']['ScoreAnswer'];
      };
      story: components['schemas']['QueueStory'];
      /** @description By label, from the current effective policy. */
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
      /** @description Maximum per reader in 24 hours; null: no limit. */
      commentsPerDay: number | null;
      /** @description Limits for individual tiers, by tier key. */
      tiers: {
        [key: string]: {
          commentsPerDay: number | null;
        };
      };
    };
    QuotasPatch: {
      /** @description Maximum per reader in 24 hours; null: no limit. */
      commentsPerDay?: number | null;
      /** @description Limits for individual tiers, by tier key. */
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
      /** @description The beginning of the text, up to 160 characters, without Markdown. */
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
      /** @description Whether this reader has reacted with this kind. */
      mine: boolean;
      /** @description Number of reactions by kind. */
      reactions: {
        [key: string]: number;
      };
    };
    Reactions: {
      /** @description Number of reactions by kind. */
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
      /** @description The name shown to others. */
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
       * @description When the current `standing` ends.
       */
      standingUntil: string | null;
    };
    ReaderBody: {
      /** @description The publisher's name for the reader. The name shown to others is checked and made distinct from the names of other readers. */
      name: string;
      /** Format: uri */
      picture?: string | null;
      /**
       * @description Marks members of your organisation: `staff`, or `author` of stories. Roles in tokens are ignored.
       * @enum {string}
       */
      role?: 'reader' | 'staff' | 'author';
    };
    ReaderComment: {
      body: string;
      /** Format: date-time */
      createdAt: string;
      /** @description Number of open flags. */
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
      /** @description Reason of the rejection or removal. */
      reason: string | null;
      /** @description Text of the rule that decided last. */
      rule: string | null;
      /** @enum {string} */
      status: 'pending' | 'published' | 'held' | 'rejected' | 'removed' | 'deleted';
      story: components['schemas']['ReaderCommentStory'];
    };
    ReaderCommentsPage: {
      /** @description Newest first. */
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
      /** @description The reader's comments with every revision of their text. */
      comments: Record<string, never>[];
      /** @description Address for email notifications; null if there is none. */
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
      /** @description Null for a reader who has only read comments. */
      reader: Record<string, never> | null;
      /** Format: uuid */
      site: string;
    };
    ReaderNoteOrMessage: {
      /** Format: date-time */
      createdAt: string;
      /** Format: uuid */
      id: string;
      /** @description Null if a program wrote it. */
      moderator: components['schemas']['Person'] | null;
      /**
       * Format: uuid
       * @description The account it is about, which may be another account of the same person.
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
      /** @description The latest ten decisions by people, newest first. */
      decisions: components['schemas']['AuthorDecision'][];
      /** @description Strongest first. */
      hints: components['schemas']['EvasionHint'][];
      /** @description Counted over the latest 1,000 comments of each account. */
      history: components['schemas']['AuthorHistory'];
      /** @description Whether it is the caller’s own account, which somebody else must decide about. */
      isOwn: boolean;
      /** @description The latest 50, newest first. */
      messages: components['schemas']['ReaderNoteOrMessage'][];
      /** @description The latest 50, newest first. */
      notes: components['schemas']['ReaderNoteOrMessage'][];
      reader: components['schemas']['ModerationReader'];
      /** @description The latest 50, newest first. */
      sanctions: components['schemas']['ReaderSanction'][];
      /** @description Reason of the sanction in effect. */
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
      /** @description Newest readers first. */
      items: components['schemas']['ModerationReader'][];
      next: string | null;
    };
    Reason: {
      code: string;
      /** @description The label moderators choose from. */
      label: string;
      /** @description The text shown to the author, unless there is one in their language. */
      text: string;
      /** @description The text for authors who commented on a page in that language (ISO 639-1). Translations of the default reasons into af, ar, de, es, fr, nl and pt are built in; they apply while `text` is unchanged. */
      texts?: {
        [key: string]: string;
      };
    };
    ReasonItem: {
      code: string;
      label: string;
      /** @description The text shown to the author, unless `texts` has one in their language. */
      text: string;
      /** @description Texts shown to authors, by the language of their page (ISO 639-1), including the built-in texts. */
      texts: {
        [key: string]: string;
      };
    };
    ReasonsAnswer: {
      /** @description The built-in reasons, used by a site that has defined none. */
      builtIn: components['schemas']['ReasonItem'][];
      items: components['schemas']['ReasonItem'][];
    };
    RecoverAnswer: {
      /** @description Number of deliveries scheduled. */
      deliveries: number;
    };
    RecoverRequest: {
      /**
       * Format: date-time
       * @description Everything not delivered since then is sent again; at most 30 days back.
       */
      since: string;
    };
    RecoveryCodes: {
      /** @description The new recovery codes. Shown only this once; all previous codes stop working. */
      recoveryCodes: string[];
    };
    RedeliverAllAnswer: {
      /** @description Number of deliveries scheduled. */
      deliveries: number;
      /** @description Whether more deliveries remain. If so, repeat the request. */
      more: boolean;
    };
    RedeliverAnswer: {
      /**
       * Format: uuid
       * @description The ID of the delivery.
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
       * @description Only events from this time on (inclusive).
       */
      since?: string;
      /** @description Statuses of the deliveries to send again. Default: failed and cancelled. */
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
        | 'story.brigading_detected'
        | 'webhook.test'
      )[];
      /**
       * Format: date-time
       * @description Only events before this time (exclusive).
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
      /** @description Everything that the refusal was based on: the rules, the overrides, the version of the policy, the token’s claims, the known entitlements and endings, the lookup result, the standing and the quota. */
      inputs: {
        [key: string]: unknown;
      };
      /** @description The message that the reader got. */
      message: string;
      /** @description The `sub` of the reader's tokens; null if signed out. */
      readerKey: string | null;
      /**
       * Format: date-time
       * @description Time of the first of these refusals.
       */
      refusedAt: string;
      /** @description Id of the request, as in its response and the server's log. */
      requestId: string;
      /** @description Key of the required tier. */
      requiredTier: string | null;
      storyKey: string | null;
      /** @description Number of identical refusals within a second, or within an hour for requests without a token. */
      times: number;
    };
    RefusalPage: {
      /** @description Refusals, newest first. */
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
      /** @description Message to show to the reader. */
      message: string;
      requiredTier?: components['schemas']['TierNameAnswer'];
      /** @description Seconds after which a retry may succeed. */
      retryAfter?: number;
      /**
       * Format: uri
       * @description URL where the reader can sign in, subscribe or renew.
       */
      url?: string;
    };
    RemovalPreview: {
      held: number;
      pending: number;
      published: number;
      /** @description Sum of these. One removal applies to the latest 10,000. */
      total: number;
    };
    RemovalRequest: {
      /** @description Visible to moderators only. */
      note?: string;
      /** @description Code of one of the site's reasons. The author sees the reason's text. */
      reason: string;
    };
    ReplayAnswer: {
      /** @description True if more webhooks remain; repeat the request to replay them. */
      more: boolean;
      /** @description Number of replayed webhooks, by outcome. */
      outcomes: {
        [key: string]: number;
      };
      replayed: number;
    };
    ReplayRequest: {
      /** @description Outcomes to replay. Defaults to `unmapped` and `refused`. */
      outcomes?: ('applied' | 'unchanged' | 'duplicate' | 'older' | 'ignored' | 'unmapped' | 'refused')[];
      /**
       * Format: date-time
       * @description Replay webhooks received since this time, at most 30 days ago.
       */
      since: string;
    };
    RestoreRequest: {
      /** @description The reason for the change. */
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
      /** @description Limits the role to stories of these sections. Null: the whole site. Omitted: unchanged; admins and owners always have the whole site. */
      sections?: string[] | null;
    };
    RotatedScorerSecret: {
      key: string;
      /**
       * Format: date-time
       * @description Until then requests are also signed with the previous secret.
       */
      previousUntil: string;
      /**
       * @description It is not shown again.
       * @example whsec_…
       */
      secret: string;
    };
    RotatedSecret: {
      /** Format: uuid */
      id: string;
      /**
       * Format: date-time
       * @description Until then, deliveries are also signed with the previous secret.
       */
      previousUntil: string;
      /** @description Ed25519 public keys, newest first. */
      publicKeys: string[];
      /** @description The new signing secret. It is shown only once. */
      secret: string;
    };
    RuleAnswer: {
      key: string;
      /** @description Explanation for moderators. */
      text: string;
    };
    RuleQuality: {
      /** @description Share published by people among comments that the rule held and people decided. */
      falseHolds: components['schemas']['EstimateAnswer'];
      /** @description Share refused by people among sampled comments that the rule published. */
      falsePasses: components['schemas']['EstimateAnswer'];
      /** @description Share published by people among sampled comments that the rule rejected. */
      falseRejections: components['schemas']['EstimateAnswer'];
      held: number;
      /** @description The label that the rule is based on; null: it is based on something else. */
      label: string | null;
      /** @description Share overturned among decided appeals against the rule. */
      overturned: components['schemas']['EstimateAnswer'];
      published: number;
      rejected: number;
      /** @description Key of the rule. */
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
      /** @description True for the weekly draw, false for a draw that somebody requested. */
      isWeekly: boolean;
      /** @description How many of these were drawn. */
      published: number | null;
      /** @description Decisions to publish in the period; null: not drawn yet. */
      publishedOf: number | null;
      /** @description How many of these were drawn. */
      rejected: number | null;
      /** @description Decisions to reject in the period. */
      rejectedOf: number | null;
      /**
       * Format: date-time
       * @description Start of the period of the sampled decisions, inclusive.
       */
      since: string;
      /**
       * Format: date-time
       * @description End of the period, exclusive.
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
      /** @description Total number of samples waiting for the caller. */
      waiting: number;
    };
    SampleParent: {
      author: components['schemas']['SampleAuthor'] | null;
      body: string | null;
      /** @description Slurs and the foulest words of the text beside it, [start, end), UTF-16 offsets: for readers who want them hidden until they ask. */
      hidden: [number, number][];
    };
    SampleQuality: {
      /** @description Automatically published comments. */
      published: components['schemas']['SampleSide'];
      /** @description Automatically rejected comments. */
      rejected: components['schemas']['SampleSide'];
      /** @description Samples not reviewed yet. */
      waiting: number;
    };
    SampleReviewAnswer: {
      /** @enum {string} */
      answer: 'publish' | 'refuse' | 'unsure';
      /** Format: uuid */
      commentId: string;
      currentRevision: number;
      /** @description The automatic decision, shown after the review. */
      machine: components['schemas']['MachineDecision'];
      /** @description The revision that was reviewed. */
      revision: number;
      /** Format: uuid */
      sampleId: string;
      /**
       * @description Current status of the comment. The review does not change it.
       * @enum {string}
       */
      status: 'pending' | 'published' | 'held' | 'rejected' | 'removed' | 'deleted';
    };
    SampleReviewRequest: {
      /**
       * @description The reviewer's opinion on what should happen to the text.
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
      /** @description Decisions eligible for the sample. */
      population: number;
      /** @description Share of the reviewed samples that people would decide differently. */
      wrong: components['schemas']['EstimateAnswer'];
    };
    SampleStory: {
      section: string | null;
      title: string;
      /** Format: uri */
      url: string;
    };
    SamplingSettings: {
      /** @description Number of automatically published comments to sample per week. */
      published: number;
      /** @description Number of automatically rejected comments to sample per week. */
      rejected: number;
      /** @description Percentage of the samples that two people review. */
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
      /** @description Visible to moderators only. */
      note?: string;
      reason: string;
      /** @enum {string} */
      standing: 'warned' | 'suspended' | 'banned' | 'pre-moderated' | 'trusted' | 'normal';
      /**
       * Format: date-time
       * @description If omitted, the sanction has no end.
       */
      until?: string | null;
    };
    SavedQueueAnswer: {
      /** @description The person who created it. */
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
       * @description When the oldest comment began to wait.
       */
      oldest: string | null;
      /** Format: uuid */
      site: string;
      sort: components['schemas']['QueueSort'];
      state: components['schemas']['QueueState'];
      /** @description Maximum waiting time of the oldest comment, as a target. */
      targetMinutes: number | null;
    };
    SavedQueueChange: {
      /** @description Replaces the whole filter. */
      filter?: components['schemas']['QueueFilterFields'];
      name?: string;
      sort?: components['schemas']['QueueSort'];
      state?: components['schemas']['QueueState'];
      /** @description Null removes the target. */
      targetMinutes?: number | null;
    };
    SavedQueueRequest: {
      filter?: components['schemas']['QueueFilterFields'];
      name: string;
      /** Format: uuid */
      site: string;
      /** @description Defaults to `risk`, as described for the queue's own parameter `sort`. */
      sort?: components['schemas']['QueueSort'];
      state: components['schemas']['QueueState'];
      /** @description Maximum waiting time of the oldest comment, as a target. */
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
      /** @description Calls during the current UTC day. */
      callsToday: number;
      /**
       * @description `open`: five calls in a row failed or the scorer requested a pause, so it is not called until `openUntil`; `half-open`: one comment is sent as a probe.
       * @enum {string}
       */
      circuit: 'closed' | 'open' | 'half-open';
      /** Format: date-time */
      createdAt: string;
      enabled: boolean;
      key: string;
      /** @enum {string} */
      kind: 'signed-http' | 'openai-moderation' | 'akismet' | 'perspective';
      /** @description The label settings currently in effect. */
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
       * @description Accurate to the minute.
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
      /** @description Why scores are missing, most frequent first. */
      absences: components['schemas']['CalibrationAbsence'][];
      /** Format: date-time */
      adoptedAt: string | null;
      /** @description The version of the policy that adopted its thresholds. */
      adoptedVersion: number | null;
      /** @description Comments compared so far, for which both scorers returned a score for every label. */
      comments: number;
      /** Format: date-time */
      endedAt: string | null;
      /**
       * Format: date-time
       * @description Ends at this time at the latest.
       */
      endsAt: string;
      from: components['schemas']['CalibrationScorer'];
      /** @description Comments for which the first scorer returned no result. */
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
      /** @description The version of the policy that adopted its thresholds. */
      adoptedVersion: number | null;
      /** @description Comments compared so far, for which both scorers returned a score for every label. */
      comments: number;
      /** Format: date-time */
      endedAt: string | null;
      /**
       * Format: date-time
       * @description Ends at this time at the latest.
       */
      endsAt: string;
      from: components['schemas']['CalibrationScorer'];
      /** @description Comments for which the first scorer returned no result. */
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
       * @description For akismet: your front page. Defaults to the site's first origin.
       */
      blog?: string;
      /** @description Maximum number of calls per UTC day. Default: no limit. */
      callsPerDay?: number | null;
      /** @description Whether the scorer is called. Default: true. */
      enabled?: boolean;
      /**
       * @description `signed-http`: your own service, which follows our signed contract; `openai-moderation`: an endpoint compatible with OpenAI's moderations; `akismet`: spam detection by Akismet; `perspective`: Perspective API, or any compatible server.
       * @enum {string}
       */
      kind: 'signed-http' | 'openai-moderation' | 'akismet' | 'perspective';
      /** @description How the scorer's labels are used: `as` makes a label count as one or more of our labels; `hold` and `reject` are thresholds of the label itself. A label that is not listed is used as the kind defines, or else is shown to moderators and decides nothing. `{}` applies this to all labels. */
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
      /** @description Languages (ISO 639-1) that it supports. A comment in one of them counts as scored if the scorer responded. */
      languages?: string[];
      /** @description For openai-moderation. Default: omni-moderation-latest. */
      model?: string;
      /** @description Name shown to moderators. Defaults to the key. */
      name?: string;
      /** @description For signed-http: the secret that signs requests, generated if omitted. For other kinds: the API key. Omit it in later calls to keep it. */
      secret?: string;
      /** @description Timeout per comment. Default: 2000. */
      timeoutMs?: number;
      /**
       * Format: uri
       * @description Endpoint of the scorer. Defaults to the usual one of its kind.
       */
      url?: string;
      /**
       * @description What happens to a comment that it did not score: `hold` (default), or `go-on` to decide by the local model's scores.
       * @enum {string}
       */
      whenAbsent?: 'hold' | 'go-on';
    };
    ScorerTrial: {
      /** @description Any text. It is not posted as a comment. */
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
      /** @description Scores by the scorer's own labels. */
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
       * @description Time at which the seat was given or last changed with its organisation.
       */
      reportedAt: string;
    };
    SeatFault: {
      code: string;
      message: string;
      readerKey: string;
    };
    SeatPage: {
      /** @description Seats, sorted by reader key. */
      items: components['schemas']['SeatAnswer'][];
      next: string | null;
    };
    SeatsAnswer: {
      /** @description Readers who got no seat, with the reason. */
      refused: components['schemas']['SeatFault'][];
      seated: number;
      /** @description Number of seats taken now. */
      taken: number;
      /** @description Number of readers who already had a seat. */
      unchanged: number;
    };
    SeatsRequest: {
      /** @description The `sub` of the readers' tokens. Seats are given in this order while any are free. */
      readerKeys: string[];
    };
    SecondFactorAnswer: {
      /** @description An app for one-time codes; null: none is set up. */
      app: components['schemas']['FactorApp'] | null;
      /** @description Whether one of the account's sites requires a second factor. */
      isRequired: boolean;
      /** @description Number of unused recovery codes. */
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
      /** @description Whether the role applies to all sites, which allows adding sites. */
      mayAddSites: boolean;
      name: string;
    };
    SessionSite: {
      /** @description Whether the site requires a second factor that this session has not provided. Nothing can be done there until then. */
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
      /** @description The latest 50 comments that the draft decides differently. */
      differences: components['schemas']['DifferenceAnswer'][];
      /** Format: uuid */
      id: string;
      /** @description The draft's changes. */
      policy: {
        [key: string]: unknown;
      };
      score: components['schemas']['DraftScore'];
      /** Format: date-time */
      since: string;
    };
    ShadowCounts: {
      /** @description New comments that it scored in shadow mode. */
      comments: number;
      /** @description Of those, the number that the scores in effect did not hold. */
      onlyItHolds: number;
      /** @description Comments held by the scores in effect but not by its own. */
      onlyItPasses: number;
      wouldHold: number;
    };
    SignInMethods: {
      /** @description The display name of single sign-on, which starts at `/api/v1/console/oidc`. Null: not configured. */
      newsroom: string | null;
      /** @description Whether passkeys can be used here. */
      passkeys: boolean;
    };
    SignInRequest: {
      /** @description The six-digit code that the app shows. If the account has a second factor, this or `recoveryCode` is required. */
      code?: string;
      email?: string;
      /** @description The token of a one-time sign-in link. */
      link?: string;
      /** @description The browser’s response to a `passkey-challenge`. No other credential is needed. */
      passkey?: {
        [key: string]: unknown;
      };
      password?: string;
      /** @description One of the recovery codes saved in case the app is lost; each works once. */
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
       * @description Origins of the pages that show the stories: scheme, host and port.
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
      /** @description Number of published comments and replies. */
      comments: number;
      readers: number;
      stories: number;
    };
    SiteImportAnswer: {
      /** @description Counts by kind (`stories`, `readers`, `comments`, `reactions`, `flags`, `decisions`). `read`: records read, without faulty lines. Of these, `created` (in a dry run: would be created), `unchanged` (already there with the same data), `notUpdated` (the comment, reader or story already exists, and the file has newer or different data for it, which an import does not apply), `skipped` (from another site, or not needed here). Empty until the file is matched. */
      counts: {
        [key: string]: {
          [key: string]: number;
        };
      };
      /** Format: date-time */
      createdAt: string;
      dryRun: boolean;
      /** @description Why the import failed. While it is running: what it waits for (`waiting`), or the error that will end it once its counts are corrected. */
      failure: components['schemas']['ImportFailure'] | null;
      faults: components['schemas']['ImportFaults'];
      /** Format: date-time */
      finishedAt: string | null;
      /** @enum {string} */
      format: 'coral';
      /** Format: uuid */
      id: string;
      /** @description The result of training the scorer on the imported decisions; null before that, and for a dry run. */
      learned: components['schemas']['ImportLearned'] | null;
      progress: components['schemas']['ImportProgress'];
      /** @enum {string} */
      state: 'receiving' | 'running' | 'done' | 'failed' | 'cancelled';
    };
    SiteImportPage: {
      /** @description The latest 100 imports, newest first, without their faults. */
      items: components['schemas']['SiteImportAnswer'][];
    };
    SiteModelAnswer: {
      /** @description The model in effect; null for the shipped model. */
      active: components['schemas']['SiteModelSummary'] | null;
      /** @description Training data available now. */
      collected: components['schemas']['Collected'];
      lastTraining: components['schemas']['LastTraining'];
      /**
       * @description How moderators’ decisions are used for learning: `shadow` trains and measures a site model without changing any score; `take-over` also uses the site model once it has proved better than the shipped model.
       * @enum {string}
       */
      learning: 'off' | 'shadow' | 'take-over';
      /** @description A person rolled back to the shipped model. No model is activated automatically until a person chooses one. */
      rolledBack: boolean;
      /** @description The latest model in shadow mode. */
      shadow: components['schemas']['SiteModelSummary'] | null;
    };
    SiteModelChoice: {
      /**
       * Format: uuid
       * @description A model that beats the shipped model; null for the shipped model.
       */
      siteModelId: string | null;
    };
    SiteModelDetails: {
      /** Format: date-time */
      activatedAt: string | null;
      /** Format: date-time */
      createdAt: string;
      /** Format: date-time */
      endedAt: string | null;
      /** @description By label. Labels with too few texts are omitted. */
      figures: {
        [key: string]: components['schemas']['SiteModelLabelFigures'];
      };
      /** Format: uuid */
      id: string;
      /** @description The version of the shipped model that it was trained against. */
      modelVersion: string;
      shadow: components['schemas']['ShadowCounts'];
      /**
       * @description `shadow`: the latest model, which changes no score; `active`: its scores are in effect.
       * @enum {string}
       */
      state: 'shadow' | 'active' | 'retired';
      /** @description Texts that people decided about. */
      texts: number;
      /** @description By label: the words whose weights differ most from the shipped model, largest change first. */
      words: {
        [key: string]: components['schemas']['SiteModelWord'][];
      };
    };
    SiteModelLabelFigures: {
      /** @description The share of texts decided by people on this site to which the label applies. */
      baseRate: number;
      /** @description Whether this model is significantly better, and so may score this label. */
      beats: boolean;
      /** @description Held-out texts, never used for training. */
      heldOut: components['schemas']['TextCount'];
      /** @description Of the shipped model, on the held-out texts. */
      shipped: components['schemas']['HeldOutFigures'];
      /** @description Of this model, on the held-out texts. */
      siteModel: components['schemas']['HeldOutFigures'];
      trained: components['schemas']['TextCount'];
    };
    SiteModelPage: {
      items: components['schemas']['SiteModelSummary'][];
      /** @description Always null because only a limited number is stored. */
      next: string | null;
    };
    SiteModelSummary: {
      /** Format: date-time */
      activatedAt: string | null;
      /** Format: date-time */
      createdAt: string;
      /** Format: date-time */
      endedAt: string | null;
      /** @description By label. Labels with too few texts are omitted. */
      figures: {
        [key: string]: components['schemas']['SiteModelLabelFigures'];
      };
      /** Format: uuid */
      id: string;
      /** @description The version of the shipped model that it was trained against. */
      modelVersion: string;
      shadow: components['schemas']['ShadowCounts'];
      /**
       * @description `shadow`: the latest model, which changes no score; `active`: its scores are in effect.
       * @enum {string}
       */
      state: 'shadow' | 'active' | 'retired';
      /** @description Texts that people decided about. */
      texts: number;
    };
    SiteModelWord: {
      /** @description Its contribution to the label's logit in a text of ten words; negative values lower the score. */
      change: number;
      /** @description A word, two words, or the model's name for a kind of clause. */
      text: string;
      /** @description The number of training texts that contain it. */
      texts: number;
    };
    SitePage: {
      items: components['schemas']['SiteAnswer'][];
      next: string | null;
    };
    /** @enum {string} */
    Sort: 'newest' | 'oldest' | 'top' | 'replies';
    SpanScore: {
      /** @description In UTF-16 code units. */
      begin?: number;
      /** @description Exclusive. */
      end?: number;
      score?: components['schemas']['AnalyzerScore'];
    };
    SsoAnswer: {
      /**
       * @description How reader tokens are signed: with the SSO secret (HS256) or with your own keys (RS256, PS256, ES256, EdDSA), never both.
       * @enum {string}
       */
      family: 'hmac' | 'public-key';
      /** @description Tokens must have exactly this `iss`; null: `iss` is not checked. */
      issuer: string | null;
      /** @description Public keys stored with Postbag (RFC 7517). */
      jwks: {
        keys?: {
          [key: string]: unknown;
        }[];
      } | null;
      /** @description URL of your public key set (RFC 7517). */
      jwksUrl: string | null;
    };
    SsoBody: {
      /**
       * @description How reader tokens are signed: with the SSO secret (HS256) or with your own keys (RS256, PS256, ES256, EdDSA), never both.
       * @enum {string}
       */
      family: 'hmac' | 'public-key';
      /** @description Tokens must have exactly this `iss`; null: `iss` is not checked. */
      issuer?: string | null;
      /** @description Public keys to store with Postbag (RFC 7517). */
      jwks?: {
        keys?: {
          [key: string]: unknown;
        }[];
      } | null;
      /** @description URL of your public key set (RFC 7517). */
      jwksUrl?: string | null;
    };
    SsoRotation: {
      /** @description How long tokens signed with the previous secret are still accepted. Default: one day, the maximum lifetime of a token. 0 invalidates the previous secret at once. */
      overlapSeconds?: number;
    };
    SsoSecretAnswer: {
      /**
       * Format: date-time
       * @description Until when the previous secret is still valid.
       */
      previousValidUntil: string | null;
      /** @description The new secret, used as its UTF-8 text. Shown only this once. */
      ssoSecret: string;
    };
    SsoSecretState: {
      /**
       * Format: date-time
       * @description Until when the previous secret is still valid; null: it is not.
       */
      previousValidUntil: string | null;
    };
    StaffAnswerRequest: {
      /** @description The text as readers will see it. */
      body: string;
      /**
       * Format: uuid
       * @description The published comment to reply to.
       */
      parentId?: string | null;
    };
    StaffSsoAnswer: {
      /**
       * Format: date-time
       * @description When this account was linked to single sign-on. Null: not linked.
       */
      connectedAt: string | null;
      /** @description The display name of single sign-on. Null: not configured. */
      name: string | null;
    };
    StaffSsoRedirect: {
      /**
       * Format: uri
       * @description The URL to send the browser to, within ten minutes.
       */
      url: string;
    };
    StoryAnswer: {
      /**
       * @description Email addresses of the story's authors, in lower case, including authors who have unsubscribed.
       * @example [
       *       "author@paper.example"
       *     ]
       */
      authorEmails: string[] | null;
      /** @description Number of published comments, including replies. */
      commentCount: number;
      /** Format: date-time */
      createdAt: string;
      /** Format: uuid */
      id: string;
      /** @description The publisher's own id of the story. */
      key: string;
      /** @description Policy settings of this story that differ from its site's. */
      policy: components['schemas']['StoryPolicyPatch'] | null;
      /** Format: date-time */
      publishedAt: string | null;
      section: string | null;
      /**
       * @description If omitted, the state does not change; a new story is open.
       * @enum {string}
       */
      state: 'open' | 'closed';
      title: string;
      /** @description Unconfirmed title from a visitor's request. Not shown to readers. */
      titleHint: string | null;
      /**
       * @description Where the title comes from: the publisher, the page itself, or (until one of them has given a title) the path of the URL.
       * @enum {string}
       */
      titleSource: 'path' | 'page' | 'publisher';
      topics: components['schemas']['TopicBody'][];
      /** Format: date-time */
      updatedAt: string;
      /**
       * Format: uri
       * @description URL of the story's page.
       */
      url: string;
    };
    StoryBody: {
      /**
       * @description Email addresses of the story's authors, who are notified of new comments. If omitted, they do not change. `null` or an empty list removes them.
       * @example [
       *       "author@paper.example"
       *     ]
       */
      authorEmails?: string[] | null;
      /** @description Policy settings of this story that differ from its site's. */
      policy?: components['schemas']['StoryPolicyPatch'] | null;
      /** Format: date-time */
      publishedAt?: string | null;
      section?: string | null;
      /**
       * @description If omitted, the state does not change; a new story is open.
       * @enum {string}
       */
      state?: 'open' | 'closed';
      title: string;
      topics?: components['schemas']['TopicBody'][];
      /**
       * Format: uri
       * @description URL of the story's page.
       */
      url: string;
    };
    StoryPage: {
      items: components['schemas']['StoryAnswer'][];
      /** @description Cursor of the next page; null on the last page. */
      next: string | null;
    };
    StoryPolicyPatch: {
      body?: components['schemas']['BodyLimitsPatch'] | null;
      editWindowSeconds?: number | null;
      gate?: components['schemas']['GatePatch'] | null;
      moderation?: components['schemas']['ModerationPatch'] | null;
      quotas?: components['schemas']['QuotasPatch'] | null;
      showOldWhileScoring?: boolean | null;
      /** @description Rules for the readers of individual tiers, by tier key; they replace the general rules: `maxChars`, `editWindowSeconds`, `preModerated` (true: their comments wait for a moderator; false: they never do, even if all other comments wait), `badge` (empty: none). */
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
      /** @description Pinned and picked comments, then the newest published top-level comments. At most 40. */
      comments: components['schemas']['FeaturedComment'][];
      /** @description Moderators of the site who can be named. */
      moderators: components['schemas']['Person'][];
      statistics: components['schemas']['StoryStatistics'];
      story: components['schemas']['ModerationStory'];
      strict: components['schemas']['StrictAnswer'] | null;
    };
    StoryStatistics: {
      /** @description How many of these have open flags. */
      flagged: number;
      held: number;
      published: number;
      /** @description Reactions of any kind to these. */
      reactions: number;
      /** @description Number of distinct authors of the latest 10,000 published comments. */
      readers: number;
      rejected: number;
      removed: number;
      /** @description How many of these were published in the last 24 hours. */
      today: number;
    };
    StrictAnswer: {
      /** @description The person who set it; null: a program. */
      by: components['schemas']['Person'] | null;
      /** @description The only moderators who may decide here; empty: all of them. */
      moderators: components['schemas']['Person'][];
      reason: string;
      /** Format: date-time */
      since: string;
      /**
       * Format: date-time
       * @description When it ends automatically.
       */
      until: string | null;
    };
    StrictRequest: {
      /**
       * Format: date-time
       * @description When the story also closes.
       */
      closesAt?: string | null;
      /** @description Strict mode ends automatically after this many hours. If omitted it does not. */
      hours?: number | null;
      /** @description Ids of the moderators who may decide here. If omitted, every moderator of the site. */
      moderators?: string[];
      reason: string;
    };
    SubmitBody: {
      /**
       * @description Plain text with a little Markdown: links, quotes, emphasis, lists. HTML is shown as text.
       * @example I call BS — observe the dates.
       */
      body: string;
      /**
       * Format: uuid
       * @description The comment to reply to. It must be published and belong to the same story.
       */
      parentId?: string | null;
    };
    SuggestCommentScoreRequest: {
      /** @description By attribute: 1 if it applies, 0 if it does not. */
      attributeScores: {
        [key: string]: components['schemas']['AttributeScores'];
      };
      /** @description Returned in the response. */
      clientToken?: string;
      comment: components['schemas']['TextEntry'];
      /** @description A site's id assigns a suggestion to that site. */
      communityId?: string;
      /** @description Accepted but ignored. */
      context?: components['schemas']['CommentContext'];
      /** @description Analyzed texts are never stored. Suggestions are stored unless this is true. */
      doNotStore?: boolean;
      /** @description BCP 47. Detected if omitted. */
      languages?: string[];
      sessionId?: string;
    };
    SuggestCommentScoreResponse: {
      clientToken?: string;
      detectedLanguages: string[];
      requestedLanguages: string[];
    };
    SuggestionAnswer: {
      /** @description The effective threshold; null: none. */
      current: number | null;
      /** @description For `hold`: share refused by people below the threshold. For `reject`: share published by people at or above it. */
      error: components['schemas']['EstimateAnswer'];
      /** @enum {string} */
      kind: 'hold' | 'reject';
      /**
       * @description `enough`: the whole interval is within the wanted error; `not-enough`: too few texts were reviewed; `none`: no threshold achieves the wanted error.
       * @enum {string}
       */
      state: 'enough' | 'not-enough' | 'none';
      threshold: number | null;
      wantedError: number;
    };
    TeamAnswer: {
      /** @description All members: owners first, then by name. */
      items: components['schemas']['TeamMember'][];
      /** @description Sections of the site's stories, in alphabetical order. Roles can be limited to these. */
      sections: string[];
    };
    TeamMember: {
      email: string | null;
      /** @description Whether the role applies to all sites. Such a role cannot be changed here. */
      everywhere: boolean;
      hasSecondFactor: boolean;
      /** Format: uuid */
      id: string;
      /**
       * Format: date-time
       * @description Until when the link of an open invitation works.
       */
      invitedUntil: string | null;
      name: string;
      role: components['schemas']['ModeratorRole'];
      /** @description The sections that the role is limited to, in alphabetical order. Null: the whole site. */
      sections: string[] | null;
      /**
       * Format: date-time
       * @description Last activity on any site; null: never signed in, or signed out.
       */
      seenAt: string | null;
      /**
       * Format: date-time
       * @description When the member joined the team of this site.
       */
      since: string;
      /** @enum {string} */
      state: 'invited' | 'active';
    };
    TeamRules: {
      /** @description Whether everyone in the team must provide a second factor when signing in. Members without one cannot do anything on this site until they set it up. */
      secondFactor: boolean;
    };
    TestAnswer: {
      /** Format: uuid */
      endpointId: string;
      type: string;
    };
    TextCount: {
      /** @description Texts to which the label applies. */
      positives: number;
      texts: number;
    };
    TextEntry: {
      /** @description At most 20,480 bytes of UTF-8. */
      text?: string;
      /**
       * @description Defaults to plain text.
       * @enum {string}
       */
      type?: 'TEXT_TYPE_UNSPECIFIED' | 'PLAIN_TEXT' | 'HTML';
    };
    Thread: {
      /** @description Badges shown beside author names in place of the tier name, by tier key. */
      badges?: {
        [key: string]: string;
      };
      /** @description The gate for this reader, or for signed-out readers if the request has no token. */
      gate: components['schemas']['GateAnswer'];
      items: components['schemas']['ThreadItem'][];
      limits: components['schemas']['ThreadLimits'];
      next: string | null;
      /** @description Number of editors' picks; see `GET …/picks`. */
      picks: number;
      /** @description The pinned comment, on the first page only. It also appears at its usual position in `items`. */
      pinned: components['schemas']['ThreadItem'] | null;
      /** @description The kinds of reactions available on this site, in display order. */
      reactions: string[];
      story: components['schemas']['ThreadStory'];
      /** @description Number of published comments and replies. */
      total: number;
    };
    ThreadItem: {
      /** @description Only for the author: the state of their appeal. */
      appeal?: components['schemas']['AppealSummary'];
      /** @description Null, like `body` and `html`, for a removed or deleted comment that is listed only because it has visible replies. */
      author: components['schemas']['Author'] | null;
      /** @description The text as written. */
      body: string | null;
      /** Format: date-time */
      createdAt: string;
      /** Format: date-time */
      editedAt: string | null;
      /** @description The text rendered and sanitised by the server. */
      html: string | null;
      /** Format: uuid */
      id: string;
      /** Format: uuid */
      parentId: string | null;
      /** @description True if the comment is an editors' pick. */
      picked: boolean;
      /** @description True if the comment is pinned to the top of its story. */
      pinned: boolean;
      /** Format: date-time */
      publishedAt: string | null;
      /** @description Number of reactions of each kind. */
      reactions: {
        [key: string]: number;
      };
      /** @description Only for the author, while the comment is held or after it was rejected or removed: the reason and what the author can do, in the language of the page on which the comment was written. */
      reason?: string | null;
      /** @description The first three replies, oldest first. */
      replies: components['schemas']['CommentList'];
      /** @description Number of visible replies at any depth. */
      replyCount: number;
      revision: number;
      /** @enum {string} */
      status: 'pending' | 'published' | 'held' | 'rejected' | 'removed' | 'deleted';
      /** Format: uuid */
      storyId: string;
      /** @description Only present if the request has a reader's token. */
      viewer?: components['schemas']['Viewer'];
    };
    ThreadLimits: {
      /** @description Maximum length of a comment, in user-perceived characters. */
      bodyChars: number;
      /** @description Time after posting during which authors may edit or delete their comment, in seconds. */
      editSeconds: number;
      /** @description Whether `POST …/notice` warns readers that a text will probably be held. */
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
      /** @description Comments are held from this score; null: never. */
      hold?: number | null;
      /** @description Comments are rejected from this score, which must be at least `hold`; null: never. */
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
      /** @description Badge shown beside the names of readers with this tier. */
      badge: string | null;
      /** @example insider-gold */
      key: string;
      /** @example Insider Gold */
      name: string;
      /**
       * @description A tier with a higher rank includes everything that lower ones allow.
       * @example 30
       */
      rank: number;
      /**
       * Format: uri
       * @description Where a reader can subscribe to this tier.
       */
      upgradeUrl: string | null;
    };
    TierBody: {
      /** @description Badge shown beside the names of readers with this tier. */
      badge?: string | null;
      /** @example insider-gold */
      key: string;
      /** @example Insider Gold */
      name: string;
      /**
       * @description A tier with a higher rank includes everything that lower ones allow.
       * @example 30
       */
      rank: number;
      /**
       * Format: uri
       * @description Where a reader can subscribe to this tier.
       */
      upgradeUrl?: string | null;
    };
    TierNameAnswer: {
      key: string;
      name: string;
    };
    TierUse: {
      /** @description Where the tier is named there: actions of the gate, `quotas`, `tiers`, or plans of the billing provider. */
      as: string[];
      /** @description Whether this use must be removed before the tier can be deleted. */
      blocks: boolean;
      /** @description Title of the story, name of the override or organisation, or name of the billing provider; null for the site's own settings. */
      name: string | null;
      /** @enum {string} */
      where: 'policy' | 'story' | 'override' | 'billing' | 'look-up' | 'organisation';
    };
    TierUses: {
      items: components['schemas']['TierUse'][];
      /** @description Number of readers with an entitlement to the tier that is in effect; 1000 means 1000 or more. */
      readers: number;
    };
    TokenCheckAnswer: {
      problems: components['schemas']['TokenProblemAnswer'][];
      /** @description Absent if the token is not valid. */
      reader?: components['schemas']['TokenReader'];
      /** @description The effective tier, from the token and the entitlements; null if none. */
      tier?: components['schemas']['TierNameAnswer'] | null;
      /** @description Whether the token signs the reader in. Some problems do not prevent that. */
      valid: boolean;
    };
    TokenCheckRequest: {
      /** @description The token as the reader’s page sends it, without "Bearer". */
      token: string;
    };
    TokenProblemAnswer: {
      /** @description The part with the problem: `exp`, `aud`, `alg`, `signature`, or `token` for the token as a whole, for example. */
      claim: string;
      /**
       * @description Machine-readable code.
       * @example in-milliseconds
       */
      code: string;
      /** @description The cause and how to fix it. */
      message: string;
    };
    TokenReader: {
      email: string | null;
      /** @description The token’s `sub`. */
      key: string;
      /** @description The name that other readers see. */
      name: string;
      /** @description URL of the picture, which must use https; null if there is none that can be shown. */
      picture: string | null;
    };
    TopicAnswer: {
      /** @description The five latest comments on its stories that the reader may read. */
      comments: components['schemas']['LatestComment'][];
      /** @description The publisher’s facts about the topic, in the publisher’s order. */
      facts: components['schemas']['TopicFact'][];
      /** @example ACME */
      key: string;
      /** @example Acme Corporation */
      name: string;
      /** @description The five latest stories. */
      stories: components['schemas']['FoundStory'][];
      storyCount: number;
      /** @example ticker */
      type: string;
      /**
       * Format: uri
       * @description The publisher’s page about the topic.
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
      /** @description Facts about the topic shown to readers, in this order. */
      facts?: components['schemas']['TopicFact'][];
      /** @example Acme Corporation */
      name: string;
      /**
       * Format: uri
       * @description URL of the publisher's page about the topic.
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
      /** @description Beginning of the text. */
      excerpt: string;
      /** @description The labels for which it is a positive example. An approved text is a negative example for all labels. */
      labels: string[];
      /** @description The code of the given reason. */
      reason: string | null;
      /** @description True if rejected or removed, false if approved. */
      refused: boolean;
      /**
       * @description `held-out`: used for evaluation only and never for training; `none`: not used, because its reason says nothing about the text or the model does not support its language.
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
       * @description The result will appear in `lastTraining`.
       * @enum {string}
       */
      status: 'queued';
    };
    UndoAnswer: {
      /** Format: uuid */
      commentId: string;
      /**
       * Format: uuid
       * @description The new decision that undoes the earlier one.
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
      /** @description Only with mode `score`. */
      value?: number;
    };
    VerdictCell: {
      comments: number;
      /**
       * @description Decision of the draft.
       * @enum {string}
       */
      draft: 'publish' | 'hold' | 'reject';
      /**
       * @description Decision of the effective policy.
       * @enum {string}
       */
      live: 'publish' | 'hold' | 'reject';
      /**
       * @description Decision of people; null: nobody decided.
       * @enum {string|null}
       */
      people: 'publish' | 'refuse' | null;
    };
    Viewer: {
      canDelete: boolean;
      canEdit: boolean;
      flagged: boolean;
      /** @description True if the reader ignores the comment's author; otherwise absent. */
      ignored?: boolean;
      mine: boolean;
      reactions: string[];
    };
    WaitingNow: {
      /** @description Counted up to 10,000, as in the lists. */
      count: number;
      /**
       * Format: date-time
       * @description Half of the comments have waited since this time or longer. If there are more than 10,000, the 10,000 oldest are used.
       */
      median: string | null;
      /**
       * Format: date-time
       * @description When the oldest comment began to wait.
       */
      oldest: string | null;
      /** @enum {string} */
      state: 'held' | 'flagged' | 'appealed' | 'escalated';
    };
    WaitingQuality: {
      decisions: number;
      /** @description Median waiting time in seconds. */
      p50: number | null;
      /** @description 95th percentile of the waiting time in seconds. */
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
       * @description Comments since this time were searched.
       */
      since: string;
      /** @description Number of comments searched, at most 10,000. */
      tried: number;
    };
    WordListPreviewRequest: {
      entries: string[];
    };
    WordLists: {
      /** @description A comment that contains one of these is rejected. */
      banned: string[];
      /** @description A comment that contains one of these is held. */
      suspect: string[];
    };
    WordListsPatch: {
      /** @description A comment that contains one of these is rejected. */
      banned?: string[] | null;
      /** @description A comment that contains one of these is held. */
      suspect?: string[] | null;
    };
    WordTestAnswer: {
      /** @description Entries that occur in the text. */
      found: components['schemas']['WordFind'][];
    };
    WordTestRequest: {
      /** @description Words or phrases, with `*` for any letters. */
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
