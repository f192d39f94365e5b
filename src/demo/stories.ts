export interface DemoStory {
  readonly key: string;
  readonly section: string;
  readonly title: string;
  readonly standfirst: string;
  readonly byline: string;
  /** Receives emails about the story's comments. */
  readonly email: string;
  readonly body: readonly string[];
  readonly topics: readonly { type: string; key: string; name: string }[];
  /** Page design: serif broadsheet or sans-serif tabloid. */
  readonly look: 'broadsheet' | 'tabloid';
}

/** The demo site's front page, lead first. The stories and all companies in them are invented. */
export const STORIES: readonly DemoStory[] = [
  {
    key: 'partial-pullback-and-talks',
    section: 'World',
    title: 'Markets exhale as a partial troop pullback opens the way to talks',
    standfirst:
      'Some units are said to be going back to their bases and a date for talks is on the table. Traders bought first and will ask for proof later.',
    byline: 'The Meridian’s foreign desk',
    email: 'foreign@meridian.example',
    body: [
      'Shares rose and oil fell on Tuesday after the defence ministry said that part of the force massed near the border had finished its exercises and was being loaded onto trains. Diplomats on both sides spoke of talks within the week, the first since the autumn.',
      'Nobody outside the ministry could say how many soldiers were leaving. Satellite pictures taken on Monday still showed field hospitals and bridging gear, and two officials who follow the build-up said they would believe in a withdrawal when the fuel trucks turned round as well.',
      'For markets the direction was enough. The regional index closed 3.1% higher, its best day in nineteen months; the currency made back most of a week’s losses, and natural gas for next-month delivery dropped by a tenth.',
      '“This prices out the worst week of the winter, not the winter,” a bond manager said. Insurance on government debt remains twice as dear as it was in October.',
      'The talks, if they come, are to start with inspections. Each side has asked the other to go first.',
    ],
    topics: [
      { type: 'instrument', key: 'BRENT', name: 'Brent crude' },
      { type: 'instrument', key: 'NATGAS', name: 'Natural gas, front month' },
    ],
    look: 'broadsheet',
  },
  {
    key: 'central-bank-holds-a-little-longer',
    section: 'Economy',
    title: 'The central bank holds, and tells borrowers to stop counting the weeks',
    standfirst:
      'Four votes to two for no change. The governor wants to see services inflation move before she does.',
    byline: 'The economics desk',
    email: 'economics@meridian.example',
    body: [
      'The bank left its main rate at 7.25% for the fourth time running and dropped a sentence on “early evidence of easing” that had been read as a promise.',
      'Two members of the committee wanted a quarter point less. The other four pointed at rents and school fees, which are still rising at more than 6% a year while the price of nearly everything that comes in a container is falling.',
      'Mortgage lenders had begun to price a cut into their fixed deals. Within an hour of the decision three of them took those offers down.',
      'The next decision is due in seven weeks, two days after the budget.',
    ],
    topics: [{ type: 'instrument', key: 'RATE', name: 'Policy rate' }],
    look: 'broadsheet',
  },
  {
    key: 'northgate-shaft-four',
    section: 'Companies',
    title: 'Northgate stops work at shaft four after a night of warnings',
    standfirst:
      'The platinum miner brought 412 people to the surface unhurt. The market wants to know for how long.',
    byline: 'The mining desk',
    email: 'mining@meridian.example',
    body: [
      'Northgate Platinum halted production at its deepest shaft on Wednesday when sensors picked up a run of small tremors below the 41 level. All 412 people underground came up in two hours.',
      'Shaft four brings in about a fifth of the company’s ounces. Each week of standstill costs some 60 million in revenue, by the company’s own rule of thumb, and the shares fell 6% before trading was paused.',
      'The union praised the order to stop and asked why the same sensors had been silent in March, when part of a haulage fell in on an empty shift.',
    ],
    topics: [{ type: 'company', key: 'NGP', name: 'Northgate Platinum' }],
    look: 'broadsheet',
  },
  {
    key: 'small-funds-big-year',
    section: 'Your money',
    title: 'SMALL FUNDS, BIG YEAR: how the minnows beat the index',
    standfirst: 'Seven of the ten best funds of the year manage less than your town hall spends on roads.',
    byline: 'The money desk',
    email: 'money@meridian.example',
    body: [
      'They have no adverts at the airport and no fund manager you would know from television. Yet seven of this year’s ten best share funds run less than 200 million each.',
      'Being small helps: a fund of this size can buy a tenth of a bakery chain without moving its price, and sell it again before the big houses have held their meeting.',
      'The catch is the charge sheet. Five of the seven cost more than 1.5% a year, and not one of them was in last year’s top ten.',
    ],
    topics: [{ type: 'company', key: 'TILN', name: 'Tillerman Small Companies' }],
    look: 'tabloid',
  },
  {
    key: 'two-year-plan-for-the-grid',
    section: 'Energy',
    title: 'A two-year plan to keep the lights on, and a bill nobody has signed',
    standfirst: 'The grid operator has dates, megawatts and a map. It has no lender yet.',
    byline: 'The energy desk',
    email: 'energy@meridian.example',
    body: [
      'By the winter after next there should be no planned power cuts, the grid operator said on Thursday, if 3,800 kilometres of lines are built, two coal units run past their retirement and households keep buying panels at this year’s pace.',
      'The plan costs 94 billion over six years. The operator can pay a third of it. The treasury said it had received the document and would read it.',
      'Industrial users welcomed the dates. “We have seen plans before, but never one with a list of farms that it crosses,” said the head of their association.',
    ],
    topics: [{ type: 'company', key: 'GRID', name: 'National Grid Operator' }],
    look: 'broadsheet',
  },
];

export const storyOf = (key: string): DemoStory | undefined => STORIES.find((story) => story.key === key);

/** Facts that the demo publisher sends about companies and instruments. All figures are invented. */
export const TOPIC_FACTS = [
  fact('instrument', 'BRENT', 'Brent crude', ['Last', '71.35 (−4.2%)'], ['52 weeks', '64.10 – 98.70']),
  fact(
    'instrument',
    'NATGAS',
    'Natural gas, front month',
    ['Last', '3.42 (−10.1%)'],
    ['52 weeks', '2.90 – 6.15'],
  ),
  fact('instrument', 'RATE', 'Policy rate', ['Now', '7.25%'], ['Next decision', 'in seven weeks']),
  fact(
    'company',
    'NGP',
    'Northgate Platinum',
    ['Last price', '41.60 (−6.0%)'],
    ['Price to earnings', '8.1'],
    ['Ounces a year', '1.2 million'],
  ),
  fact(
    'company',
    'TILN',
    'Tillerman Small Companies',
    ['Unit price', '212.08'],
    ['This year', '+31.4%'],
    ['Charges', '1.6%'],
  ),
  fact('company', 'GRID', 'National Grid Operator', ['Owner', 'The state'], ['Lines to build', '3,800 km']),
] as const;

function fact(type: string, key: string, name: string, ...facts: readonly (readonly [string, string])[]) {
  return { type, key, name, facts: facts.map(([label, value]) => ({ label, value })) };
}
