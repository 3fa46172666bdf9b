/**
 * TLS that ends in the service, where `TLS_CERT_FILE` and `TLS_KEY_FILE` are set: 1.2 or later, with nothing to renegotiate.
 *
 * With `TLS_CLIENT_CA_FILE` clients are asked for a certificate, and need none: keys go on to count. The files are looked at every few seconds, because
 * what renews certificates puts new files there and knows no process to send a signal to; what is there and cannot be used leaves in use
 * what was read before, and is logged.
 */
import { X509Certificate, constants } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createSecureContext, type Server, type TlsOptions } from 'node:tls';
import { unusable, type PlatformConfig } from './config.js';
import type { Logger } from './logging.js';

export type TlsConfig = Pick<PlatformConfig, 'TLS_CERT_FILE' | 'TLS_KEY_FILE' | 'TLS_CLIENT_CA_FILE'>;

interface TlsTexts {
  readonly cert: string;
  readonly key: string;
  readonly ca?: string;
}

const LOOK_MS = 5_000;
/** A client that does not finish its handshake is let go. */
const HANDSHAKE_MS = 10_000;

/** For a server; undefined where TLS is not configured. Throws `InvalidConfiguration` for files that cannot be read or used. */
export const tlsOptions = (config: TlsConfig): TlsOptions | undefined => {
  const texts = readTls(config);
  return texts && optionsOf(texts);
};

/** Takes over what stands in the files from now on, as often as it changes. */
export const followTls = (server: Server, config: TlsConfig, logger: Logger): void => {
  let held = JSON.stringify(readTls(config));
  let fault = '';
  const look = (): void => {
    try {
      const texts = readTls(config);
      const found = JSON.stringify(texts);
      fault = '';
      if (texts === undefined || found === held) return;
      server.setSecureContext(optionsOf(texts));
      held = found;
      logger.info('the TLS certificate was read anew');
    } catch (error) {
      const { message } = error as Error;
      if (message !== fault)
        logger.error({ err: error }, 'the TLS certificate cannot be read anew; the one before stays');
      fault = message;
    }
  };
  const timer = setInterval(look, LOOK_MS).unref();
  server.once('close', () => clearInterval(timer));
};

const optionsOf = (texts: TlsTexts): TlsOptions => ({
  ...texts,
  minVersion: 'TLSv1.2',
  secureOptions: constants.SSL_OP_NO_RENEGOTIATION,
  handshakeTimeout: HANDSHAKE_MS,
  // A certificate that counts for nothing is no reason to hang up: who asks is found out per request (http-access.ts).
  ...(texts.ca === undefined ? {} : { requestCert: true, rejectUnauthorized: false }),
});

const readTls = ({ TLS_CERT_FILE, TLS_KEY_FILE, TLS_CLIENT_CA_FILE }: TlsConfig): TlsTexts | undefined => {
  const faults: string[] = [];
  const read = (name: string, file: string | undefined): string => {
    if (file === undefined) faults.push(`${name}: is needed for TLS`);
    try {
      return file === undefined ? '' : readFileSync(file, 'utf8');
    } catch (error) {
      faults.push(`${name}: cannot be read (${(error as { code?: string }).code ?? 'fault'})`);
      return '';
    }
  };
  if ([TLS_CERT_FILE, TLS_KEY_FILE, TLS_CLIENT_CA_FILE].every((file) => file === undefined)) return undefined;
  const cert = read('TLS_CERT_FILE', TLS_CERT_FILE);
  const key = read('TLS_KEY_FILE', TLS_KEY_FILE);
  const ca = TLS_CLIENT_CA_FILE === undefined ? undefined : read('TLS_CLIENT_CA_FILE', TLS_CLIENT_CA_FILE);
  if (faults.length === 0) faults.push(...whyUnusable({ cert, key, ca }));
  if (faults.length > 0) throw unusable(faults);
  return { cert, key, ...(ca === undefined ? {} : { ca }) };
};

const whyUnusable = ({ cert, key, ca }: TlsTexts): string[] => {
  const faultOf = (name: string, what: string, use: () => unknown): string[] => {
    try {
      use();
      return [];
    } catch (error) {
      return [`${name}: ${what} (${(error as { code?: string }).code ?? 'fault'})`];
    }
  };
  const wrong = faultOf('TLS_CERT_FILE', 'is no certificate in PEM', () => new X509Certificate(cert));
  return [
    ...wrong,
    ...(wrong.length > 0
      ? []
      : faultOf('TLS_KEY_FILE', 'is not the key of the certificate, in PEM', () => createSecureContext({ cert, key }))),
    ...(ca === undefined
      ? []
      : faultOf('TLS_CLIENT_CA_FILE', 'is no certificate in PEM', () => new X509Certificate(ca))),
  ];
};
