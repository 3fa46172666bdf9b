/**
 * The embedded stack for runs without Docker: real Kafka, a MongoDB-compatible server with durable writes, real Redis.
 *
 * Everything outside this folder uses these names only.
 */
export { runStackCli } from './cli.js';
export { choosePort } from './ports.js';
export { StackError, type StackAddresses, type StackOptions } from './site.js';
export { buildSecantusRs, stackDown, stackStatus, stackUp, type ServerStatus } from './stack.js';
