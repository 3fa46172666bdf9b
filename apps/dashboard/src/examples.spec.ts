import 'reflect-metadata';
import { httpFaults } from '#contracts';
import { openapiDocument } from '#service/http';
import { controllers, description } from './api.js';

interface Media {
  readonly schema: { readonly $ref?: string; readonly anyOf?: readonly { readonly $ref: string }[] };
  readonly examples?: Readonly<Record<string, { readonly value: unknown }>>;
}
interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly {
    readonly name: string;
    readonly schema: { readonly pattern?: string; readonly enum?: readonly string[] };
    readonly examples?: Readonly<Record<string, { readonly value: string }>>;
  }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, Media>> };
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, Media>> }>>;
}

/** The shapes of which one fits; none where the schema stands within the description itself. */
const shapesOf = ({ schema: { $ref, anyOf = [] } }: Media): string[] =>
  [$ref, ...anyOf.map((each) => each.$ref)].flatMap((ref) => (ref === undefined ? [] : [ref.split('/').at(-1) ?? '']));

const isProblem = (value: unknown): boolean => {
  const { type, title, status, code, detail } = value as Record<string, unknown>;
  return [type, title, code, detail].every((text) => typeof text === 'string') && Number.isInteger(status);
};

const fits = (shape: string, value: unknown): boolean =>
  shape === 'Problem' ? isProblem(value) : httpFaults(shape, value).length === 0;

describe('the examples in the API description', () => {
  let operations: readonly Operation[];

  beforeAll(async () => {
    const { paths } = JSON.parse(await openapiDocument(controllers, description)) as {
      paths: Record<string, Record<string, Operation>>;
    };
    operations = Object.values(paths).flatMap((methods) => Object.values(methods));
  }, 60_000);

  const mediaOf = ({ responses }: Operation, isWanted: (status: number) => boolean): Media[] =>
    Object.entries(responses)
      .filter(([status]) => isWanted(Number(status)))
      .flatMap(([, { content = {} }]) =>
        Object.entries(content).flatMap(([type, media]) =>
          type.includes('json') && !type.includes('nd') ? media : [],
        ),
      );
  const isSuccess = (status: number) => status >= 200 && status < 300;

  it('show what every operation answers that answers JSON', () => {
    const answering = operations.filter((operation) => mediaOf(operation, isSuccess).length > 0);
    expect(answering.length).toBeGreaterThan(30);
    const bare = answering.filter((operation) => mediaOf(operation, isSuccess).some((media) => !media.examples));
    expect(bare.map(({ operationId }) => operationId)).toEqual([]);
  });

  it('show what a body is, wherever one is taken', () => {
    const taking = operations.filter(({ requestBody }) => requestBody !== undefined);
    expect(taking.length).toBeGreaterThan(8);
    const bare = taking.filter(({ requestBody }) =>
      Object.values(requestBody?.content ?? {}).some((media) => !media.examples),
    );
    expect(bare.map(({ operationId }) => operationId)).toEqual([]);
  });

  it('are of the shapes that the description names', () => {
    const wrong = operations.flatMap((operation) => {
      const taken = Object.values(operation.requestBody?.content ?? {});
      return [...mediaOf(operation, () => true), ...taken].flatMap((media) =>
        Object.entries(media.examples ?? {})
          .filter(([, { value }]) => shapesOf(media).length > 0 && !shapesOf(media).some((shape) => fits(shape, value)))
          .map(([name]) => `${operation.operationId} ${name}`),
      );
    });
    expect(wrong).toEqual([]);
  });

  it('ask with parameters that the description allows', () => {
    const wrong = operations.flatMap(({ operationId, parameters = [] }) =>
      parameters.flatMap(({ name, schema, examples = {} }) =>
        Object.values(examples)
          .filter(
            ({ value }) =>
              !(
                new RegExp(schema.pattern ?? '').test(value) &&
                (schema.enum === undefined || schema.enum.includes(value))
              ),
          )
          .map(({ value }) => `${operationId} ${name}=${value}`),
      ),
    );
    expect(wrong).toEqual([]);
  });
});
