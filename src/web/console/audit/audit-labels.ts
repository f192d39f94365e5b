/** Audit actions as part of a sentence. `actionText` derives a text for others. */
const ACTION_TEXTS: Readonly<Record<string, string>> = {
  'comment.approve': 'approved a comment',
  'comment.reject': 'rejected a comment',
  'comment.remove': 'removed a comment',
  'comment.restore': 'restored a comment',
  'comment.escalate': 'escalated a comment',
  'comment.undo': 'undid a decision',
  'comment.changed': 'picked or pinned a comment',
  'legal-notice.made': 'sent a notice of illegal content',
  'legal-notice.changed': 'decided a notice of illegal content',
  'staff-answer.made': 'wrote a comment as the publication',
  'story-author.made': 'named an author of a story',
  'story-author.deleted': 'removed an author from a story',
  'reader.standing': 'changed a reader’s standing',
  'reader-note.made': 'noted something about a reader',
  'reader-message.made': 'wrote to a reader',
  'same-person.made': 'linked a reader to another account',
  'same-person.changed': 'linked readers’ accounts',
  'same-person.deleted': 'separated a reader from other accounts',
  'reader.changed': 'changed a reader’s role',
  'policy.changed': 'changed the policy',
  'tiers.replaced': 'replaced the tiers',
  'site.made': 'created this site',
  'site.changed': 'changed the site or the reader sign-in',
  'key.made': 'created a key for this site',
  'key.revoked': 'revoked a key of this site',
  'coral-phase.made': 'connected Coral',
  'coral-phase.changed': 'changed how Coral is connected',
  'coral-phase.deleted': 'disconnected Coral',
  'role.made': 'gave somebody a role',
  'role.changed': 'changed a role',
  'role.deleted': 'took a role away',
  'sign-in-link.made': 'created a sign-in link',
  'audit.exported': 'exported this record',
  'site.exported': 'exported the site',
  'opinion.made': 'gave a second opinion',
  'opinion.changed': 'changed a second opinion',
  'sampling.made': 'changed how many decisions are sampled',
  'sampling.changed': 'changed how many decisions are sampled',
  'sample-draw.made': 'drew a sample',
  'sample-review.made': 'judged a sampled text',
  'bulk-decision.made': 'decided many comments',
  'bulk-decision.changed': 'continued a bulk decision',
};

const VERB_LABELS: Readonly<Record<string, string>> = {
  made: 'added',
  changed: 'changed',
  deleted: 'deleted',
};

/** For example `webhook.made` → `added webhook`. */
export function actionText(action: string): string {
  const text = ACTION_TEXTS[action];
  if (text) return text;
  const [resource = '', verb = ''] = action.split('.');
  return `${VERB_LABELS[verb] ?? verb} ${resource.replace(/-/g, ' ')}`;
}

/** The action kinds that the filter offers, with the prefix the server filters by. */
export const ACTION_KINDS = [
  { value: '', label: 'Everything' },
  { value: 'comment.', label: 'Decisions about comments' },
  { value: 'reader.', label: 'Readers' },
  { value: 'policy.', label: 'Policy' },
  { value: 'role.', label: 'Team' },
  { value: 'webhook.', label: 'Webhooks' },
  { value: 'story.', label: 'Stories' },
  { value: 'site.', label: 'Site' },
  { value: 'tiers.', label: 'Tiers' },
  { value: 'key.', label: 'Keys' },
  { value: 'audit.', label: 'This record' },
] as const;

/** Describes what changed in one line: `state: open → closed`. */
export function detailText(action: string, details: Record<string, unknown>): string {
  const isChange = action.endsWith('.changed');
  return Object.entries(details)
    .filter(([name]) => name !== 'decision' && name !== 'revision')
    .map(([name, value]) => `${name.replace(/_/g, ' ')}: ${isChange ? changeText(value) : valueText(value)}`)
    .join(' · ');
}

function changeText(value: unknown): string {
  if (Array.isArray(value) && value.length === 2) return `${valueText(value[0])} → ${valueText(value[1])}`;
  return valueText(value);
}

function valueText(value: unknown): string {
  if (value === null || value === undefined) return 'none';
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(itemText).join(', ');
  return JSON.stringify(value);
}

function itemText(value: unknown): string {
  const name = (value as { name?: unknown } | null)?.name;
  return typeof name === 'string' ? name : valueText(value);
}
