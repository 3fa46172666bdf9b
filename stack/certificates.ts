/**
 * A small authority of the stack's own, and the certificate of its servers at 127.0.0.1: for a machine on which one tries things, not for
 * a network.
 */
import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const DAYS = 825;

export interface Certificates {
  readonly ca: string;
  readonly certificate: string;
  /** PKCS #8. */
  readonly key: string;
}

/** In PEM. The authority's own key is kept nowhere: nobody can make another certificate by it. */
export const newCertificates = async (now: Date): Promise<Certificates> => {
  x509.cryptoProvider.set(webcrypto as never);
  const [authority, server] = await Promise.all([newKeys(), newKeys()]);
  const valid = { notBefore: now, notAfter: new Date(now.getTime() + DAYS * 86_400_000) };
  const ca = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: '01',
    name: 'CN=Tong Hop stack authority',
    ...valid,
    signingAlgorithm: algorithm,
    keys: authority,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
    ],
  });
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: '02',
    subject: 'CN=stack',
    issuer: ca.subject,
    ...valid,
    signingAlgorithm: algorithm,
    publicKey: server.publicKey,
    signingKey: authority.privateKey,
    extensions: [
      new x509.SubjectAlternativeNameExtension([
        { type: 'ip', value: '127.0.0.1' },
        { type: 'dns', value: 'localhost' },
      ]),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth, x509.ExtendedKeyUsage.clientAuth]),
    ],
  });
  const key = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', server.privateKey));
  return {
    ca: ca.toString('pem'),
    certificate: certificate.toString('pem'),
    key: x509.PemConverter.encode(key, 'PRIVATE KEY'),
  };
};

const newKeys = (): Promise<webcrypto.CryptoKeyPair> =>
  webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
