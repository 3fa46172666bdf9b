export * from './api-description.js';
export * from './cors.js';
export * from './health.controller.js';
export * from './http-methods.js';
export * from './http-metrics.js';
export * from './http-service.js';
export * from './http-traces.js';
export * from './problem.js';
