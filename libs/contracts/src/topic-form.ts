/**
 * An accepted event as it stands in the event topic: its bytes as sent, without a byte order mark, its data under `data`.
 *
 * Whoever reads the topic need not know of `data_base64`, which is one way more to write the same. The data stays to the letter.
 */
import { base64TextOf, MAX_EVENT_BYTES, withoutMark } from '#domain';

/** @param event accepted by the checks */
export const topicForm = (event: Buffer): Buffer => {
  const bytes = event[0] === 0xef ? event.subarray(3) : event;
  // The name may be written with escapes.
  return bytes.includes('data_base64') || bytes.includes('\\u') ? withPlainData(bytes) : bytes;
};

const withPlainData = (bytes: Buffer): Buffer => {
  const { data, data_base64: base64, ...attributes } = JSON.parse(bytes.toString()) as Record<string, unknown>;
  if ((data !== undefined && data !== null) || typeof base64 !== 'string') return bytes;
  const text = withoutMark(base64TextOf(base64) as string).trim();
  const plain = Buffer.from(`${JSON.stringify(attributes).slice(0, -1)},"data":${text}}`);
  // A number such as 1e20 is longer when written out.
  return plain.length <= MAX_EVENT_BYTES ? plain : bytes;
};
