import { useEffect, useState } from 'preact/hooks';
import type { Participant } from '../../kit/api-types.js';
import type { App } from '../thread/app.js';
import type { PartialMention } from './mention.js';

export interface MentionSuggestions {
  people: Participant[];
  /** The index of the highlighted one. */
  active: number;
  /** Highlights the next or previous one, around the ends of the list. */
  move(by: 1 | -1): void;
}

/** Suggests readers who match the partial mention. The server is queried when the reader pauses typing. */
export function useMentionSuggestions(app: App, mention: PartialMention | null): MentionSuggestions {
  const [people, setPeople] = useState<Participant[]>([]);
  const [active, setActive] = useState(0);
  const start = mention?.start;
  useEffect(() => {
    setActive(0);
    if (start === undefined) return setPeople([]);
    const controller = new AbortController();
    const timer = setTimeout(() => {
      app.session.api
        .get<{ items: Participant[] }>(app.session.path(`/people?start=${encodeURIComponent(start)}`), {
          signal: controller.signal,
        })
        .then(
          ({ items }) => setPeople(items.filter(({ name }) => name !== start.trimEnd())),
          () => setPeople([]),
        );
    }, 150);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [start]);
  return {
    people,
    active,
    move: (by) => setActive((active + by + people.length) % people.length),
  };
}

interface MentionListProps {
  app: App;
  id: string;
  suggestions: MentionSuggestions;
  onSelect: (name: string) => void;
}

/** The list of suggestions below the text. The focus stays in the text field. */
export function MentionList({ app, id, suggestions, onSelect }: MentionListProps) {
  const { people, active } = suggestions;
  if (people.length === 0) return null;
  return (
    <ul class="people" role="listbox" id={id} aria-label={app.t('mentionWho')}>
      {people.map((person, n) => (
        <li
          role="option"
          id={`${id}-${n}`}
          aria-selected={n === active}
          key={person.id}
          // Runs before the text field loses focus.
          onMouseDown={(event) => {
            event.preventDefault();
            onSelect(person.name);
          }}
        >
          {person.name}
        </li>
      ))}
    </ul>
  );
}
