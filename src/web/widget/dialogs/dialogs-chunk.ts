export { CommentDialog } from './comment-dialog.js';
