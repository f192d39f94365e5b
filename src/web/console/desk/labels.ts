/** The scorer's labels in the order and words in which people read them. */
const NAMES: Readonly<Record<string, string>> = {
  severeToxicity: 'Severe toxicity',
  threat: 'Threat',
  identityAttack: 'Identity attack',
  sexuallyExplicit: 'Sexually explicit',
  toxicity: 'Toxicity',
  insult: 'Insult',
  profanity: 'Profanity',
  spam: 'Spam',
};

/** A label in words; one we do not know yet is taken apart at its capitals. */
export function labelName(label: string): string {
  const known = NAMES[label];
  if (known) return known;
  const words = label
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[-_]+/g, ' ')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The CSS colour that stands for a label, in either scheme. */
export function labelColor(label: string): string {
  return `var(--label-${label in NAMES ? label : 'other'})`;
}

const FLAG_NAMES: Readonly<Record<string, string>> = {
  abuse: 'abuse',
  hate: 'hate',
  spam: 'spam',
  'off-topic': 'off topic',
  'personal-data': 'personal data',
  illegal: 'illegal',
  other: 'other',
};

export function flagName(reason: string): string {
  return FLAG_NAMES[reason] ?? reason.replace(/-/g, ' ');
}
