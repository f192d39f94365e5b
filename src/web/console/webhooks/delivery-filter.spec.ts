import { filterOf, paramsOf, queryOf, redeliveryOf } from './delivery-filter.js';

const filter = (query: string) => filterOf(new URLSearchParams(query));
const ID = '01997f3a-4b7a-7a31-8f22-6d1c9e0b7a55';

describe('the delivery filter', () => {
  it('is read from the URL, ignoring invalid values', () => {
    expect(filter('')).toEqual({ state: 'all', type: '', comment: '', since: '', until: '' });
    expect(filter('state=lost').state).toBe('all');
    expect(filter('state=failed&type=comment.held')).toMatchObject({ state: 'failed', type: 'comment.held' });
    expect(paramsOf(filter('')).state).toBe('');
  });

  it('queries by its complete fields and leaves out incomplete ones', () => {
    expect(queryOf(filter(`state=pending&comment=${ID}`))).toMatchObject({
      status: 'pending',
      commentId: ID,
    });
    expect(queryOf(filter('comment=01997f3a')).commentId).toBeNull();
    expect(queryOf(filter('since=yesterday')).since).toBeNull();
    expect(queryOf(filter('since=2026-11-24T09:00')).since).toMatch(/^2026-11-2\dT.*Z$/);
  });

  it('resends the deliveries that it shows, except those in progress', () => {
    expect(redeliveryOf(filter('state=pending'))).toBeNull();
    expect(redeliveryOf(filter('state=failed&type=comment.held'))).toEqual({
      statuses: ['failed', 'cancelled'],
      types: ['comment.held'],
    });
    expect(redeliveryOf(filter(`comment=${ID}`))).toEqual({
      statuses: ['delivered', 'failed', 'cancelled'],
      commentId: ID,
    });
  });
});
