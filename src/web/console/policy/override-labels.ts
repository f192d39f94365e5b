interface Override {
  readonly section?: string | null;
  readonly storyKey?: string | null;
  readonly from?: string | null;
  readonly until?: string | null;
  readonly policy: Readonly<Record<string, unknown>>;
}

const isOverride = (value: unknown): value is Override =>
  typeof value === 'object' && value !== null && 'key' in value && 'policy' in value;

/**
 * An override in one line: `story talks, until …: moderation mode hold-all`; null if the value is not an override.
 */
export function overrideText(value: unknown, time: (iso: string) => string): string | null {
  if (!isOverride(value)) return null;
  const { section, storyKey, from, until, policy } = value;
  const where = storyKey ? `story ${storyKey}` : section ? `section ${section}` : 'everywhere';
  const when = [from && `from ${time(from)}`, until && `until ${time(until)}`].filter(Boolean);
  return `${[where, ...when].join(', ')}: ${settingTexts(policy).join(', ') || 'nothing'}`;
}

const toWords = (name: string): string =>
  name.replace(/([a-z])([A-Z])/g, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`);

function settingTexts(tree: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(tree).flatMap(([name, value]) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? settingTexts(value as Record<string, unknown>).map((text) => `${toWords(name)} ${text}`)
      : [`${toWords(name)} ${Array.isArray(value) ? value.join(' ') : String(value)}`],
  );
}
