import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { describeApi } from '../../src/http.js';
import type { Client } from './support/client.js';
import { slug, startSite, type Site } from './support/site.js';
import { judges } from './support/works.js';

type Audience = 'anyone' | 'account' | 'organiser' | 'judge';

/** Who is let in where. A route that isn't here fails the build: deny by default, and on purpose. */
const table: Record<string, Audience> = {
  'POST /accounts': 'anyone',
  'POST /session': 'anyone',
  'GET /session': 'anyone',
  'DELETE /session': 'anyone',
  'PUT /account/password': 'account',
  'GET /links/{token}': 'anyone',
  'POST /links/{token}': 'anyone',
  'GET /account-options': 'anyone',
  'POST /codes': 'anyone',
  'POST /account/password-by-code': 'anyone',
  'GET /account/email': 'account',
  'PUT /account/email': 'account',
  'POST /email-confirmations': 'anyone',
  'GET /messages': 'account',
  'POST /messages/read': 'account',
  'POST /messages/{id}/read': 'account',
  'GET /contests': 'anyone',
  'GET /contests/{slug}': 'anyone',
  'GET /contests/{slug}/poster.pdf': 'anyone',
  'GET /contests/{slug}/qr.svg': 'anyone',
  'GET /contests/{slug}/card.jpg': 'anyone',
  'GET /contests/{slug}/card-square.jpg': 'anyone',
  'GET /contests/{slug}/events': 'account',
  'POST /contests/{slug}/submissions': 'account',
  'GET /contests/{slug}/submissions': 'account',
  'GET /submissions/{id}/comments': 'account',
  'GET /receipts/{token}': 'anyone',
  'GET /receipts/{token}/qr.svg': 'anyone',
  'GET /submissions/{id}': 'account',
  'PATCH /submissions/{id}': 'account',
  'POST /submissions/{id}/files': 'account',
  'DELETE /submissions/{id}/files/{mediaId}': 'account',
  'POST /submissions/{id}/files/{mediaId}/check': 'account',
  'PUT /submissions/{id}/order': 'account',
  'POST /submissions/{id}/submit': 'account',
  'POST /submissions/{id}/withdraw': 'account',
  'GET /submissions/{id}/uploads': 'account',
  'POST /uploads': 'account',
  'HEAD /uploads/{id}': 'account',
  'PATCH /uploads/{id}': 'account',
  'DELETE /uploads/{id}': 'account',
  'POST /submissions/{id}/screening': 'organiser',
  'GET /contests/{slug}/screening': 'organiser',
  'POST /contests/{slug}/screening': 'organiser',
  'GET /submissions/{id}/look-alikes': 'organiser',
  'POST /duplicates/{id}/dismissal': 'organiser',
  'DELETE /duplicates/{id}/dismissal': 'organiser',
  'GET /contests/{slug}/people': 'organiser',
  'POST /contests/{slug}/people/{id}/reset': 'organiser',
  'DELETE /contests/{slug}/people/{id}/phone': 'organiser',
  'POST /contests/{slug}/judges': 'organiser',
  'GET /contests/{slug}/rounds': 'organiser',
  'POST /contests/{slug}/rounds': 'organiser',
  'PATCH /rounds/{id}': 'organiser',
  'DELETE /rounds/{id}': 'organiser',
  'POST /rounds/{id}/open': 'organiser',
  'POST /rounds/{id}/pause': 'organiser',
  'POST /rounds/{id}/resume': 'organiser',
  'POST /rounds/{id}/changes': 'organiser',
  'GET /rounds/{id}/progress': 'organiser',
  'POST /rounds/{id}/reminders': 'organiser',
  'GET /rounds/{id}/marks': 'organiser',
  'PUT /rounds/{id}/selection': 'organiser',
  'GET /contests/{slug}/conflicts': 'organiser',
  'POST /contests/{slug}/conflicts': 'organiser',
  'POST /contests/{slug}/conflicts/{id}/lifting': 'organiser',
  'GET /contests/{slug}/judging-settings': 'organiser',
  'PUT /contests/{slug}/judging-settings': 'organiser',
  'GET /contests/{slug}/units': 'organiser',
  'POST /contests/{slug}/units/members': 'organiser',
  'POST /contests/{slug}/units/list': 'organiser',
  'POST /rounds/{id}/close': 'organiser',
  'GET /judge/rounds': 'judge',
  'GET /rounds/{id}/tasks': 'judge',
  'PUT /tasks/{id}/sheet': 'judge',
  'PUT /tasks/{id}/remarks': 'judge',
  'GET /rounds/{id}/flags': 'organiser',
  'POST /tasks/{id}/recusal': 'judge',
  'POST /contests/{slug}/results': 'organiser',
  'GET /contests/{slug}/results': 'organiser',
  'GET /results/{id}': 'organiser',
  'POST /results/{id}/lock': 'organiser',
  'GET /contests/{slug}/notice': 'anyone',
  'GET /contests/{slug}/notice.pdf': 'anyone',
  'GET /contests/{slug}/notice/desk': 'organiser',
  'POST /contests/{slug}/notice': 'organiser',
  'GET /contests/{slug}/notice/settings': 'organiser',
  'PUT /contests/{slug}/notice/settings': 'organiser',
  'POST /contests/{slug}/objections/ticket': 'anyone',
  'POST /contests/{slug}/objections': 'anyone',
  'GET /objections/{token}': 'anyone',
  'GET /contests/{slug}/objections': 'organiser',
  'POST /objections/{id}/answer': 'organiser',
  'GET /objection-files/{id}': 'organiser',
  'POST /results/{id}/promotion': 'organiser',
  'POST /results/{id}/revision': 'organiser',
  'POST /results/{id}/comparison': 'organiser',
  'GET /results/{id}/statistics': 'organiser',
  'GET /results/{id}/statistics.pdf': 'organiser',
  'POST /rounds/{id}/tie-decisions': 'organiser',
  'GET /contests/{slug}/award-rules': 'organiser',
  'PATCH /contests/{slug}/award-rules': 'organiser',
  'GET /contests/{slug}/gallery': 'anyone',
  'PUT /contests/{slug}/gallery': 'organiser',
  'PUT /submissions/{id}/publication': 'organiser',
  'GET /contests/{slug}/overview': 'organiser',
  'GET /contests/{slug}/payees': 'organiser',
  'PUT /contests/{slug}/payment-settings': 'organiser',
  'GET /contests/{slug}/exports/accounting.xlsx': 'organiser',
  'POST /contests/{slug}/payees/{id}/link': 'organiser',
  'DELETE /contests/{slug}/payees/{id}/link': 'organiser',
  'POST /contests/{slug}/payees/{id}/unmasking': 'organiser',
  'GET /payee-links/{token}': 'anyone',
  'POST /payee-links/{token}': 'anyone',
  'POST /payee-links/{token}/originals/{position}': 'anyone',
  'GET /contests/{slug}/exports/winners.xlsx': 'organiser',
  'GET /contests/{slug}/exports/winners.csv': 'organiser',
  'GET /contests/{slug}/exports/winners.pdf': 'organiser',
  'GET /contests/{slug}/exports/scores.xlsx': 'organiser',
  'GET /contests/{slug}/exports/signature-sheets.pdf': 'organiser',
  'GET /contests/{slug}/exports/originals.zip': 'organiser',
  'GET /contests/{slug}/certificates': 'organiser',
  'GET /contests/{slug}/exports/certificates.zip': 'organiser',
  'GET /contests/{slug}/exports/certificates/{number}.pdf': 'organiser',
  'GET /certificates/{number}': 'anyone',
  'GET /contests/{slug}/exports/bundle.zip': 'organiser',
  'GET /verify.mjs': 'anyone',
  'GET /account/data': 'account',
  'GET /account/data/allowed': 'account',
  'GET /account/deletion': 'account',
  'POST /account/deletion': 'account',
  'GET /health/live': 'anyone',
  'GET /health/ready': 'anyone',
};

