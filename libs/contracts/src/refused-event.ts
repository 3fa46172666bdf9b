/** The event that a record of rejected-events holds, put together again, so that it can be judged and sent once more. */
import { headerText, mediaTypeOf, structuredEvent, utf8Text } from './cloudevent-binding.js';
import type { RejectedEvent, SealedContent } from './rejection.js';

/**
 * In structured form, whichever way it came. Undefined where only its beginning was kept, headers found no room, or what was in binary mode makes
 * no event.
 */
export const refusedEvent = (
  { origin, rawBytes, headersLeftOut }: Pick<RejectedEvent, 'origin' | 'rawBytes' | 'headersLeftOut'>,
  { raw, headers = [] }: SealedContent,
): Buffer | undefined => {
  if (rawBytes !== undefined || headersLeftOut !== undefined) return undefined;
  const bytes = Buffer.from(raw, 'base64');
  const pairs = headers.map(([name, value]) => [name, Buffer.from(value, 'base64')] as const);
  const prefix = origin === 'http' ? 'ce-' : 'ce_';
  const textOf = (value: Buffer) => (origin === 'http' ? headerText(value.toString('latin1')) : utf8Text(value));
  const attributes = pairs
    .filter(([name]) => name.startsWith(prefix))
    .map(([name, value]) => [name.slice(prefix.length), textOf(value)] as const);
  const type = mediaTypeOf(pairs.find(([name]) => name.toLowerCase() === 'content-type')?.[1].toString('latin1'));
  if (attributes.length === 0 || type.type.startsWith('application/cloudevents')) return bytes;
  const text = structuredEvent(attributes, type, bytes);
  return typeof text === 'string' ? Buffer.from(text) : undefined;
};
