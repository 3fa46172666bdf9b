/**
 * The embedded stack for runs without Docker: real Kafka, a MongoDB-compatible server with durable writes, real Redis.
 *
 * Everything outside this folder uses these names only.
 */
export { runStackCli } from './cli.js';
export { StackError } from './site.js';
export { buildSecantusRs, stackDown, stackStatus, stackUp } from './stack.js';
