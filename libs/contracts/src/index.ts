export * from './accounts.js';
export * from './groups.js';
export * from './record-version.js';
export * from './records.js';
export * from './rejection.js';
export * from './topics.js';
export * from './jobs.js';
export * from './summary.js';
