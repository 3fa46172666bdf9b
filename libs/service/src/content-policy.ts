/** What a browser may load for an answer (Content-Security-Policy): nothing, unless a page says what it needs. */
export type ContentPolicy = Readonly<Record<string, readonly string[]>>;

const none = "'none'";

/** Of a service that has no page; a page's own begins with it. */
export const nothingIn: ContentPolicy = {
  'default-src': [none],
  'base-uri': [none],
  'form-action': [none],
  'frame-ancestors': [none],
};

/** As the header has it. */
export const policyText = (policy: ContentPolicy): string =>
  Object.entries(policy)
    .map(([name, sources]) => `${name} ${sources.join(' ')}`)
    .join('; ');
