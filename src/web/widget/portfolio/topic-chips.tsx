import type { Topic } from '../../kit/api-types.js';
import type { TopicName } from './portfolio-host.js';

/** Companies as buttons with code and name. */
export function TopicChips({ topics, open }: { topics: readonly Topic[]; open: (topic: TopicName) => void }) {
  return (
    <ul role="list" class="chips">
      {topics.map((topic) => (
        <li key={`${topic.type}:${topic.key}`}>
          <button onClick={() => open(topic)}>
            <b>{topic.key}</b> {topic.name}
          </button>
        </li>
      ))}
    </ul>
  );
}
