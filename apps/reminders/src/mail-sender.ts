/**
 * Sends a mail by SMTP, and knows how far it came.
 *
 * One connection for each mail, and nothing of it is handed over before it is claimed (claimed-content.ts). What the server answered is known; a
 * connection that ends after the content began to flow, without an answer, leaves it unknown, and that is said, not guessed (RFC 5321, 4.2.5 and 6.1:
 * the server may have taken it). The Message-ID is the reminder's, the same at each attempt.
 */
import { createHash } from 'node:crypto';
import { isIP } from 'node:net';
import MailComposer from 'nodemailer/lib/mail-composer';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { ClaimedContent } from './claimed-content.js';
import type { Claim, Delivered } from './delivered.js';

export interface Mail {
  /** The reminder's: the same at each attempt. */
  readonly id: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
}

export interface MailSettings {
  /** `smtp://` or `smtps://`. */
  readonly url: string;
  readonly from: string;
  /** Milliseconds that a server may take for an answer. */
  readonly answerMs?: number;
}

type ConnectionOptions = NonNullable<ConstructorParameters<typeof SMTPConnection>[0]>;
interface SmtpError extends Error {
  readonly code?: string;
  readonly command?: string;
  readonly responseCode?: number;
}

/** After the last byte a server may take ten minutes (RFC 5321, 4.5.3.2.6); those that do are not waited for. */
const ANSWER_MS = 60_000;
const CONNECT_MS = 15_000;

/** Of the machine itself, where there is nobody between. */
const isLoopback = (host: string): boolean => host === 'localhost' || (isIP(host) === 4 && host.startsWith('127.'));

const optionsOf = ({ url, answerMs = ANSWER_MS }: MailSettings): ConnectionOptions => {
  const { protocol, hostname, port } = new URL(url);
  const secure = protocol === 'smtps:';
  return {
    host: hostname,
    port: port === '' ? (secure ? 465 : 587) : Number(port),
    secure,
    // A password and the addresses of officials go over it.
    requireTLS: !secure && !isLoopback(hostname),
    connectionTimeout: Math.min(CONNECT_MS, answerMs),
    greetingTimeout: Math.min(CONNECT_MS, answerMs),
    socketTimeout: answerMs,
  };
};

export class MailSender {
  private readonly options: ConnectionOptions;
  private readonly login?: { readonly user: string; readonly pass: string };

  constructor(private readonly settings: MailSettings) {
    this.options = optionsOf(settings);
    const { username, password } = new URL(settings.url);
    if (username !== '') this.login = { user: decodeURIComponent(username), pass: decodeURIComponent(password) };
  }

  /** Throws what the claim failed by; then nothing was handed over. */
  async send(mail: Mail, claim: Claim): Promise<Delivered> {
    const content = new ClaimedContent(await this.composed(mail), claim);
    try {
      const refused = await this.transmit(mail.to, content);
      return { outcome: 'sent', ...(refused > 0 ? { reason: `SMTP: ${refused} of ${mail.to.length} refused` } : {}) };
    } catch (error) {
      if (content.claimed === 'failed') throw content.fault;
      return content.claimed === 'lost' ? { outcome: 'lost' } : judged(error as SmtpError, content);
    }
  }

  private composed({ id, to, subject, text }: Mail): Promise<Buffer> {
    const { from } = this.settings;
    const composer = new MailComposer({
      from,
      to: [...to],
      subject,
      text,
      messageId: `<${createHash('sha256').update(id).digest('hex').slice(0, 40)}${from.slice(from.lastIndexOf('@'))}>`,
      // RFC 3834: nobody's absence note answers it.
      headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    return composer.compile().build() as Promise<Buffer>;
  }

  /** @returns how many of the addresses were refused, where not all were */
  private async transmit(to: readonly string[], content: ClaimedContent): Promise<number> {
    const connection = new SMTPConnection(this.options);
    const failed = new Promise<never>((_, reject) => connection.once('error', reject));
    try {
      return await Promise.race([failed, this.dialogue(connection, to, content)]);
    } finally {
      connection.on('error', () => undefined);
      connection.close();
    }
  }

  private async dialogue(connection: SMTPConnection, to: readonly string[], content: ClaimedContent): Promise<number> {
    await done<void>((end) => connection.connect((error) => end(error ?? null)));
    const { login } = this;
    if (login !== undefined)
      await done<unknown>((end) => connection.login({ credentials: login, ...login }, (error) => end(error)));
    const envelope = { from: this.settings.from, to: [...to] };
    const { rejected } = await done<{ rejected: readonly unknown[] }>((end) =>
      connection.send(envelope, content, (error, info) => end(error, info)),
    );
    connection.quit();
    return rejected.length;
  }
}

const done = <T>(call: (end: (error: Error | null | undefined, result?: T) => void) => void): Promise<T> =>
  new Promise((resolve, reject) => call((error, result) => (error ? reject(error) : resolve(result as T))));

/** What an error says of a mail: only an answer of the server, or content that never began to flow, makes it known. */
const judged = ({ code = 'ESMTP', command, responseCode }: SmtpError, content: ClaimedContent): Delivered => {
  const reason = responseCode === undefined ? code : `SMTP ${responseCode}`;
  if (responseCode === undefined) return { outcome: content.claimed === 'ours' ? 'unknown' : 'again', reason };
  // Of the addresses or the message; what the server has against us ourselves is ours to mend, and is tried again.
  const isFinal = responseCode >= 500 && (command === 'RCPT TO' || content.claimed === 'ours');
  return { outcome: isFinal ? 'refused' : 'again', reason };
};
