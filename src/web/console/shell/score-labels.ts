/** The display name and hue of each of the scorer's labels. Related labels share a hue. */
const LABELS: Readonly<Record<string, { name: string; hue: string }>> = {
  refusal: { name: 'Refusal', hue: 'toxicity' },
  severeToxicity: { name: 'Severe toxicity', hue: 'severe' },
  threat: { name: 'Threat', hue: 'threat' },
  identityAttack: { name: 'Identity attack', hue: 'identity' },
  sexual: { name: 'Sexually explicit', hue: 'sexual' },
  toxicity: { name: 'Toxicity', hue: 'toxicity' },
  insult: { name: 'Insult', hue: 'insult' },
  profanity: { name: 'Profanity', hue: 'profanity' },
  spam: { name: 'Spam', hue: 'spam' },
  links: { name: 'Links', hue: 'links' },
  repeat: { name: 'Repeats', hue: 'links' },
  personalData: { name: 'Personal data', hue: 'identity' },
  offLanguage: { name: 'Another language', hue: 'other' },
  shouting: { name: 'Shouting', hue: 'other' },
  flood: { name: 'Flood', hue: 'links' },
  bannedWords: { name: 'Banned words', hue: 'severe' },
  argumentQuality: { name: 'Argues well', hue: 'other' },
  onTopic: { name: 'On topic', hue: 'other' },
  question: { name: 'Question', hue: 'other' },
  newsroom: { name: 'Correction or tip', hue: 'other' },
  suspectWords: { name: 'Suspect words', hue: 'insult' },
};

/** The display name of a label. An unknown one is split at its capitals. */
export function labelName(label: string): string {
  const listed = LABELS[label];
  if (listed) return listed.name;
  // A label of an external scorer, for example `newsroom:off-brand`.
  const [scorer, scorerLabel] = label.split(/:(.*)/s);
  if (scorerLabel !== undefined) return `${toWords(scorer ?? '')}: ${toWords(scorerLabel).toLowerCase()}`;
  return toWords(label);
}

function toWords(name: string): string {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[-_]+/g, ' ')
    .replace(/\//g, ', ')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The CSS colour of a label, in both colour schemes. */
export function labelColor(label: string): string {
  return `var(--label-${LABELS[label]?.hue ?? 'other'})`;
}

const FLAG_LABELS: Readonly<Record<string, string>> = {
  abuse: 'abuse',
  hate: 'hate',
  spam: 'spam',
  'off-topic': 'off topic',
  'personal-data': 'personal data',
  illegal: 'illegal',
  other: 'other',
};

export function flagName(reason: string): string {
  return FLAG_LABELS[reason] ?? reason.replace(/-/g, ' ');
}
