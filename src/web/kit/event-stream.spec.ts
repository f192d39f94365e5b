import { describe, expect, it } from '@jest/globals';
import { backoffMs, EventParser } from './event-stream.js';

const stream =
  'id: 7\r\nevent: counts\r\ndata: {"total":\r\ndata:  1}\r\n\r\n: ping\n\ndata\n\nid:8\ndata:x\rretry: 50\n\n';

describe('EventParser', () => {
  it('reads fields, joins data lines and keeps the last id', () => {
    const parser = new EventParser();
    expect(parser.push(stream)).toEqual([
      { id: '7', type: 'counts', data: '{"total":\n 1}' },
      { id: '7', type: 'message', data: '' },
      { id: '8', type: 'message', data: 'x' },
    ]);
    expect(parser.retryMs).toBe(50);
  });

  it('emits the same events wherever the text is split', () => {
    const whole = new EventParser().push(stream);
    for (let splitAt = 0; splitAt <= stream.length; splitAt += 1) {
      const parser = new EventParser();
      expect([...parser.push(stream.slice(0, splitAt)), ...parser.push(stream.slice(splitAt))]).toEqual(
        whole,
      );
    }
  });

  it('emits the same events if the text arrives one character at a time', () => {
    const parser = new EventParser();
    expect([...stream].flatMap((piece) => parser.push(piece))).toEqual(new EventParser().push(stream));
  });
});

describe('backoffMs', () => {
  it('doubles from one second to half a minute, with half of it random', () => {
    expect(backoffMs(1, 0)).toBe(500);
    expect(backoffMs(1, 1)).toBe(1000);
    expect(backoffMs(3, 1)).toBe(4000);
    expect(backoffMs(20, 1)).toBe(30_000);
  });
});
