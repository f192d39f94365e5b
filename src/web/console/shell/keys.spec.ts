import { keyName } from './keys.js';

describe('keyName', () => {
  it('knows letters in either case', () => {
    expect(keyName({ key: 'A', code: 'KeyA' })).toBe('a');
  });

  it('goes by what is printed on Latin layouts, and by the place on others', () => {
    expect(keyName({ key: 'a', code: 'KeyQ' })).toBe('a');
    expect(keyName({ key: 'ф', code: 'KeyA' })).toBe('a');
  });

  it('leaves named keys as they are', () => {
    expect(keyName({ key: 'ArrowDown', code: 'ArrowDown' })).toBe('ArrowDown');
  });
});
