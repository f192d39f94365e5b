import { CommentEntity } from './comment.entity.js';
import { CommentMinuteEntity } from './comment-minute.entity.js';
import { RevisionEntity } from './revision.entity.js';

export const COMMENTS_ENTITIES = [CommentEntity, CommentMinuteEntity, RevisionEntity];
