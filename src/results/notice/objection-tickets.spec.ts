import { describe, expect, it } from '@jest/globals';
import { ObjectionTickets, waitSeconds } from './objection-tickets.js';

const tickets = new ObjectionTickets(Buffer.alloc(32, 7));
const notice = '6f9619ff-8b86-4d01-b42d-00cf4fc964ff';
const opened = new Date('2026-11-24T08:00:00Z');
const after = (seconds: number) => new Date(opened.getTime() + seconds * 1000);

describe('a ticket', () => {
  const ticket = tickets.issue(notice, opened);

  it('is good once some seconds have passed, and for some hours', () => {
    expect(tickets.check(ticket, notice, after(3))).toEqual({ state: 'early', seconds: 7 });
    expect(tickets.check(ticket, notice, after(waitSeconds))).toEqual({ state: 'good' });
    expect(tickets.check(ticket, notice, after(5 * 3600))).toEqual({ state: 'stale' });
  });

  it.each([
    ['of another notice', ticket, '00000000-0000-4000-8000-000000000000'],
    ['that was altered', ticket.replace(/\.\d+\./, '.1.'), notice],
    ['that another key signed', new ObjectionTickets(Buffer.alloc(32, 8)).issue(notice, opened), notice],
    ['that is none', 'x', notice],
    ['that is empty', '', notice],
  ])('%s is none', (_name, given, of) => {
    expect(tickets.check(given, of, after(60))).toEqual({ state: 'stale' });
  });

  it('is another each time', () => {
    expect(tickets.issue(notice, opened)).not.toBe(ticket);
  });
});
