import { describe, expect, it } from '@jest/globals';
import { readText } from './reading.js';
import { resolveWords } from './resolve.js';

/** The listed words of a text that are not taken for names. */
const listedIn = (text: string): string[] =>
  resolveWords(readText(text))
    .filter(({ levels }) => levels !== null)
    .map(({ text: word }) => word);

describe('a listed word', () => {
  it.each([
    'Dick Cavett asked better questions than anyone.',
    'The questions that Dick Cavett asked were better.',
    'Cressida Dick gave evidence this morning.',
    'Philip K. Dick saw it coming.',
    'My late husband Dick planted those limes.',
    'Dick was a fine gardener.',
    'Cllr Dick has chaired the committee for six years.',
    'Mr Cock sold the shop in the nineties.',
    'Cock Lane is closed until Friday.',
    'Bishop Coon wrote to the paper about it.',
    'Lynn Coon taught at the infant school.',
    'Ethel Merman and Joan Spick shared a dressing room.',
    'Peter Bastard was the vicar here.',
    'William the Bastard is on the syllabus.',
    'Mayor Moron opened the hall in Buenos Aires.',
    'Randi Weingarten speaks for the teachers.',
    'Sheikha Moza bint Nasser opened the wing.',
    'The ferry from Cromarty to Nigg is running again.',
    'Lesbos took in more refugees than most.',
    'The airfield at Twatt was built in 1940.',
    'Sluts Hole Lane is impassable after rain.',
    'Spotted dick and custard for pudding.',
    'She competed in sambo and judo.',
    'He keeps his notes in a git repository.',
    'Coal tits and blue tits on the feeder.',
  ])('is a name or an ordinary word in %j', (text) => {
    expect(listedIn(text)).toEqual([]);
  });

  it.each([
    ['You Dick Brian', 'dick'],
    ['What a Dick Brian is', 'dick'],
    ['He is such a Dick', 'dick'],
    ['Dick!', 'dick'],
    ['DICK CAVETT', 'dick'],
    ['You fat Coon', 'coon'],
    ['Go home Coon', 'coon'],
    ['Stupid Bastard', 'bastard'],
    ['Moron of the week', 'moron'],
    ['randi kahin ki', 'randi'],
    ['some bint at the BBC', 'bint'],
    ['nigg go home', 'nigga'],
    ['He is a Nigg', 'nigga'],
    ['She has great tits', 'tits'],
    ['Chink Street', 'chink'],
    ['Peter D1ck', 'dick'],
  ])('is no name in %j', (text, word) => {
    expect(listedIn(text)).toContain(word);
  });
});
