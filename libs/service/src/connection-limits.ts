/**
 * What a connection may cost an HTTP server: how much it may say before it is understood, and how long it is waited for.
 *
 * Whoever sends headers or a body too slowly, or does not read his answer, is let go. What cannot be parsed is answered with a problem as far
 * as there is somebody to answer. How many requests one connection makes is left to the rate limits.
 */
import type { Server, ServerOptions } from 'node:http';
import type { Socket } from 'node:net';
import { nothingIn, policyText } from './content-policy.js';

export interface ConnectionLimits {
  /** From the first byte of a request to the end of its headers. */
  readonly headersMs: number;
  /** From the first byte of a request to its last. */
  readonly requestMs: number;
  /** So long nothing may move while a request is under way: nothing is sent, or nothing of the answer is read. */
  readonly idleMs: number;
}

export const usualConnections: ConnectionLimits = { headersMs: 10_000, requestMs: 60_000, idleMs: 60_000 };

/** Of the first line and the headers together; Node's own, said here because it is relied on. */
const HEADER_BYTES = 16_384;
/** More than a proxy waits, so that it is the one that closes. */
const KEEP_ALIVE_MS = 72_000;
/** More than a process has files for is turned away instead of failing it. */
const CONNECTIONS = 10_000;
const CHECK_MS = 1_000;

/** For `createServer`. */
export const serverOptions = ({ headersMs, requestMs }: ConnectionLimits): ServerOptions => ({
  maxHeaderSize: HEADER_BYTES,
  headersTimeout: Math.min(headersMs, requestMs),
  requestTimeout: requestMs,
  keepAliveTimeout: KEEP_ALIVE_MS,
  connectionsCheckingInterval: Math.min(CHECK_MS, headersMs),
});

/** The rest of it, of a server that was made with `serverOptions`. */
export const limitConnections = (server: Server, { idleMs }: ConnectionLimits): void => {
  server.maxConnections = CONNECTIONS;
  server.setTimeout(idleMs);
  if (server.listenerCount('clientError') === 0) server.on('clientError', answerUnreadable);
};

/** Of an answer that no route gives: as helmet says them (http/security-headers.ts), and nothing may be loaded. */
export const safeHeaders: Readonly<Record<string, string>> = {
  'cache-control': 'no-store',
  'content-security-policy': policyText(nothingIn),
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'SAMEORIGIN',
};

interface Unreadable {
  readonly status: number;
  readonly title: string;
  readonly code: string;
}

const unreadable: Readonly<Record<string, Unreadable>> = {
  HPE_HEADER_OVERFLOW: { status: 431, title: 'Request header fields too large', code: 'HEADERS_TOO_LARGE' },
  ERR_HTTP_REQUEST_TIMEOUT: { status: 408, title: 'Request timeout', code: 'REQUEST_TIMEOUT' },
};
const other: Unreadable = { status: 400, title: 'Bad request', code: 'BAD_REQUEST' };

/** Answers what could not be read as a request, and closes the connection. */
export const answerUnreadable = (error: Error & { readonly code?: string }, socket: Socket): void => {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const { status, title, code } = unreadable[error.code ?? ''] ?? other;
  const body = JSON.stringify({ type: 'about:blank', title, status, code, detail: 'the request could not be read' });
  const headers = [
    `HTTP/1.1 ${status} ${title}`,
    'content-type: application/problem+json',
    `content-length: ${Buffer.byteLength(body)}`,
    ...Object.entries(safeHeaders).map(([name, value]) => `${name}: ${value}`),
    'connection: close',
  ];
  socket.end(`${headers.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy());
};
