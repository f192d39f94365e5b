import { expect, it } from '@jest/globals';
import { readOrigins } from './origins.js';

it('reads one origin per line and drops duplicates', () => {
  expect(readOrigins(' https://news.example/\nhttp://localhost:8080, https://NEWS.example\n')).toEqual({
    origins: ['https://news.example', 'http://localhost:8080'],
  });
});

it.each([
  ['', 'At least one'],
  ['news.example', 'write https://news.example'],
  ['https://news.example/stories?a=1', 'write https://news.example.'],
  ['ftp://news.example', 'is no origin'],
  ['https://', 'is no origin'],
  ['https://a b', 'is no origin'],
])('says what to write instead of %j', (text, remedy) => {
  expect(readOrigins(text)).toEqual({ fault: expect.stringContaining(remedy) });
});
