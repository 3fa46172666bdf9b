/**
 * What foreign clients are to send: every Kafka client with every codec in both modes, every CloudEvents SDK as it sends by default.
 *
 * A group is what one client sends in one way. Its codec and mode are what its user would write; `default` leaves the codec to the client.
 */
export const languages = ['python', 'java', 'go', 'javascript'] as const;
export type Language = (typeof languages)[number];

export interface Group {
  readonly client: string;
  readonly over: 'kafka' | 'http';
  readonly codec: string;
  readonly mode: 'structured' | 'binary' | 'base64' | 'batch';
}

const codecs = ['default', 'none', 'gzip', 'snappy', 'lz4', 'zstd'];

const kafkaClient = (client: string): Group[] =>
  codecs.flatMap((codec) => modesOf(client, 'kafka', ['structured', 'binary'], codec));

const modesOf = (client: string, over: Group['over'], modes: Group['mode'][], codec = 'default'): Group[] =>
  modes.map((mode) => ({ client, over, codec, mode }));

/** `base64` is structured mode whose data was handed over as bytes. */
export const groups: Readonly<Record<Language, readonly Group[]>> = {
  python: [
    ...kafkaClient('confluent-kafka'),
    ...kafkaClient('kafka-python-ng'),
    ...modesOf('cloudevents v1', 'kafka', ['structured', 'binary', 'base64']),
    ...modesOf('cloudevents core', 'kafka', ['structured', 'binary', 'base64']),
    ...modesOf('cloudevents v1', 'http', ['structured', 'binary', 'base64']),
    ...modesOf('cloudevents core', 'http', ['structured', 'binary', 'base64']),
  ],
  java: [
    ...kafkaClient('kafka-clients'),
    ...modesOf('cloudevents-java', 'kafka', ['structured', 'binary']),
    ...modesOf('cloudevents-java, HttpClient', 'http', ['structured', 'binary']),
    ...modesOf('cloudevents-java, HttpURLConnection', 'http', ['structured', 'binary']),
  ],
  go: [...kafkaClient('franz-go'), ...modesOf('cloudevents-go', 'http', ['structured', 'binary', 'base64', 'batch'])],
  javascript: [
    ...modesOf('cloudevents-javascript', 'kafka', ['structured', 'binary', 'base64']),
    ...modesOf('cloudevents-javascript', 'http', ['structured', 'binary', 'base64']),
  ],
};

export const nameOf = ({ client, over, codec, mode }: Group): string => `${client} over ${over}, ${codec}, ${mode}`;

/** The codec that a client's records are in: only franz-go compresses unasked. */
export const codecOf = ({ client, codec }: Group): string => {
  if (codec !== 'default') return codec;
  return client === 'franz-go' ? 'snappy' : 'none';
};
