/** What the description of the dashboard's API shows, in the order in which examples.e2e.spec.ts asks for it. */
import type { ApiExample } from '#service/http';
import { decisionExamples } from './examples/decisions.js';
import { entryExamples } from './examples/entry.js';
import { figureExamples } from './examples/figures.js';
import { peopleExamples } from './examples/people.js';
import { referenceExamples } from './examples/reference.js';
import { summaryExamples } from './examples/summaries.js';

export const examples: readonly ApiExample[] = [
  ...figureExamples,
  ...referenceExamples,
  ...entryExamples,
  ...decisionExamples,
  ...summaryExamples,
  ...peopleExamples,
];
