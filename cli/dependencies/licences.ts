/** THIRD-PARTY-LICENSES.md: what is shipped of others, from the lock, and the data that the project took over. */
import { shippedOf, type Lock } from './lock.js';

const head = `# Third-party licences

Made by \`npm run licences\` from package-lock.json; a test holds it to that. What the services need and what is built
into the page; each package's own text of its licence stands in its folder of \`node_modules\`. What only builds and
tests is in the bill of materials (\`npm run sbom\`), marked as such.

## Data

- **Administrative units, their changes, outlines of provinces and communes**: github.com/thanglequoc/vietnamese-provinces-database, MIT,
  Copyright (c) 2021 Thang Le Quoc; text in [NOTICE](NOTICE). The project took the outlines from the reference map at
  sapnhap.bando.com.vn, whose terms were not found: ask its publisher before distributing them to the public. Details:
  [units](libs/domain/src/data/SOURCES.md), [outlines](apps/web/public/SOURCES.md).
- **Indicators and targets**: after the public plans of Hà Nội and Lào Cai for Dự án 5.

## Packages
`;

export const licencesText = (lock: Lock, pagePackages: readonly string[]): string => {
  const byLicence = new Map<string, Set<string>>();
  for (const { name, version, licence } of shippedOf(lock, pagePackages)) {
    const held = byLicence.get(licence) ?? new Set();
    byLicence.set(licence, held.add(`${name} ${version}`));
  }
  const licences = [...byLicence].sort(([a], [b]) => (a < b ? -1 : 1));
  return `${head}${licences.map(([licence, names]) => sectionOf(licence, [...names])).join('')}`;
};

const sectionOf = (licence: string, names: readonly string[]): string =>
  `\n### ${licence || 'No licence named'}\n\n${[...names]
    .sort((a, b) => (a < b ? -1 : 1))
    .map((name) => `- ${name}\n`)
    .join('')}`;
