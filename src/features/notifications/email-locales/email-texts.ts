/** A message, or its plural forms keyed by `Intl.PluralRules` category. */
export type MessageFormat = string | Readonly<Record<string, string>>;

export interface EmailPageTexts {
  readonly title: string;
  readonly lead: string;
  /** Label of the button; absent if the page has nothing to confirm. */
  readonly button?: string;
}

/** All texts of emails and of the pages they link to, in one language. */
export interface EmailTexts {
  readonly reply: string;
  readonly mention: string;
  readonly story: MessageFormat;
  readonly topic: MessageFormat;
  readonly newStory: string;
  readonly published: string;
  readonly rejected: string;
  readonly removed: string;
  readonly upheld: string;
  readonly overturned: string;
  /** For a notification about a comment whose outcome is none of the above. */
  readonly commentUpdate: string;
  readonly message: string;
  readonly warned: string;
  readonly suspended: string;
  readonly banned: string;
  readonly reinstated: string;
  /** For a notification about the account whose outcome is none of the above. */
  readonly accountUpdate: string;
  readonly quote: string;
  readonly lead: string;
  readonly digestLead: string;
  /** Subject of an email with several items. */
  readonly digestSubject: MessageFormat;
  /** Why the recipient gets the email. */
  readonly reasonForEmail: string;
  readonly unsubscribe: string;
  readonly confirmationSubject: string;
  /** Plain text. This is the only email sent to an address before it is confirmed. */
  readonly confirmationBody: string;
  /** Heading of a reply: `{name}` wrote it, `{other}` is the author of the comment it replies to. */
  readonly replyTo: string;
  readonly authorSubject: MessageFormat;
  readonly authorLead: MessageFormat;
  /** Text of the link to all comments, used when the email shows only the newest. */
  readonly authorReadAll: string;
  readonly authorReasonForEmail: string;
  readonly invalidLink: EmailPageTexts;
  /** Shown for a confirmation link whose address has since been changed or removed. */
  readonly addressNotPending: EmailPageTexts;
  readonly confirmPrompt: EmailPageTexts;
  readonly unsubscribePrompt: EmailPageTexts;
  readonly confirmed: EmailPageTexts;
  readonly unsubscribed: EmailPageTexts;
  readonly stopAuthorPrompt: EmailPageTexts;
  readonly stoppedAuthor: EmailPageTexts;
  readonly resumeAuthorPrompt: EmailPageTexts;
  readonly resumedAuthor: EmailPageTexts;
  readonly noticeReceivedSubject: string;
  /** Receipt of a notice of illegal content. */
  readonly noticeReceivedBody: string;
  readonly noticeDecidedSubject: string;
  readonly noticeRemoved: string;
  readonly noticeNoAction: string;
  /** How to contest the decision about a notice. */
  readonly noticeRedress: string;
}
