export { CommentDialog } from './dialog.js';
