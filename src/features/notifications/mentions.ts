/** A person who can be mentioned. */
export interface MentionablePerson {
  readonly id: string;
  readonly name: string;
}

const startsWithLetter = /^[\p{L}\p{N}\p{M}_]/u;
const endsWithLetter = /[\p{L}\p{N}_]$/u;

/**
 * Finds mentions: `@` followed by a person's full name, case-insensitive, where neither is part of a longer word. If
 * one name is the beginning of another, the longer one matches.
 *
 * @param people participants in the conversation; if several share a name, all of them are mentioned
 * @returns each person once, in the order of `people`
 */
export function findMentioned(body: string, people: readonly MentionablePerson[]): MentionablePerson[] {
  const text = body.normalize('NFC').toLowerCase();
  const byLength = people
    .map((person) => ({ person, name: person.name.normalize('NFC').toLowerCase() }))
    .filter(({ name }) => name !== '')
    .sort((a, b) => b.name.length - a.name.length);
  const found = new Set<MentionablePerson>();
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    // An email address (`a@b.example`) is not a mention.
    if (endsWithLetter.test(text.slice(Math.max(0, at - 2), at))) continue;
    const rest = text.slice(at + 1, at + 200);
    const mentioned = byLength.find(
      ({ name }) => rest.startsWith(name) && !startsWithLetter.test(rest.slice(name.length)),
    )?.name;
    for (const { person, name } of byLength) if (name === mentioned) found.add(person);
  }
  return people.filter((person) => found.has(person));
}
