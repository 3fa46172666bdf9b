import type { AuditEntry } from '#contracts';
import type { OutRecord } from '#kafka';
import { AuditLog } from './audit-log.js';
import { auditedAs } from './audited-requests.js';
import type { Principal } from './principal.js';
import type { Rule } from './rules.js';

const who: Principal = { id: 'key-1', name: 'Phân tích', kind: 'key', roles: ['analyst'], unit: '01' };
const noted = { what: 'figures.read', who, unit: '00004', from: '10.0.0.1', outcome: 'allowed' } as const;

describe('the audit log', () => {
  it('says who, what, for which unit, when, from where and with what outcome', async () => {
    const sent: OutRecord[] = [];
    const sendAsItIs = (topic: string, record: () => Omit<OutRecord, 'topic'>) => {
      sent.push({ topic, ...record() });
      return Promise.resolve();
    };
    await new AuditLog({ sendAsItIs }, 'entries', () => 0).note(noted);
    const [{ topic, key, value }] = sent;
    expect([topic, key]).toEqual(['entries', 'key-1']);
    expect(JSON.parse(String(value)) as AuditEntry).toEqual({
      ...noted,
      at: '1970-01-01T00:00:00.000Z',
      id: expect.any(String),
    });
  });

  it('lets nothing be answered that cannot be noted', async () => {
    const log = new AuditLog({ sendAsItIs: () => Promise.reject(new Error('away')) }, 'entries', Date.now);
    await expect(log.note(noted)).rejects.toMatchObject({ code: 'AUDIT_UNAVAILABLE', retryable: true });
  });
});

describe('what is audited', () => {
  const reads: Rule = { action: 'figures.read', unit: { query: 'unit' } };
  const children: Rule = { action: 'figures.read', unit: { param: 'code' } };
  const documents: Rule = { action: 'summaries.read', unit: { orElse: 'VN' } };
  it.each([
    [reads, { query: { unit: '00004' } }, 'figures.read 00004'],
    [reads, { query: { unit: '01' } }, 'nothing'],
    [reads, { query: { unit: '01', children: 'true' } }, 'figures.read 01'],
    [reads, { query: { unit: 'VN', children: 'true' } }, 'nothing'],
    [reads, { query: { unit: 'x' } }, 'nothing'],
    [{ action: 'audit.read', unit: { query: 'unit', orElse: 'own' } }, {}, 'audit.read 01'],
    [
      { action: 'audit.read', unit: { query: 'unit', orElse: 'own' } },
      { query: { unit: '00004' } },
      'audit.read 00004',
    ],
    [children, { params: { code: '01' } }, 'figures.read 01'],
    [children, { params: { code: 'VN' } }, 'nothing'],
    [documents, { params: { name: 'VN-2026-Q1-r1.docx' } }, 'document.downloaded VN'],
    [documents, { params: { name: 'VN-2026-Q1-r1' } }, 'nothing'],
    [{ action: 'summaries.request', unit: { orElse: 'VN' } }, {}, 'summary.requested VN'],
    [{ action: 'refusals.read' }, {}, 'nothing'],
    [{ open: true }, {}, 'nothing'],
    [undefined, {}, 'nothing'],
  ] as [Rule | undefined, object, string][])('%j, asked with %j: %s', (rule, request, expected) => {
    const found = auditedAs(rule, { query: {}, params: {}, ...request }, who);
    expect(found === undefined ? 'nothing' : `${found.what} ${found.unit}`).toBe(expected);
  });
});
