import type { Principal } from '#access';
import { signInNoted } from './audited-sign-ins.js';

const who: Principal = { id: 'issuer|1', name: 'Người ký', kind: 'person', roles: ['signer'], unit: '01' };

describe('a sign-in in the audit log', () => {
  it('says who signed in and out, from where, for which unit', () => {
    const done = { who, unit: '01', from: '10.0.0.1', outcome: 'done' };
    expect(signInNoted({ what: 'signed-in', principal: who, from: '10.0.0.1' })).toEqual({ what: 'sign-in', ...done });
    expect(signInNoted({ what: 'signed-out', principal: who, from: '10.0.0.1' })).toEqual({
      what: 'sign-out',
      ...done,
    });
  });

  it('says which session ended, and whether it was one too many', () => {
    const ended = { what: 'session-ended', principal: who, from: '10.0.0.1', session: '0123456789abcdef' } as const;
    const noted = { what: 'session.ended', who, unit: '01', from: '10.0.0.1', facts: { session: '0123456789abcdef' } };
    expect(signInNoted(ended)).toEqual({ ...noted, outcome: 'done' });
    expect(signInNoted({ ...ended, code: 'TOO_MANY' })).toEqual({ ...noted, outcome: 'TOO_MANY' });
  });

  it('says why one was refused, also where nobody is known', () => {
    const refused = { what: 'sign-in.failed', who: null, unit: null, from: '10.0.0.1', outcome: 'EXPIRED' };
    expect(signInNoted({ what: 'refused', code: 'EXPIRED', from: '10.0.0.1' })).toEqual(refused);
  });
});
