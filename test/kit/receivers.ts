/**
 * Where reminders go, for tests: a real SMTP server and a real HTTP receiver within the test's process, which outlive the service under test. They
 * keep what they were given, answer as they are told, and can be made to hold an answer back.
 */
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

export interface ReceivedMail {
  readonly to: readonly string[];
  /** The whole message. */
  readonly text: string;
}

/** A message is received once its last byte is there, whether or not that is answered. */
export class MailReceiver {
  readonly mails: ReceivedMail[] = [];
  /** Addresses and the answer that each gets, as `550`. */
  readonly refusedAddresses = new Map<string, number>();
  /** What the message itself is answered by, where it is not taken. */
  dataAnswer?: number;
  /** While set, nothing is answered to a message that was received. */
  isHolding = false;
  private readonly held: (() => void)[] = [];
  private readonly server: SMTPServer;

  constructor() {
    this.server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      closeTimeout: 100,
      onRcptTo: ({ address }, _session, callback) => {
        const code = this.refusedAddresses.get(address);
        callback(code === undefined ? null : answer(code));
      },
      onData: (stream, session, callback) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('error', () => undefined);
        stream.on('end', () => {
          if (this.dataAnswer !== undefined) return callback(answer(this.dataAnswer));
          const to = session.envelope.rcptTo.map(({ address }) => address);
          this.mails.push({ to, text: Buffer.concat(chunks).toString() });
          if (this.isHolding) this.held.push(() => callback(null));
          else callback(null);
        });
      },
    });
    this.server.on('error', () => undefined);
  }

  /** @returns its address */
  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `smtp://127.0.0.1:${(this.server.server.address() as AddressInfo).port}`;
  }

  /** Takes everything that waits for an answer. */
  answerHeld(): void {
    for (const take of this.held.splice(0)) take();
  }

  /** Drops every connection, as where the server dies. */
  drop(): void {
    for (const connection of this.server.connections)
      (connection as unknown as { _socket: { destroy(): void } })._socket.destroy();
  }

  close(): Promise<void> {
    this.drop();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }
}

const answer = (responseCode: number): Error => Object.assign(new Error('not taken'), { responseCode });

export interface ReceivedHook {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly path: string;
}

export class HookReceiver {
  readonly hooks: ReceivedHook[] = [];
  status = 204;
  /** While set, nothing is answered. */
  isHolding = false;
  private readonly server: Server;

  constructor() {
    this.server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        this.hooks.push({
          headers: request.headers,
          body: Buffer.concat(chunks).toString(),
          path: request.url ?? '',
        });
        if (this.isHolding) return;
        const headers = this.status === 302 ? { location: `${this.url}/elsewhere` } : {};
        response.writeHead(this.status, headers).end();
      });
    });
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  listen(): Promise<void> {
    return new Promise((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  }

  close(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }
}
