import { expect, it } from '@jest/globals';
import { toTsQuery } from './ts-query.js';

it.each([
  ['Gas prices', "'gas':* & 'prices':*"],
  ["  it's & | ! (x):* 'y' \\ ", "'it':* & 's':* & 'x':* & 'y':*"],
  ['Zoë النفط 3.1%', "'zoë':* & 'النفط':* & '3':* & '1':*"],
  ['…', ''],
  ['', ''],
])('%j becomes the query %j', (input, query) => expect(toTsQuery(input)).toBe(query));

it('limits the number of search terms', () =>
  expect(toTsQuery('a '.repeat(100)).split('&')).toHaveLength(12));
