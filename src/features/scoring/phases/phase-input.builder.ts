import { DEFAULT_POLICY, type ModerationPolicy } from '../../sites/policy.js';
import { embedText, scoreByShippedModels } from '../shipped-scores.js';
import type { History, PhaseInput, ReaderFacts } from './phase.js';

/** For specs: an ordinary comment by a known reader. Override what matters. */
export function buildPhaseInput({
  body = 'The budget was passed on Tuesday.',
  reader = {},
  wordLists = {},
  links = {},
  languages = [],
  history = {},
  limits = true,
  language = null,
}: {
  body?: string;
  reader?: Partial<ReaderFacts>;
  wordLists?: Partial<ModerationPolicy['wordLists']>;
  links?: Partial<ModerationPolicy['links']>;
  languages?: string[];
  history?: Partial<History>;
  limits?: boolean;
  language?: string | null;
} = {}): PhaseInput {
  const { moderation } = DEFAULT_POLICY;
  return {
    body,
    language,
    reader: { publishedCount: 40, tenureDays: 300, isNew: false, ...reader },
    settings: {
      wordLists: { ...moderation.wordLists, ...wordLists },
      links: { ...moderation.links, ...links },
      languages,
    },
    history: {
      own: [],
      otherFingerprints: [],
      sameByOthers: 0,
      byReader: { minute: 0, tenMinutes: 0 },
      onStory: { minute: 0, tenMinutes: 0 },
      ...history,
    },
    scoreText: scoreByShippedModels,
    embedding: () => embedText(body),
    limits,
  };
}
