import type { Policy } from './policy.js';

/** A member of a policy whose value differs between two versions. */
export interface PolicyDifference {
  /** A JSON pointer from the policy's root. */
  readonly pointer: string;
  /** A readable name of the setting, such as `insult: held from`. */
  readonly what: string;
  readonly before: unknown;
  readonly after: unknown;
  /** For lists: the entries that were added and removed. */
  readonly added?: readonly string[];
  readonly removed?: readonly string[];
}

type ValuesByPointer = Map<string, unknown>;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function collectValues(value: unknown, pointer: string, target: ValuesByPointer): ValuesByPointer {
  if (isObject(value)) {
    for (const [key, member] of Object.entries(value))
      collectValues(member, `${pointer}/${key.replace(/~/g, '~0').replace(/\//g, '~1')}`, target);
  } else if (pointer === '/reasons' && Array.isArray(value)) {
    // Compared by code, so adding or reordering reasons does not mark the others as changed.
    for (const { code, label, text, texts = {} } of value as Policy['reasons']) {
      target.set(`${pointer}/${code}`, `${label}: ${text}`);
      for (const [language, translation] of Object.entries(texts))
        target.set(`${pointer}/${code}/${language}`, translation);
    }
  } else {
    target.set(pointer, value);
  }
  return target;
}

const toWords = (name: string): string =>
  name
    .replace(/~1/g, '/')
    .replace(/~0/g, '~')
    .replace(/([a-z])([A-Z])/g, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`);

const DESCRIPTIONS: readonly (readonly [RegExp, (...parts: string[]) => string])[] = [
  [/^\/moderation\/thresholds\/([^/]+)\/hold$/, (label) => `${toWords(label)}: held from`],
  [/^\/moderation\/thresholds\/([^/]+)\/reject$/, (label) => `${toWords(label)}: rejected from`],
  [/^\/moderation\/wordLists\/(.+)$/, (list) => `${list} words`],
  [/^\/moderation\/links\/max$/, () => 'links allowed in a comment'],
  [/^\/moderation\/links\/(.+)$/, (list) => `domains to ${list}`],
  [/^\/moderation\/mode$/, () => 'how comments are decided'],
  [/^\/moderation\/newReaderHoldsFirst$/, () => 'first comments of a new reader that are held'],
  [/^\/moderation\/flagsToHold$/, () => 'number of flags after which a comment is held'],
  [/^\/moderation\/brigading\/mode$/, () => 'many new accounts at once'],
  [/^\/moderation\/brigading\/newReaders$/, () => 'number of new accounts on one story that is unusual'],
  [/^\/moderation\/brigading\/minutes$/, () => 'minutes over which new accounts are counted'],
  [/^\/moderation\/brigading\/sameText$/, () => 'number of new accounts with the same text that is unusual'],
  [/^\/moderation\/unscored$/, () => 'comments in a language that is not scored'],
  [/^\/moderation\/languages$/, () => 'languages'],
  [/^\/moderation\/languageModels\/(.+)$/, (language) => `model for ${language}`],
  [
    /^\/moderation\/publishBelow\/(.+)\/toxicity$/,
    (language) => `toxicity below which ${language} is published`,
  ],
  [
    /^\/moderation\/publishBelow\/(.+)\/model$/,
    (language) => `version of the model for ${language} that its limit was measured with`,
  ],
  [/^\/moderation\/learning$/, () => 'learning from decisions'],
  [/^\/quotas\/commentsPerDay$/, () => 'comments per day'],
  [/^\/quotas\/tiers\/([^/]+)\/commentsPerDay$/, (tier) => `comments per day for ${tier}`],
  [/^\/gate\/(.+)$/, (action) => `who may ${action}`],
  [/^\/tiers\/([^/]+)\/(.+)$/, (tier, rule) => `${toWords(rule)} for ${tier}`],
  [/^\/reasons\/([^/]+)\/([^/]+)$/, (code, language) => `reason ${code} in ${language}`],
  [/^\/reasons\/(.+)$/, (code) => `reason ${code}`],
  [/^\/closeStoriesAfterDays$/, () => 'days after which a story closes'],
  [/^\/authors\/tell$/, () => 'emails to authors of stories'],
  [/^\/authors\/language$/, () => 'language of emails to authors'],
  [/^\/editWindowSeconds$/, () => 'seconds in which an author may edit'],
];

function describePointer(pointer: string): string {
  for (const [pattern, describe] of DESCRIPTIONS) {
    const match = pattern.exec(pointer);
    if (match) return describe(...match.slice(1));
  }
  return pointer.slice(1).split('/').map(toWords).join(', ');
}

/**
 * Lists the differences between two policies, in the order of the policy's members. Empty if the policies are
 * equivalent.
 */
export function policyDifferences(before: Policy, after: Policy): PolicyDifference[] {
  const [oldValues, newValues] = [collectValues(before, '', new Map()), collectValues(after, '', new Map())];
  return [...new Set([...oldValues.keys(), ...newValues.keys()])].flatMap((pointer) => {
    const [oldValue, newValue] = [oldValues.get(pointer), newValues.get(pointer)];
    if (JSON.stringify(oldValue) === JSON.stringify(newValue)) return [];
    const difference = {
      pointer,
      what: describePointer(pointer),
      before: oldValue ?? null,
      after: newValue ?? null,
    };
    if (!Array.isArray(oldValue ?? []) || !Array.isArray(newValue ?? [])) return [difference];
    const [oldEntries, newEntries] = [(oldValue ?? []) as string[], (newValue ?? []) as string[]];
    return [
      {
        ...difference,
        added: newEntries.filter((entry) => !oldEntries.includes(entry)),
        removed: oldEntries.filter((entry) => !newEntries.includes(entry)),
      },
    ];
  });
}
