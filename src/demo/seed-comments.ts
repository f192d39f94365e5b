/** A sample comment. */
export interface SeedComment {
  /** Index into REGULARS. */
  readonly by: number;
  readonly body: string;
  /** How many other readers like it. */
  readonly likes?: number;
  /** In the order in which they are posted. */
  readonly replies?: readonly SeedComment[];
}

/**
 * The sample comments of each story. They are scored and decided on like any others: most are published, and some are
 * held, so that the visitor can decide on them in the console.
 */
export const CONVERSATIONS: Readonly<Record<string, readonly SeedComment[]>> = {
  'partial-pullback-and-talks': [
    {
      by: 0,
      body: 'I call BS — Observe Crimea 2 coming to a screen near you soon !!',
      likes: 5,
      replies: [
        { by: 1, body: 'Trains were filmed going east, though. Not all of this is theatre.', likes: 2 },
        {
          by: 0,
          body: 'Filmed by whom? The same people said there were no troops there at all, as late as November.',
          likes: 3,
        },
      ],
    },
    {
      by: 4,
      body: 'The line to read is the one about the **fuel trucks**. You can load tanks onto flat wagons for the cameras; nobody moves a fuel depot for show.',
      likes: 9,
      replies: [{ by: 9, body: 'And the field hospitals. Those are the ones I watch.', likes: 4 }],
    },
    {
      by: 5,
      body: '> This prices out the worst week of the winter, not the winter\n\nBest sentence in the piece. Gas is still at twice last year’s price and my heating contract ends in January.',
      likes: 6,
    },
    {
      by: 2,
      body: 'Anyone who bought this rally today is a bigger optimist than I am. I sold half of it into the close.',
      likes: 1,
    },
    {
      by: 10,
      body: 'So both sides want the other to be inspected first. We had the same argument over a garden fence for eleven years, and we *liked* each other.',
      likes: 11,
    },
    {
      by: 6,
      body: 'What a load of crap from the ministry, as usual. Show us the pictures or be quiet.',
      likes: 2,
    },
    {
      by: 11,
      body: 'You are a complete idiot, Bram, and everybody who liked that comment is one too. Go and enlist then.',
    },
    {
      by: 8,
      body: 'Free signals group, 300% in a week guaranteed!!! Join now http://fast-profit.example/join and http://fast-profit.example/vip',
    },
  ],
  'central-bank-holds-a-little-longer': [
    {
      by: 3,
      body: 'Four to two is closer than I expected. Last time nobody voted for a cut.',
      likes: 4,
      replies: [{ by: 7, body: 'The minutes will say it was five to one until the coffee came.', likes: 3 }],
    },
    {
      by: 1,
      body: 'My fixed deal was pulled at 14:40, forty minutes after I had asked for the papers. They do read the statement quickly when it suits them.',
      likes: 7,
    },
    {
      by: 9,
      body: 'What would have to happen for them to cut *before* the budget?\n\n1. Rents flat for two months\n2. A strong currency\n3. A miracle',
      likes: 5,
    },
  ],
  'northgate-shaft-four': [
    { by: 6, body: 'Everybody came up. Whatever it costs, that is the sentence that counts.', likes: 12 },
    {
      by: 8,
      body: 'Why were the sensors silent in March? Somebody signed off on that.',
      likes: 6,
      replies: [
        {
          by: 4,
          body: 'The report is public, section 6: the array on 39 had been down for maintenance since February.',
          likes: 4,
        },
      ],
    },
  ],
  'small-funds-big-year': [
    {
      by: 2,
      body: 'Not one of them was in last year’s top ten. You could have printed that line and left out the rest.',
      likes: 8,
    },
    { by: 11, body: 'As an adviser I see this every January: people buy the list, not the fund.', likes: 3 },
  ],
  'two-year-plan-for-the-grid': [
    {
      by: 7,
      body: 'A plan with a list of the farms it crosses is a plan I can believe in. Now find the money.',
      likes: 4,
    },
    {
      by: 5,
      body: 'This policy is bullshit. We were promised the same thing in the same words eight years ago.',
      likes: 3,
    },
  ],
};
