/** `npm run --silent rollups`: prints every stored rollup, one JSON object a line, to compare with a recomputation. */
import { once } from 'node:events';
import { toExactJson } from '#domain';
import { connectStore, everyRollup } from '#store';
import { openInstallation } from './installation.js';

const LINES = 1_000;

export const rollupsCommand = async (): Promise<number> => {
  const { config } = await openInstallation(process.env);
  const connection = await connectStore(config);
  try {
    let lines: string[] = [];
    const write = async () => {
      if (!process.stdout.write(lines.join(''))) await once(process.stdout, 'drain');
      lines = [];
    };
    for await (const rollup of everyRollup(connection)) {
      if (lines.push(`${toExactJson(rollup)}\n`) >= LINES) await write();
    }
    await write();
    return 0;
  } finally {
    await connection.close();
  }
};
