export const en = {
  reply: '{name} replied to you',
  mention: '{name} mentioned you',
  story: {
    one: '{n} new comment on a story you follow',
    other: '{n} new comments on a story you follow',
  },
  topic: {
    one: '{n} new comment about {topic}',
    other: '{n} new comments about {topic}',
  },
  newStory: 'New story about {topic}',
  published: 'Your comment is published',
  rejected: 'Your comment was not published',
  removed: 'Your comment was removed',
  upheld: 'Your appeal: the decision stands',
  overturned: 'Your appeal: your comment was restored',
  commentUpdate: 'News about your comment',
  message: 'A message from the moderators',
  warned: 'The moderators sent you a warning',
  suspended: 'You cannot comment for some time',
  banned: 'You cannot comment any more',
  reinstated: 'You can comment as before',
  accountUpdate: 'News about your account',
  quote: '“{text}”',
  lead: 'From the comments on {site}:',
  digestLead: 'What is new in the comments on {site}:',
  digestSubject: {
    one: '{n} update from the comments',
    other: '{n} updates from the comments',
  },
  reasonForEmail: 'You asked {site} for these emails.',
  unsubscribe: 'Unsubscribe',
  confirmationSubject: 'Confirm your address for the comments on {site}',
  confirmationBody:
    '{name} asked {site} to send notifications about comments to this address.\n\nIf that was you, confirm it here:\n{url}\n\nIf it was not, do nothing, and no more emails will be sent.',
  replyTo: '{name} to {other}',
  authorSubject: {
    one: '{n} new comment: {title}',
    other: '{n} new comments: {title}',
  },
  authorLead: {
    one: '{n} new comment under your story “{title}”:',
    other: '{n} new comments under your story “{title}”, the newest first:',
  },
  authorReadAll: 'Read all comments under the story',
  authorReasonForEmail: 'You get these emails because {site} names you as an author of this story.',
  invalidLink: {
    title: 'This link does not work',
    lead: 'It was not created here, or a part of it is missing. Copy the whole link from the email.',
  },
  addressNotPending: {
    title: 'This address no longer needs to be confirmed',
    lead: 'Your notification settings now contain another address or none. To use this one, enter it there again.',
  },
  confirmPrompt: {
    title: 'Is this your address?',
    lead: 'Notifications about comments on {site} will be sent to {address}.',
    button: 'Confirm',
  },
  unsubscribePrompt: {
    title: 'Unsubscribe?',
    lead: 'No more emails about comments on {site} will be sent to {address}.',
    button: 'Unsubscribe',
  },
  confirmed: {
    title: 'Confirmed',
    lead: 'Notifications will be sent to {address}. You can close this page.',
  },
  unsubscribed: {
    title: 'Unsubscribed',
    lead: 'No more emails about comments are sent to {address}.',
  },
  stopAuthorPrompt: {
    title: 'Unsubscribe?',
    lead: 'No more emails about comments under your stories on {site} will be sent to {address}.',
    button: 'Unsubscribe',
  },
  stoppedAuthor: {
    title: 'Unsubscribed',
    lead: 'No more emails about comments under your stories on {site} are sent to {address}.',
    button: 'Send them again',
  },
  resumeAuthorPrompt: {
    title: 'Receive them again?',
    lead: 'Emails about new comments under your stories on {site} will be sent to {address}.',
    button: 'Send them again',
  },
  resumedAuthor: {
    title: 'You will receive them again',
    lead: 'Emails about new comments under your stories on {site} are sent to {address}. You can close this page.',
  },
  noticeReceivedSubject: 'We received your notice {reference}',
  noticeReceivedBody:
    '{site} received your notice that a comment is illegal. Its reference is {reference}. A moderator will review it, and we will tell you the decision at this address.\n\nRead its status at any time:\n{url}',
  noticeDecidedSubject: 'The decision about your notice {reference}',
  noticeRemoved:
    'A moderator of {site} reviewed your notice {reference} and decided that the comment is no longer shown.',
  noticeNoAction:
    'A moderator of {site} reviewed your notice {reference} and decided to take no action: the comment stays.',
  noticeRedress:
    'The decision was made by a person. If you disagree, you can ask {site} to review it and give the reference {reference}, turn to a certified out-of-court dispute settlement body (Article 21 of the Digital Services Act), or go to court.',
};
