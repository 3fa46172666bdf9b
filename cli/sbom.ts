/** `npm run sbom`, after the bill has been written and held to its schema: holds it to the lock. Exit status 1 where they differ. */
import { billFaults, billSchema } from './dependencies/bill.js';
import { jsonIn, readLock } from './dependencies/files.js';

export const sbomCommand = async ([path = '.local/sbom/tonghop.cdx.json']: string[]): Promise<number> => {
  const bill = billSchema.parse(jsonIn(path));
  const faults = billFaults(readLock(), bill);
  for (const fault of faults) process.stdout.write(`${fault}\n`);
  process.stdout.write(
    `${path}: ${bill.components.length} thành phần / components, ${faults.length} sai lệch / faults\n`,
  );
  return faults.length === 0 ? 0 : 1;
};
