import { claimAt, principalOf } from './claims.js';

const names = { OIDC_ROLES_CLAIM: 'roles', OIDC_UNIT_CLAIM: 'unit' };
const claims = { iss: 'https://id.example', sub: '42', name: 'Nguyễn Văn A', roles: ['signer', 'analyst'], unit: '01' };

describe('a person out of claims', () => {
  it('is the issuer’s subject, with roles and a unit', () => {
    expect(principalOf(claims, names)).toEqual({
      id: 'https://id.example 42',
      name: 'Nguyễn Văn A',
      kind: 'person',
      roles: ['signer', 'analyst'],
      unit: '01',
    });
  });

  it.each([
    [['admin', 'analyst', 'analyst', 7, 'Signer'], ['analyst']],
    ['auditor offline_access reporter', ['reporter', 'auditor']],
    [['admin'], []],
    [undefined, []],
    [{ analyst: true }, []],
  ])('has the roles that are known here, each once, out of %j', (given, expected) => {
    expect(principalOf({ ...claims, roles: given }, names)).toMatchObject({ roles: expected });
  });

  it.each(['99', '', 'vn', 1, ['01'], undefined, 'constructor'])('is refused with the unit %j', (unit) => {
    expect(principalOf({ ...claims, unit }, names)).toBe('UNKNOWN_UNIT');
  });

  it.each([{ sub: undefined }, { sub: '' }, { iss: undefined }])(
    'is refused where it is not said who: %j',
    (without) => {
      expect(principalOf({ ...claims, ...without }, names)).toBe('NO_SUBJECT');
    },
  );

  it('is called by what there is of a name', () => {
    const { name: _, ...nameless } = claims;
    expect(principalOf({ ...nameless, preferred_username: 'nva' }, names)).toMatchObject({ name: 'nva' });
    expect(principalOf({ ...nameless, name: ' ' }, names)).toMatchObject({ name: '42' });
  });
});

describe('a claim', () => {
  it.each([
    ['https://gov.example/roles', 1],
    ['realm_access.roles', 2],
    ['realm_access.none', undefined],
    ['unit.length', undefined],
    ['constructor.name', undefined],
    ['__proto__.x', undefined],
  ])('is found by its own name, or by the way to it: %s', (name, expected) => {
    const given = { 'https://gov.example/roles': 1, realm_access: { roles: 2 }, unit: '01' };
    expect(claimAt(given, name)).toBe(expected);
  });
});
