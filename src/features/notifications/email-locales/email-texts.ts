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
  readonly news: string;
  readonly message: string;
  readonly warned: string;
  readonly suspended: string;
  readonly banned: string;
  readonly reinstated: string;
  /** For a notification about the account whose outcome is none of the above. */
  readonly accountNews: string;
  readonly quote: string;
  readonly lead: string;
  readonly digestLead: string;
  /** Subject of an email with several items. */
  readonly things: MessageFormat;
  readonly why: string;
  readonly unsubscribe: string;
  readonly askSubject: string;
  /** Plain text. This is the only email sent to an address before it is confirmed. */
  readonly ask: string;
  /** Heading of a reply: `{name}` wrote it, `{other}` is the author of the comment it replies to. */
  readonly replyTo: string;
  readonly authorSubject: MessageFormat;
  readonly authorLead: MessageFormat;
  /** Text of the link to all comments, used when the email shows only the newest. */
  readonly authorAll: string;
  readonly authorWhy: string;
  readonly noSuchLink: EmailPageTexts;
  readonly otherAddress: EmailPageTexts;
  readonly askConfirm: EmailPageTexts;
  readonly askUnsubscribe: EmailPageTexts;
  readonly confirmed: EmailPageTexts;
  readonly unsubscribed: EmailPageTexts;
  readonly askStopAuthor: EmailPageTexts;
  readonly stoppedAuthor: EmailPageTexts;
  readonly askResumeAuthor: EmailPageTexts;
  readonly resumedAuthor: EmailPageTexts;
}
