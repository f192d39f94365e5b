import type { Policy } from './policy.js';

/** A member of a policy whose value differs between two versions. */
export interface PolicyDifference {
  /** A JSON pointer from the policy's root. */
  readonly pointer: string;
  /** A description in words, such as `threshold of insult, hold`. */
  readonly what: string;
  readonly before: unknown;
  readonly after: unknown;
  /** For lists: the entries that were added and removed. */
  readonly added?: readonly string[];
  readonly removed?: readonly string[];
}

type Leaves = Map<string, unknown>;

const isTree = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function leavesOf(value: unknown, pointer: string, into: Leaves): Leaves {
  if (isTree(value)) {
    for (const [key, member] of Object.entries(value))
      leavesOf(member, `${pointer}/${key.replace(/~/g, '~0').replace(/\//g, '~1')}`, into);
  } else if (pointer === '/reasons' && Array.isArray(value)) {
    // Compared by code, so adding or reordering reasons does not mark the others as changed.
    for (const { code, label, text, texts = {} } of value as Policy['reasons']) {
      into.set(`${pointer}/${code}`, `${label}: ${text}`);
      for (const [language, own] of Object.entries(texts)) into.set(`${pointer}/${code}/${language}`, own);
    }
  } else {
    into.set(pointer, value);
  }
  return into;
}

const plain = (name: string): string =>
  name
    .replace(/~1/g, '/')
    .replace(/~0/g, '~')
    .replace(/([a-z])([A-Z])/g, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`);

const SENTENCES: readonly (readonly [RegExp, (...parts: string[]) => string])[] = [
  [/^\/moderation\/thresholds\/([^/]+)\/hold$/, (label) => `${plain(label)}: held from`],
  [/^\/moderation\/thresholds\/([^/]+)\/reject$/, (label) => `${plain(label)}: rejected from`],
  [/^\/moderation\/wordLists\/(.+)$/, (list) => `${list} words`],
  [/^\/moderation\/links\/max$/, () => 'links allowed in a comment'],
  [/^\/moderation\/links\/(.+)$/, (list) => `domains to ${list}`],
  [/^\/moderation\/mode$/, () => 'how comments are decided'],
  [/^\/moderation\/newReaderHoldsFirst$/, () => 'first comments of a new reader that are held'],
  [/^\/moderation\/flagsToHold$/, () => 'number of flags after which a comment is held'],
  [/^\/moderation\/brigading\/mode$/, () => 'many new accounts at once'],
  [/^\/moderation\/brigading\/newReaders$/, () => 'new accounts on one story that count as many'],
  [/^\/moderation\/brigading\/minutes$/, () => 'minutes within which new accounts count as many'],
  [/^\/moderation\/brigading\/sameText$/, () => 'new accounts with one text that count as many'],
  [/^\/moderation\/unscored$/, () => 'comments in a language that is not scored'],
  [/^\/moderation\/languages$/, () => 'languages'],
  [/^\/moderation\/languageModels\/(.+)$/, (language) => `model for ${language}`],
  [/^\/moderation\/learning$/, () => 'learning from decisions'],
  [/^\/quotas\/commentsPerDay$/, () => 'comments a day'],
  [/^\/quotas\/tiers\/([^/]+)\/commentsPerDay$/, (tier) => `comments per day for ${tier}`],
  [/^\/gate\/(.+)$/, (action) => `who may ${action}`],
  [/^\/tiers\/([^/]+)\/(.+)$/, (tier, rule) => `${plain(rule)} for ${tier}`],
  [/^\/reasons\/([^/]+)\/([^/]+)$/, (code, language) => `reason ${code} in ${language}`],
  [/^\/reasons\/(.+)$/, (code) => `reason ${code}`],
  [/^\/closeStoriesAfterDays$/, () => 'days after which a story closes'],
  [/^\/authors\/tell$/, () => 'emails to authors of stories'],
  [/^\/authors\/language$/, () => 'language of emails to authors'],
  [/^\/editWindowSeconds$/, () => 'seconds in which an author may edit'],
];

function wordsOf(pointer: string): string {
  for (const [pattern, describe] of SENTENCES) {
    const match = pattern.exec(pointer);
    if (match) return describe(...match.slice(1));
  }
  return pointer.slice(1).split('/').map(plain).join(', ');
}

/**
 * Lists the differences between two policies, in the order of the policy's members. Empty if the policies are
 * equivalent.
 */
export function policyDifferences(before: Policy, after: Policy): PolicyDifference[] {
  const [oldLeaves, is] = [leavesOf(before, '', new Map()), leavesOf(after, '', new Map())];
  return [...new Set([...oldLeaves.keys(), ...is.keys()])].flatMap((pointer) => {
    const [old, now] = [oldLeaves.get(pointer), is.get(pointer)];
    if (JSON.stringify(old) === JSON.stringify(now)) return [];
    const difference = { pointer, what: wordsOf(pointer), before: old ?? null, after: now ?? null };
    if (!Array.isArray(old ?? []) || !Array.isArray(now ?? [])) return [difference];
    const [left, right] = [(old ?? []) as string[], (now ?? []) as string[]];
    return [
      {
        ...difference,
        added: right.filter((entry) => !left.includes(entry)),
        removed: left.filter((entry) => !right.includes(entry)),
      },
    ];
  });
}
