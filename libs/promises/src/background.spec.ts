import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ModuleKind, transpileModule } from 'typescript';

const source = readFileSync(join(__dirname, 'background.ts'), 'utf8');
const { outputText } = transpileModule(source, { compilerOptions: { module: ModuleKind.ESNext } });

/** What a process of its own says, and how it ends: what a promise does to a process is the question here. */
const inProcess = (code: string): { said: string; status: number | null } => {
  const late = `setTimeout(() => console.log('lives'), 50);`;
  const { stdout, status } = spawnSync(process.execPath, ['--input-type=module', '-e', `${outputText}${late}${code}`]);
  return { said: stdout.toString().trim(), status };
};

describe('a promise that is not awaited where it is made', () => {
  it('says what its fault leads to', () => {
    const code = `inBackground(Promise.reject(new Error('away')), ({ message }) => console.log(message));`;
    expect(inProcess(code)).toEqual({ said: 'away\nlives', status: 0 });
  });

  it('ends the process by its fault where nothing is said', () => {
    const code = `inBackground(Promise.reject(new Error('away')));`;
    expect(inProcess(code)).toEqual({ said: '', status: 1 });
  });

  it('can be kept, and tells whoever awaits it later', () => {
    const code = `
      const kept = awaitedLater(Promise.reject(new Error('away')));
      setTimeout(() => kept.catch(({ message }) => console.log(message)), 10);`;
    expect(inProcess(code)).toEqual({ said: 'away\nlives', status: 0 });
  });
});
