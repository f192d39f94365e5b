import { describe, expect, it } from '@jest/globals';
import { buildPhaseInput } from './phase-input.builder.js';
import { personalData } from './personal-data.js';

const scored = (body: string, allow: string[] = []) =>
  personalData(buildPhaseInput({ body, links: { allow } })).personalData!;
const found = (body: string): string[] => scored(body).spans.map(([start, end]) => body.slice(start, end));

describe('personal data', () => {
  it.each([
    ['Write to jane.doe+news@mail.example.org.', 'jane.doe+news@mail.example.org'],
    ['His address: müller@bücher.example!', 'müller@bücher.example'],
    ['john (at) example (dot) com', 'john (at) example (dot) com'],
    ['john.smith [at] example.co.uk', 'john.smith [at] example.co.uk'],
    ['Call me: +44 20 7946 0958', '+44 20 7946 0958'],
    ['her number is (212) 555-0134, go on', '(212) 555-0134'],
    ['555 is not it but 212-555-0134 is', '212-555-0134'],
    ['whatsapp 2125550134', '2125550134'],
    ['030 901820 and 030/90 18 20-00 in Berlin', '030/90 18 20-00'],
    ['01 42 68 53 00', '01 42 68 53 00'],
    ['07700900123', '07700900123'],
    ['０７７００９００１２３', '０７７００９００１２３'],
    ['card 4111 1111 1111 1111 exp', '4111 1111 1111 1111'],
    ['5500-0000-0000-0004', '5500-0000-0000-0004'],
    ['amex 378282246310005', '378282246310005'],
    ['pay to DE89 3704 0044 0532 0130 00 please', 'DE89 3704 0044 0532 0130 00'],
    ['GB82WEST12345698765432', 'GB82WEST12345698765432'],
    ['his SSN 219-09-9999', '219-09-9999'],
    ['NI number QQ 12 34 56 C? no: AB 12 34 56 C', 'AB 12 34 56 C'],
    ['DNI 12345678Z', '12345678Z'],
    ['NIE X1234567L', 'X1234567L'],
    ['RSSMRA85T10A562S', 'RSSMRA85T10A562S'],
    ['PESEL: 44051401359', 'PESEL: 44051401359'],
    ['her ID is 8001015009087, look her up', '8001015009087'],
    ['ID 800101 5009 087', '800101 5009 087'],
    ['Aadhaar 2341 2341 2346 is his', '2341 2341 2346'],
    ['2341-2341-2346', '2341-2341-2346'],
    ['my aadhaar number: 234123412346', '234123412346'],
    ['Her passport number is P1234567.', 'P1234567'],
    ['passport no. 123456789', '123456789'],
    ['Reisepass C01X00T47', 'C01X00T47'],
    ['L898902C36UTO7408122F1204159ZE184226B<<<<<10', 'L898902C36UTO7408122F1204159ZE184226B<<<<<10'],
    ['call 0️⃣7️⃣7️⃣0️⃣0️⃣9️⃣0️⃣0️⃣1️⃣2️⃣3️⃣ now', '0️⃣7️⃣7️⃣0️⃣0️⃣9️⃣0️⃣0️⃣1️⃣2️⃣3️⃣'],
    ['it is 𝟎𝟕𝟕𝟎𝟎 𝟗𝟎𝟎𝟏𝟐𝟑', '𝟎𝟕𝟕𝟎𝟎 𝟗𝟎𝟎𝟏𝟐𝟑'],
    ['⓪⑦⑦⓪⓪⑨⓪⓪①②③', '⓪⑦⑦⓪⓪⑨⓪⓪①②③'],
    ['her mail: jane＠mail．example', 'jane＠mail．example'],
    ['jane@mail。example', 'jane@mail。example'],
    ['4111.1111.1111.1111', '4111.1111.1111.1111'],
    ['4111 . 1111 . 1111 . 1111', '4111 . 1111 . 1111 . 1111'],
    ['4111 / 1111 / 1111 / 1111', '4111 / 1111 / 1111 / 1111'],
    [
      'Call her at two one two, five five five, oh one three four!',
      'two one two, five five five, oh one three four',
    ],
    ['zero-seven-double seven-zero-nine-eight-one', 'zero-seven-double seven-zero-nine-eight-one'],
    ['write to jane dot doe at gmail dot com', 'jane dot doe at gmail dot com'],
  ])('is found in %j', (body, expected) => {
    expect(scored(body).value).toBeGreaterThanOrEqual(0.6);
    expect(found(body).some((span) => span.includes(expected))).toBe(true);
  });

  it.each([
    'In 2019-2020 it was $15 000 000, then 1,234,567,890.',
    'On 12/10/2023 and 2023-10-12 at 10:30 the score was 3-2.',
    'The 1914-1918 war, pages 1024-1048, and 20 000 000 dead.',
    'version 10.15.7.2 at 192.168.100.200',
    'ISBN 978-3-16-148410-0',
    'Call 988 or 1-800-273-8255 or +1 800 273 8255, it is free.',
    'https://paper.example/2023/10/12/1234567890123',
    'Order 1234567812345678 was late.',
    '3.14159265358979 and 1234567890',
    '@somebody said so @ noon',
    'Ask whoever is at (the) office.',
    'We met at outlook point. Com on, at the gmail office.',
    'Order 8001015009086 was late.',
    'Order 2341 2341 2347 was late.',
    'The years 2014 2015 2016 were dry.',
    'In 2008 2009 2010 2013 it rained; 2008-2009-2010-2013 and 2008 - 2009 - 2010 - 2013.',
    'One two three four five six seven eight, and ten nine eight seven six five four three two one.',
    'It was one one all, then two one, then three one and four two.',
    'Nobody, no one, not one or two or three of them came.',
    'L898902C37UTO7408122F1204159ZE184226B<<<<<10',
    'A passport costs 88 pounds, and passport applications doubled.',
    'A passport photo is 35x45 mm.',
    '#1234567890 trending, 100000000%',
  ])('is not found in %j', (body) => {
    expect(scored(body)).toEqual({ value: 0, spans: [] });
  });

  it('is not found at a domain that the site allows', () => {
    expect(scored('Write to letters@paper.example', ['paper.example']).value).toBe(0);
    expect(scored('Write to letters@notpaper.example', ['paper.example']).value).toBeGreaterThan(0);
  });

  it.each([
    '1',
    '1 ',
    '1-',
    'a@',
    'a.',
    '(',
    '+1',
    '0 ',
    'AB12 ',
    '4111 ',
    'a (at) ',
    'pesel ',
    'one ',
    'double ',
    'oh, ',
  ])('is searched for in bounded time in 20 kB of %j', (piece) => {
    const startedAt = process.cpuUsage();
    scored(piece.repeat(20_000 / piece.length));
    // Measures CPU time, so that other load on the machine does not matter.
    expect(process.cpuUsage(startedAt).user / 1000).toBeLessThan(500);
  });
});
