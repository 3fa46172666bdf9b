import { unitOf } from '#domain';
import { demoUsers } from './demonstration.js';
import { roles } from './principal.js';

describe("the demonstration's users", () => {
  it('have every role among them, and units that there are', () => {
    expect(new Set(demoUsers.flatMap((user) => user.roles))).toEqual(new Set(roles));
    expect(demoUsers.map(({ unit }) => unitOf(unit)?.level)).toEqual([
      'country',
      'country',
      'province',
      'province',
      'commune',
      'commune',
    ]);
    expect(demoUsers.map(({ unit }) => unitOf(unit)?.parent)).toEqual(['', '', 'VN', 'VN', '01', '15']);
  });
});
