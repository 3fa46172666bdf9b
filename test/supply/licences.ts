/** The licences of everything that the project is built with and carries, by licence. */
import { nameOf, packagesOf, type Lock } from './dependencies.js';

/** Data has sources and terms of its own. */
const data = [
  '- Administrative units, indicators and plans: libs/domain/src/data/SOURCES.md',
  '- Outlines on the maps: apps/web/public/SOURCES.md',
];

export const licencesText = (lock: Lock): string => {
  const byLicence = new Map<string, Set<string>>();
  for (const [path, { version, license = 'none' }] of packagesOf(lock)) {
    const named = byLicence.get(license) ?? new Set();
    byLicence.set(license, named.add(`${nameOf(path)} ${version}`));
  }
  const sections = [...byLicence].sort(([one], [other]) => (one < other ? -1 : 1));
  const lines = sections.flatMap(([licence, named]) => [
    `## ${licence}`,
    '',
    ...[...named].sort().map((one) => `- ${one}`),
    '',
  ]);
  return ['# Licences of others', '', ...lines, '## Data', '', ...data, ''].join('\n');
};
