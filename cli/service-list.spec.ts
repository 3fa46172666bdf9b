/** A new service is a module and a line in one list: what would be forgotten beside it is said here. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { services } from '#contracts/services';

const programs = readdirSync('apps').filter((app) => existsSync(`apps/${app}/src/main.ts`));

describe('the list of services', () => {
  it('has every program under apps, and no other', () => {
    expect([...new Set(services.map(({ app }) => app))].sort()).toEqual(programs.sort());
  });

  it('gives each service a name and a port of its own', () => {
    for (const all of [services.map(({ name }) => name), services.map(({ port }) => String(port))])
      expect(new Set(all).size).toBe(all.length);
  });
});

describe.each(programs)('the program %s', (app) => {
  const text = readFileSync(`apps/${app}/src/main.ts`, 'utf8');

  it('starts by runService, in no more than 25 lines', () => {
    expect(text).toContain('\nrunService({\n');
    expect(text.split('\n').length - 1).toBeLessThanOrEqual(25);
  });

  it('is traced from its first import on', () => {
    expect(/^import .*$/m.exec(text)?.[0]).toBe("import '#tracing/traced';");
  });
});
