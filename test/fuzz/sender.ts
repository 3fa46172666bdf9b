/**
 * Sends requests over connections that stay open, several at once, and holds each answer to the verdict.
 *
 * A live stream that is granted does not end: its head is its answer. Nothing is sent twice: a connection that was closed without an answer is a
 * fault.
 */
import { Agent, request as httpRequest } from 'node:http';
import type { RequestCase } from './request-case.js';
import { answerFaults, eventsIn, LATE_MS, type Answer } from './verdict.js';

const AT_ONCE = 24;
const LARGEST_KEPT = 4_194_304;

export interface Faulty {
  readonly request: RequestCase;
  readonly faults: readonly string[];
}

export class Sender {
  readonly faulty: Faulty[] = [];
  readonly statuses = new Map<number, number>();
  sent = 0;
  accepted = 0;
  refused = 0;
  slowestMs = 0;
  private readonly agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });

  constructor(private readonly addresses: Readonly<Record<RequestCase['service'], string>>) {}

  /** All of them, in no order. */
  async sendAll(cases: Iterator<RequestCase>): Promise<void> {
    const one = async (): Promise<void> => {
      for (let next = cases.next(); next.done !== true; next = cases.next()) await this.send(next.value);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, one));
  }

  close(): void {
    this.agent.destroy();
  }

  async send(request: RequestCase): Promise<Answer | string> {
    const answer = await this.ask(request);
    this.sent += 1;
    const faults = answerFaults(request, answer);
    if (typeof answer !== 'string') {
      this.statuses.set(answer.status, (this.statuses.get(answer.status) ?? 0) + 1);
      this.slowestMs = Math.max(this.slowestMs, answer.ms);
      const said = eventsIn(request, answer);
      this.accepted += said?.accepted ?? 0;
      this.refused += said?.rejected.length ?? 0;
    }
    if (faults.length > 0) this.faulty.push({ request, faults });
    return answer;
  }

  private ask({ service, method, path, headers, body }: RequestCase): Promise<Answer | string> {
    const startedAt = Date.now();
    return new Promise((resolve) => {
      const length = body === undefined ? {} : { 'content-length': String(body.length) };
      const options = { method, path, headers: { ...headers, ...length }, agent: this.agent };
      const sending = httpRequest(this.addresses[service], options, (response) => {
        const ms = Date.now() - startedAt;
        const { statusCode: status = 0 } = response;
        const type = response.headers['content-type'] ?? '';
        const parts: Buffer[] = [];
        let size = 0;
        const done = (): void => resolve({ status, type, ms, body: String(Buffer.concat(parts)) });
        if (type.startsWith('text/event-stream')) {
          done();
          response.destroy();
          return;
        }
        response.on('data', (part: Buffer) => {
          size += part.length;
          if (size < LARGEST_KEPT) parts.push(part);
        });
        response.on('end', done);
        response.on('error', (error) => resolve(`the answer broke off: ${error.message}`));
      });
      sending.setTimeout(LATE_MS, () => sending.destroy(new Error(`no answer within ${LATE_MS} ms`)));
      sending.on('error', (error) => resolve(`no answer: ${error.message}`));
      sending.end(body);
    });
  }
}
