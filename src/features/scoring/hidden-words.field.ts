import { Answer } from '../../platform/http/fields.js';

/** Added to texts that moderators read. */
export const HiddenWordsField = (): PropertyDecorator =>
  Answer(
    { type: 'array', items: { type: 'array', prefixItems: [{ type: 'integer' }, { type: 'integer' }] } },
    {
      description:
        'Slurs and the foulest words of the text beside it, [start, end), UTF-16 offsets: for readers who want them hidden until they ask.',
    },
  );
