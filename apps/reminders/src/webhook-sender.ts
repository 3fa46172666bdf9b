/**
 * Sends a webhook by the Standard Webhooks scheme: https://www.standardwebhooks.com.
 *
 * `webhook-id` is the reminder's and the body the same at each attempt, so that a receiver takes a repeat for what it is. Where it leads is looked at
 * when the connection is made (outgoing.ts); no redirect is followed, and no more than a little of an answer is read.
 */
import { createHash, createHmac } from 'node:crypto';
import { request as httpRequest, type ClientRequest, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP } from 'node:net';
import { addressFault, hostOf, mayReach, publicLookup, type OutgoingRules } from '#service';
import type { Claim, Delivered } from './delivered.js';

export interface Webhook {
  /** The reminder's: the same at each attempt. */
  readonly id: string;
  readonly url: string;
  /** `whsec_` and its bytes in base64. */
  readonly secret: string;
  readonly body: string;
}

const ANSWER_MS = 15_000;
const GONE = 410;
const PREFIX = 'whsec_';

const webhookId = (id: string): string => `msg_${createHash('sha256').update(id).digest('hex').slice(0, 32)}`;

/** `v1,…`: HMAC-SHA256 over the id, the timestamp and the body. */
const signatureOf = (secret: string, id: string, timestamp: number, body: string): string => {
  const key = Buffer.from(secret.slice(PREFIX.length), 'base64');
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
};

export class WebhookSender {
  constructor(
    private readonly rules: OutgoingRules,
    private readonly now: () => number,
    private readonly answerMs = ANSWER_MS,
  ) {}

  /** Throws what the claim failed by; then nothing was handed over. */
  async send(webhook: Webhook, claim: Claim): Promise<Delivered> {
    const url = new URL(webhook.url);
    if (addressFault(webhook.url, this.rules) !== undefined || this.isForbidden(url))
      return { outcome: 'refused', reason: 'ADDRESS_FORBIDDEN' };
    if (!(await claim())) return { outcome: 'lost' };
    return this.exchange(url, webhook);
  }

  private isForbidden(url: URL): boolean {
    return isIP(hostOf(url)) !== 0 && !mayReach(hostOf(url), this.rules);
  }

  private exchange(url: URL, webhook: Webhook): Promise<Delivered> {
    return new Promise((resolve) => {
      let isConnected = false;
      const request = this.begun(url, webhook);
      request.on('socket', (socket) => socket.once('connect', () => (isConnected = true)));
      request.on('error', ({ code, name }: NodeJS.ErrnoException) => {
        if (code === 'ADDRESS_FORBIDDEN') return resolve({ outcome: 'refused', reason: code });
        resolve({ outcome: isConnected ? 'unknown' : 'again', reason: code ?? name });
      });
      request.on('response', (response) => {
        const { statusCode = 0 } = response;
        response.destroy();
        resolve(answered(statusCode));
      });
      request.end(webhook.body);
    });
  }

  private begun(url: URL, { id, secret, body }: Webhook): ClientRequest {
    const messageId = webhookId(id);
    const timestamp = Math.floor(this.now() / 1_000);
    const options: RequestOptions = {
      method: 'POST',
      agent: false,
      lookup: publicLookup(this.rules),
      signal: AbortSignal.timeout(this.answerMs),
      headers: {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        'user-agent': 'tonghop-reminders',
        'webhook-id': messageId,
        'webhook-timestamp': String(timestamp),
        'webhook-signature': signatureOf(secret, messageId, timestamp, body),
      },
    };
    return url.protocol === 'https:' ? httpsRequest(url, options) : httpRequest(url, options);
  }
}

/** Whatever is not 2xx is a failure, a redirect too; 410 means that nobody wants it any more. */
const answered = (status: number): Delivered => {
  if (status >= 200 && status < 300) return { outcome: 'sent' };
  return { outcome: status === GONE ? 'refused' : 'again', reason: `HTTP ${status}` };
};
