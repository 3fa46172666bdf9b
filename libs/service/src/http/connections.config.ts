/** Configuration of how long a connection is waited for. */
import { z } from 'zod';
import { usualConnections, type ConnectionLimits } from '../connection-limits.js';

const milliseconds = (usual: number) => z.coerce.number().int().min(100).max(3_600_000).default(usual);

export const connectionsShape = {
  /** From the first byte of a request to the end of its headers. */
  HTTP_HEADERS_TIMEOUT_MS: milliseconds(usualConnections.headersMs),
  /** To its last byte. */
  HTTP_REQUEST_TIMEOUT_MS: milliseconds(usualConnections.requestMs),
  /** So long nothing may move while a request is under way. */
  HTTP_IDLE_TIMEOUT_MS: milliseconds(usualConnections.idleMs),
};

export const connectionsIn = (config: z.infer<z.ZodObject<typeof connectionsShape>>): ConnectionLimits => ({
  headersMs: config.HTTP_HEADERS_TIMEOUT_MS,
  requestMs: config.HTTP_REQUEST_TIMEOUT_MS,
  idleMs: config.HTTP_IDLE_TIMEOUT_MS,
});
