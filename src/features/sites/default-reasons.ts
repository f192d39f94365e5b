export interface Reason {
  code: string;
  /** The label moderators choose from. */
  label: string;
  /** The text shown to the author in any language that has no text of its own. */
  text: string;
  /** The text in other languages, by ISO 639-1 code. */
  texts?: Record<string, string>;
}

/**
 * Reasons for rejecting or removing a comment, used until the site writes its own. The texts are sent to the author.
 * Their translations are in `default-reason-texts.ts`.
 */
export const DEFAULT_REASONS: Reason[] = [
  {
    code: 'abuse',
    label: 'Abuse or insult',
    text: 'Your comment attacks a person rather than what they say. You are welcome to make your point without that.',
  },
  {
    code: 'hate',
    label: 'Hate',
    text: 'Your comment demeans people for who they are. We do not publish that.',
  },
  {
    code: 'threat',
    label: 'Threat or call for violence',
    text: 'Your comment threatens somebody or calls for harm. We do not publish that.',
  },
  {
    code: 'spam',
    label: 'Spam or advertising',
    text: 'Your comment reads as advertising or was posted many times.',
  },
  {
    code: 'off-topic',
    label: 'Off topic',
    text: 'Your comment is not about this story or the discussion below it.',
  },
  {
    code: 'personal-data',
    label: 'Personal data',
    text: 'Your comment gives away private details, such as an address or a phone number.',
  },
  {
    code: 'illegal',
    label: 'Against the law',
    text: 'We believe that your comment breaks the law, so we cannot publish it.',
  },
  {
    code: 'language',
    label: 'Swearing or explicit language',
    text: 'Your comment uses language that we do not publish. You are welcome to post it again in other words.',
  },
  {
    code: 'other',
    label: 'Something else',
    text: 'Your comment does not meet the rules for comments on this site.',
  },
];
