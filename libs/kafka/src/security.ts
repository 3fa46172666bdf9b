/**
 * How a client shows the brokers who it is, and knows that they are the right ones: TLS and SASL, from one configuration.
 *
 * No error of it says a secret: files are named, never shown.
 */
import { readFileSync } from 'node:fs';
import type { KafkaConfig as ClientOptions, SASLOptions } from 'kafkajs';
import { AppError } from '#domain';

export interface KafkaSecurity {
  readonly KAFKA_TLS?: boolean;
  readonly KAFKA_TLS_CA_FILE?: string;
  readonly KAFKA_TLS_CERT_FILE?: string;
  readonly KAFKA_TLS_KEY_FILE?: string;
  readonly KAFKA_SASL_MECHANISM?: 'scram-sha-256' | 'scram-sha-512' | 'plain';
  readonly KAFKA_USERNAME?: string;
  readonly KAFKA_PASSWORD?: string;
}

class InvalidKafkaSecurity extends AppError {
  readonly code = 'INVALID_CONFIGURATION';
  readonly retryable = false;
}

/** The part of a client's options; empty where nothing is configured. Throws `InvalidKafkaSecurity`. */
export const securityOf = (config: KafkaSecurity): Pick<ClientOptions, 'ssl' | 'sasl'> => {
  const ssl = tlsOf(config);
  const sasl = saslOf(config);
  return { ...(ssl === undefined ? {} : { ssl }), ...(sasl === undefined ? {} : { sasl }) };
};

const tlsOf = ({
  KAFKA_TLS: isAsked,
  KAFKA_TLS_CA_FILE: ca,
  KAFKA_TLS_CERT_FILE: cert,
  KAFKA_TLS_KEY_FILE: key,
}: KafkaSecurity): ClientOptions['ssl'] => {
  if ((cert === undefined) !== (key === undefined))
    throw new InvalidKafkaSecurity('KAFKA_TLS_CERT_FILE and KAFKA_TLS_KEY_FILE go together');
  const isNamed = ca !== undefined || cert !== undefined;
  if (isAsked === false && isNamed) throw new InvalidKafkaSecurity('KAFKA_TLS is off, and files for it are named');
  if (!isNamed) return isAsked;
  return {
    ...(ca === undefined ? {} : { ca: [readFileSync(ca)] }),
    ...(cert === undefined || key === undefined ? {} : { cert: readFileSync(cert), key: readFileSync(key) }),
  };
};

const saslOf = ({
  KAFKA_SASL_MECHANISM: mechanism,
  KAFKA_USERNAME: username,
  KAFKA_PASSWORD: password,
}: KafkaSecurity): SASLOptions | undefined => {
  if (mechanism === undefined && username === undefined && password === undefined) return undefined;
  if (mechanism === undefined || username === undefined || password === undefined)
    throw new InvalidKafkaSecurity('KAFKA_SASL_MECHANISM, KAFKA_USERNAME and KAFKA_PASSWORD go together');
  return { mechanism, username, password } as SASLOptions;
};
