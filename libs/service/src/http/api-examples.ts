/**
 * Examples of an API: requests with their answers, kept as data and put where OpenAPI has places for them.
 *
 * A test asks a real service for each of them, so that the description shows what is answered. Where an example is of no operation, or has
 * a parameter or an answer that the operation does not name, the description is not made.
 */
import type { OpenAPIObject } from '@nestjs/swagger';

export interface ApiExample {
  /** The operation's id. */
  readonly operation: string;
  /** No two of an operation have the same. */
  readonly name: string;
  /** What it shows. */
  readonly summary: string;
  /** Of the path and of the query, as text. */
  readonly parameters?: Readonly<Record<string, string>>;
  readonly body?: object;
  readonly status: number;
  readonly answer: unknown;
  /** Who asks. */
  readonly as?: string;
  /** Lists and maps that the example shows the beginning of: how many members, by where they stand, as `months.cells`. */
  readonly cut?: Readonly<Record<string, number>>;
}

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly schema?: { readonly type?: string };
  readonly example?: unknown;
  readonly examples?: object;
}
type Content = Readonly<Record<string, { readonly examples?: object }>>;

interface DescribedOperation {
  readonly operationId?: string;
  parameters?: Parameter[];
  requestBody?: { readonly content: Content };
  readonly responses: Record<string, { readonly content?: Content }>;
}

/** A request line, as `GET /v1/units/01/children?window=2026-03`. */
const requestLine = (method: string, path: string, { parameters = {} }: ApiExample): string => {
  const query = Object.entries(parameters).filter(([name]) => !path.includes(`{${name}}`));
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(parameters[name] ?? ''));
  return `${method.toUpperCase()} ${filled}${query.length === 0 ? '' : `?${new URLSearchParams(query)}`}`;
};

const cutText = ([path, members]: [string, number]): string => `\`${path}\` after the first ${members}`;

const descriptionOf = (line: string, { as, cut = {} }: ApiExample): string => {
  const cuts = Object.entries(cut).map(cutText).join(', ');
  return `\`${line}\`${as === undefined ? '' : ` by ${as}`}${cuts === '' ? '' : `. The example ends ${cuts}`}`;
};

/** The content with the example at the type that is JSON. */
const withExample = (content: Content | undefined, example: ApiExample, shown: object): Content => {
  const type = Object.keys(content ?? {}).find((each) => each.includes('json'));
  if (content === undefined || type === undefined)
    throw new Error(`${example.operation} has no JSON where its example ${example.name} is to stand`);
  const media = content[type];
  return { ...content, [type]: { ...media, examples: { ...media.examples, [example.name]: shown } } };
};

/** What a caller may send: what is refused for what it is stands in the line of its answer alone. */
const addRequest = (operation: DescribedOperation, example: ApiExample): void => {
  const { name, parameters = {}, body } = example;
  operation.parameters = operation.parameters?.map(({ example: only, ...parameter }) => {
    const value = parameters[parameter.name];
    if (value === undefined) return only === undefined ? parameter : { ...parameter, example: only };
    const shown = { value: parameter.schema?.type === 'integer' ? Number(value) : value };
    return { ...parameter, examples: { ...parameter.examples, [name]: shown } };
  });
  if (body !== undefined)
    operation.requestBody = {
      ...operation.requestBody,
      content: withExample(operation.requestBody?.content, example, { value: body }),
    };
};

/** Puts the examples into a description. */
export const addExamples = ({ paths }: OpenAPIObject, examples: readonly ApiExample[]): void => {
  const operations = new Map<string | undefined, { operation: DescribedOperation; method: string; path: string }>();
  for (const [path, methods] of Object.entries(paths))
    for (const [method, operation] of Object.entries(methods as Record<string, DescribedOperation>))
      operations.set(operation.operationId, { operation, method, path });
  for (const example of examples) {
    const found = operations.get(example.operation);
    if (found === undefined) throw new Error(`no operation is called ${example.operation}`);
    const { operation, method, path } = found;
    const known = new Set((operation.parameters ?? []).map((parameter) => parameter.name));
    const strange = Object.keys(example.parameters ?? {}).filter((name) => !known.has(name));
    if (strange.length > 0) throw new Error(`${example.operation} has no parameter ${strange.join(', ')}`);
    if (example.status < 400) addRequest(operation, example);
    const { summary, answer: value } = example;
    const response = operation.responses[example.status];
    const shown = { summary, description: descriptionOf(requestLine(method, path, example), example), value };
    operation.responses[example.status] = { ...response, content: withExample(response?.content, example, shown) };
  }
};
