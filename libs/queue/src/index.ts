export * from './job-queue.js';
export * from './queue.module.js';
