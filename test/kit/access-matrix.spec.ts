import { readFileSync } from 'node:fs';
import { controllers as ofDashboard } from '../../apps/dashboard/src/api.js';
import { controllers as ofIntake } from '../../apps/intake/src/api.js';
import { accessMatrix } from './access-matrix.js';
import { routesOf } from './routes.js';

const cellsOf = (text: string): string[] =>
  text
    .split('\n')
    .filter((line) => line.startsWith('|') && !line.startsWith('| -'))
    .map((line) => line.replaceAll(/ +/g, ' ').trim());

describe('docs/access.md', () => {
  it('shows every route, role and unit as the rules and the policy have them', () => {
    const table = accessMatrix({ intake: routesOf(ofIntake), dashboard: routesOf(ofDashboard) });
    expect(cellsOf(readFileSync('docs/access.md', 'utf8'))).toEqual(cellsOf(table));
  });
});
