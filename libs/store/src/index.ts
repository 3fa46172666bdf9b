export * from './connect.js';
export * from './guarded-writes.js';
export * from './rollup-reader.js';
export * from './rollup-writer.js';
export * from './schemas.js';
