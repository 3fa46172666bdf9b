import { RuleTester } from 'eslint';
import { parser } from 'typescript-eslint';
import { storedPromise } from './stored-promise.js';

RuleTester.it = it;
RuleTester.describe = describe;

const tester = new RuleTester({
  languageOptions: {
    parser,
    parserOptions: { projectService: { allowDefaultProject: ['*.ts'] }, tsconfigRootDir: __dirname },
  },
});

const ask = 'declare const ask: () => Promise<number>; declare function awaitedLater<T>(p: Promise<T>): Promise<T>;\n';
const inside = (body: string) => `${ask}export const f = async () => { ${body} };`;
const stored = (code: string, times = 1) => ({
  code,
  filename: 'a.ts',
  errors: Array.from({ length: times }, () => ({ messageId: 'stored' })),
});
const fine = (code: string) => ({ code, filename: 'a.ts' });

tester.run('a promise that is kept', storedPromise as never, {
  valid: [
    inside('const p = ask(); return p;'),
    inside('const p = ask(); const q = 1; await Promise.all([p, ask()]); return q;'),
    inside('const p = ask(); p.catch(() => 0); await ask(); return p;'),
    inside('const m = new Map<number, Promise<number>>(); m.set(1, awaitedLater(ask())); await m.get(1);'),
    inside('const p = ask().catch(() => 0); await ask(); await p;'),
    inside('const p = new Promise<void>((done) => setTimeout(done, 1)); await ask(); await p;'),
    inside('const p = await ask(); return [p];'),
    `${ask}class A { p?: Promise<number>; async f() { return await (this.p ??= ask()); } }; export { A };`,
    `${ask}export class A { p: Promise<void> = Promise.resolve(); }`,
  ].map(fine),
  invalid: [
    stored(inside('const p = ask(); await ask(); return p;')),
    stored(inside('const p = ask(); (await ask()) && (await p);')),
    stored(inside('const p = ask().finally(() => 0); const s = new Set([p]); await Promise.race(s);')),
    stored(inside('const m = new Map<number, Promise<number>>(); m.set(1, ask()); await m.get(1);')),
    stored(inside('const all: Promise<number>[] = []; all.push(ask(), ask()); await Promise.all(all);'), 2),
    stored(inside('const both = [ask(), ask()]; await Promise.all(both);'), 2),
    stored(inside('const p = true ? ask() : undefined; setTimeout(() => p, 1);')),
    stored(inside('return { later: ask() };')),
    stored(`${ask}export class A { p?: Promise<number>; f() { this.p ??= ask(); } }`),
    stored(`${ask}export class A { p = ask(); }`),
    stored(inside('const p = new Promise<void>((done, failed) => setTimeout(failed, 1)); await ask(); await p;')),
  ],
});
