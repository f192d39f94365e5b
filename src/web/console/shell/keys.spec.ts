import { keyName } from './keys.js';

describe('keyName', () => {
  it('recognises letters in either case', () => {
    expect(keyName({ key: 'A', code: 'KeyA' })).toBe('a');
  });

  it('uses the printed character on Latin layouts, and the key position on others', () => {
    expect(keyName({ key: 'a', code: 'KeyQ' })).toBe('a');
    expect(keyName({ key: 'ф', code: 'KeyA' })).toBe('a');
  });

  it('keeps the names of named keys', () => {
    expect(keyName({ key: 'ArrowDown', code: 'ArrowDown' })).toBe('ArrowDown');
  });
});
