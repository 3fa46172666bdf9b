export * from './background.js';
export * from './shared-readings.js';