let site: Site;
let people: Record<'visitor' | 'entrant' | 'judge' | 'organiser', Client>;

beforeAll(async () => {
  site = await startSite({ worker: false });
  const [judge] = await judges(site.organiser, 1);
  people = {
    visitor: site.visitor(),
    entrant: await site.entrant('张三', '13800000001'),
    judge: judge.client,
    organiser: site.organiser,
  };
});
afterAll(() => site.close());

const letsIn: Record<Audience, (keyof typeof people)[]> = {
  anyone: ['visitor', 'entrant', 'judge', 'organiser'],
  account: ['entrant', 'judge', 'organiser'],
  organiser: ['organiser'],
  judge: ['judge'],
};

describe('every route', () => {
  it('is in the table, and the table holds no other', () => {
    const routes = Object.entries(describeApi(site.app).paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path.replace(/^\/api/, '')}`),
    );
    expect(routes.sort()).toEqual(Object.keys(table).sort());
  });

  // The event stream never ends and DELETE /session would sign the person out: both have tests of their own.
  const walked = Object.entries(table).filter(([route]) => !/events|DELETE \/session/.test(route));
  it.each(walked)('%s lets in %s and refuses everybody else', async (route, audience) => {
    const [method = '', pattern = ''] = route.split(' ');
    const path = pattern
      .replace('{slug}', slug)
      .replace(/\{(id|mediaId)\}/g, () => randomUUID())
      .replace(/\{(token|number)\}/, 'none')
      .replace('{position}', '0');
    for (const [name, client] of Object.entries(people)) {
      const { status } = await client.send(
        method,
        path,
        ['GET', 'HEAD', 'DELETE'].includes(method) ? undefined : {},
      );
      const refusal = name === 'visitor' ? 401 : 403;
      expect(status).toBeLessThan(500);
      if (letsIn[audience].includes(name as keyof typeof people)) expect(status).not.toBe(403);
      else expect([name, status]).toEqual([name, refusal]);
    }
  });

  it('that is none is answered as a problem', async () => {
    const { status, headers, body } = await people.organiser.get('/nowhere');
    expect([status, headers.get('content-type'), body.code]).toEqual([
      404,
      'application/problem+json; charset=utf-8',
      'REQUEST.NOT_FOUND',
    ]);
  });
});

describe('an organiser', () => {
  it('of another contest is nobody here', async () => {
    const stranger = await site.entrant('外人', '13800000009');
    const { body } = await stranger.get('/session');
    await site.dataSource.query(
      `INSERT INTO role_grants (account_id, contest_id, role) VALUES ($1, $2, 'organiser')`,
      [body.account.id, randomUUID()],
    );
    for (const path of ['screening', 'people', 'rounds', 'overview']) {
      expect((await stranger.get(`/contests/${slug}/${path}`)).status).toBe(403);
    }
  });
});

describe('a write from another site', () => {
  it('is refused by its Origin; from this site, or from a script, it is not', async () => {
    const write = (origin?: string) => people.entrant.post('/session', {}, origin ? { Origin: origin } : {});
    expect(await write('https://evil.example')).toMatchObject({
      status: 403,
      body: { code: 'REQUEST.CROSS_ORIGIN' },
    });
    expect((await write('null')).status).toBe(403);
    expect((await write(site.url)).status).toBe(422);
    expect((await write()).status).toBe(422);
  });
});
