import type { KeyGroup } from '../shell/help-modal.js';

const DECISION_KEYS: KeyGroup = {
  title: 'Decide',
  keys: [
    ['A', 'Approve, keep or restore'],
    ['R', 'Reject or remove: opens the reasons'],
    ['1–9', 'Then: reject with that reason'],
    ['Enter', 'Then: reject with the marked reason'],
    ['E', 'Escalate'],
    ['I', 'Published: make it one of the editors’ picks, or not'],
    ['W', 'Published: write an answer'],
    ['2', 'Ask for a second opinion'],
    ['X', 'Select for a bulk decision'],
    ['B', 'Decide about the selection or the whole list'],
    ['U', 'Undo, for 30 seconds'],
  ],
};

const NAVIGATION_KEYS: KeyGroup = {
  title: 'Move',
  keys: [
    ['J ↓', 'Next comment'],
    ['K ↑', 'Comment before'],
    ['N', 'Show new comments'],
    ['F', 'Filter'],
  ],
};

const VIEW_KEYS: KeyGroup = {
  title: 'Look',
  keys: [
    ['S', 'Show or hide slurs'],
    ['V', 'All scores, with numbers'],
    ['Space', 'Scroll in a long comment'],
    ['C', 'The conversation'],
    ['P', 'The reader'],
    ['O', 'The story, in a new tab'],
  ],
};

/** The queue's keyboard shortcuts, without the decision keys for read-only roles. */
export const queueHelp = (canDecide: boolean): readonly KeyGroup[] =>
  canDecide ? [DECISION_KEYS, NAVIGATION_KEYS, VIEW_KEYS] : [NAVIGATION_KEYS, VIEW_KEYS];
