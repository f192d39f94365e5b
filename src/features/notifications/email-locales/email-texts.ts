/** A sentence, or its forms by what `Intl.PluralRules` calls them. */
export type MessageFormat = string | Readonly<Record<string, string>>;

export interface EmailPageTexts {
  readonly title: string;
  readonly lead: string;
  /** Of the button; none where there is nothing to do. */
  readonly button?: string;
}

/** All that letters to readers and the pages behind their links say, in one language. */
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
  /** About a comment, where nothing else is known. */
  readonly news: string;
  readonly message: string;
  readonly warned: string;
  readonly suspended: string;
  readonly banned: string;
  readonly reinstated: string;
  /** About the account, where nothing else is known. */
  readonly accountNews: string;
  readonly quote: string;
  readonly lead: string;
  readonly digestLead: string;
  /** The subject of a letter with more than one. */
  readonly things: MessageFormat;
  readonly why: string;
  readonly unsubscribe: string;
  readonly askSubject: string;
  /** Plain text; the one letter that an address gets before it is confirmed. */
  readonly ask: string;
  /** Who wrote a comment, and whom it answers. */
  readonly answers: string;
  readonly authorSubject: MessageFormat;
  readonly authorLead: MessageFormat;
  /** Of the link to all comments, where the letter shows only the newest. */
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
