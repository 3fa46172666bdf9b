import { Controller, Get } from '@nestjs/common';
import { Open } from '#access';
import { controllers as ofDashboard } from '../../apps/dashboard/src/api.js';
import { controllers as ofIntake } from '../../apps/intake/src/api.js';
import { routesOf } from './routes.js';
import { sourcesWithin } from './sources.js';

@Controller('v1')
class Example {
  @Get('open')
  @Open()
  open(): void {}

  @Get('forgotten')
  forgotten(): void {}
}

describe('the routes', () => {
  it('are found with and without a rule', () =>
    expect(routesOf([Example])).toEqual([
      { method: 'GET', path: '/v1/open', rule: { open: true } },
      { method: 'GET', path: '/v1/forgotten', rule: undefined },
    ]));

  it.each([
    ['the intake', ofIntake],
    ['the dashboard', ofDashboard],
  ])('of %s each have a rule', (_service, controllers) => {
    const routes = routesOf(controllers);
    expect(routes.length).toBeGreaterThan(3);
    expect(routes.filter(({ rule }) => rule === undefined)).toEqual([]);
  });

  it('that hold their answers until they are noted send them by way of what waits for that', () => {
    const held = sourcesWithin(/^apps\/dashboard\//).flatMap(({ text }) => text.split('@NeedsAndHolds(').slice(1));
    expect(held.length).toBeGreaterThan(3);
    const bodies = held.map((after) => after.split(/@(?:Get|Post|Put)\(/)[0]);
    expect(bodies.filter((body) => !body.includes('this.answers.send('))).toEqual([]);
  });
});
