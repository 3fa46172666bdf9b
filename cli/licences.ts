/** `npm run licences`: writes THIRD-PARTY-LICENSES.md from package-lock.json. */
import { writeFileSync } from 'node:fs';
import { readLock, readPolicy } from './dependencies/files.js';
import { licencesText } from './dependencies/licences.js';

export const licencesCommand = async (): Promise<number> => {
  writeFileSync('THIRD-PARTY-LICENSES.md', licencesText(readLock(), readPolicy().pagePackages));
  return 0;
};
