import { Answer } from '../../platform/http/fields.js';

/** Added to texts that moderators read. */
export const HiddenWordsField = (): PropertyDecorator =>
  Answer(
    { type: 'array', items: { type: 'array', prefixItems: [{ type: 'integer' }, { type: 'integer' }] } },
    {
      description:
        'Slurs and the worst swear words of the text in the same object, as [start, end) in UTF-16 code units. A client can hide them until its user asks to see them.',
    },
  );
