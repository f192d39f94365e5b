export { Fold, Ignored, OneConversation } from './folding.js';
export { FreshReplies } from './fresh.js';
export { Live } from './live.js';
export { more, moreReplies, showPicks } from './more.js';
export { Rest } from './rest.js';
export { Said, Standing } from './standing.js';
export { endOf, laterWords } from './words.js';
export { Tools } from './tools.js';
export { clear, paint, replay, takeOver } from './take-over.js';
