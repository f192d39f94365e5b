import { describe, expect, it } from '@jest/globals';
import type { CommentStatus } from '../comments/comment-status.js';
import { effectOf, type DecidableComment, type ModeratorAction } from './moderator-actions.js';

const makeComment = (status: CommentStatus, overrides: Partial<DecidableComment> = {}): DecidableComment => ({
  status,
  escalated: false,
  hasFlags: false,
  hasAppeal: false,
  ...overrides,
});

describe('a moderator action', () => {
  it.each<[ModeratorAction, CommentStatus, CommentStatus]>([
    ['approve', 'held', 'published'],
    ['reject', 'held', 'rejected'],
    ['approve', 'pending', 'published'],
    ['reject', 'pending', 'rejected'],
    ['remove', 'published', 'removed'],
    ['restore', 'rejected', 'published'],
    ['restore', 'removed', 'published'],
  ])('%s moves a %s comment to %s', (action, from, to) => {
    expect(effectOf(action, makeComment(from))).toEqual({ kind: 'move', to });
  });

  it.each<[ModeratorAction, CommentStatus]>([
    ['approve', 'published'],
    ['reject', 'published'],
    ['approve', 'rejected'],
    ['reject', 'rejected'],
    ['remove', 'removed'],
    ['restore', 'published'],
  ])('%s reports that a %s comment is already decided', (action, status) => {
    expect(effectOf(action, makeComment(status)).kind).toBe('already-decided');
  });

  it.each<[ModeratorAction, CommentStatus]>([
    ['remove', 'held'],
    ['restore', 'held'],
    ['escalate', 'pending'],
    ['approve', 'deleted'],
  ])('%s is refused for a %s comment', (action, status) => {
    expect(effectOf(action, makeComment(status)).kind).toBe('wrong-status');
  });

  it('approve keeps a flagged comment published', () => {
    expect(effectOf('approve', makeComment('published', { hasFlags: true }))).toEqual({
      kind: 'move',
      to: 'published',
    });
  });

  it('escalate works once', () => {
    expect(effectOf('escalate', makeComment('held')).kind).toBe('escalate');
    expect(effectOf('escalate', makeComment('held', { escalated: true })).kind).toBe('already-decided');
    expect(effectOf('approve', makeComment('held', { escalated: true }))).toEqual({
      kind: 'move',
      to: 'published',
    });
  });

  it('approve and reject both decide an appeal', () => {
    const appealed = makeComment('removed', { hasAppeal: true });
    expect(effectOf('reject', appealed)).toEqual({ kind: 'move', to: 'removed', appeal: 'upheld' });
    expect(effectOf('approve', appealed)).toEqual({ kind: 'move', to: 'published', appeal: 'overturned' });
    expect(effectOf('restore', appealed)).toEqual({ kind: 'move', to: 'published', appeal: 'overturned' });
  });
});
