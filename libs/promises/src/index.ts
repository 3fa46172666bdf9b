export * from './background.js';
