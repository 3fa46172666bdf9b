/** An authority of a test's own, and the certificates that it gives out. */
import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const DAY_MS = 86_400_000;

/** In PEM. */
export interface Issued {
  readonly cert: string;
  readonly key: string;
}

export interface Authority {
  /** In PEM. */
  readonly ca: string;
  /** @param days valid for, from yesterday on; less than 0: it has run out */
  issue(name: string, days?: number): Promise<Issued>;
}

export const anAuthority = async (name: string): Promise<Authority> => {
  x509.cryptoProvider.set(webcrypto as never);
  const own = await newKeys();
  const ca = await x509.X509CertificateGenerator.createSelfSigned({
    name: `CN=${name}`,
    ...validFor(365),
    signingAlgorithm: algorithm,
    keys: own,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true),
    ],
  });
  const issue = async (subject: string, days = 30): Promise<Issued> => {
    const keys = await newKeys();
    const certificate = await x509.X509CertificateGenerator.create({
      subject: `CN=${subject}`,
      issuer: ca.subject,
      ...validFor(days),
      signingAlgorithm: algorithm,
      publicKey: keys.publicKey,
      signingKey: own.privateKey,
      extensions: [
        new x509.SubjectAlternativeNameExtension([{ type: 'ip', value: '127.0.0.1' }]),
        new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth, x509.ExtendedKeyUsage.clientAuth]),
      ],
    });
    const key = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey);
    return { cert: certificate.toString('pem'), key: x509.PemConverter.encode(Buffer.from(key), 'PRIVATE KEY') };
  };
  return { ca: ca.toString('pem'), issue };
};

const validFor = (days: number) => {
  const notAfter = new Date(Date.now() + days * DAY_MS);
  return { notBefore: new Date(Math.min(Date.now(), notAfter.getTime()) - DAY_MS), notAfter };
};

const newKeys = (): Promise<webcrypto.CryptoKeyPair> =>
  webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
