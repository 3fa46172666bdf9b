/** A few thousand valid events, one a line: data for services that are only looked at. */
import { seededWorkload } from '../dist/test/kit/seeded-workload.js';

for (const { value } of seededWorkload(4_000, 7, 0).messages) process.stdout.write(`${value}\n`);
