import type { OpenAPIObject } from '@nestjs/swagger';
import { addExamples, type ApiExample } from './api-examples.js';

const json = (schema: object) => ({ content: { 'application/json': { schema } } });
const described = () => {
  const operation = {
    operationId: 'children',
    parameters: [
      { name: 'code', in: 'path', schema: { type: 'string' }, example: '01' },
      { name: 'limit', in: 'query', schema: { type: 'integer' } },
    ],
    requestBody: json({}),
    responses: {
      200: { description: 'them', ...json({}) },
      404: { description: 'no unit', content: { 'application/problem+json': { schema: {} } } },
      304: { description: 'the same' },
    },
  };
  return {
    operation,
    document: { paths: { '/units/{code}/children': { get: operation } } } as unknown as OpenAPIObject,
  };
};
const anExample = (fields: Partial<ApiExample> = {}): ApiExample => ({
  operation: 'children',
  name: 'province',
  summary: 'A province',
  parameters: { code: '01', limit: '1' },
  status: 200,
  answer: { items: [] },
  ...fields,
});

describe('an example', () => {
  it('stands at each parameter, at the body and at the answer, with the line that asks for it', () => {
    const { operation, document } = described();
    addExamples(document, [anExample({ body: { window: '2026' }, as: 'an analyst', cut: { items: 0 } })]);
    expect(operation.parameters).toEqual([
      { name: 'code', in: 'path', schema: { type: 'string' }, examples: { province: { value: '01' } } },
      { name: 'limit', in: 'query', schema: { type: 'integer' }, examples: { province: { value: 1 } } },
    ]);
    expect(operation.requestBody.content['application/json']).toMatchObject({
      examples: { province: { value: { window: '2026' } } },
    });
    expect(operation.responses[200].content['application/json']).toMatchObject({
      examples: {
        province: {
          summary: 'A province',
          description: '`GET /units/01/children?limit=1` by an analyst. The example ends `items` after the first 0',
          value: { items: [] },
        },
      },
    });
  });

  it('of what is refused shows the answer alone', () => {
    const { operation, document } = described();
    addExamples(document, [
      anExample({ name: 'none', parameters: { code: '99' }, status: 404, answer: { status: 404 } }),
    ]);
    expect(operation.parameters).toEqual(described().operation.parameters);
    expect(operation.responses[404].content).toMatchObject({
      'application/problem+json': { examples: { none: { description: '`GET /units/99/children`' } } },
    });
  });

  it.each([
    [{ operation: 'child' }, 'no operation is called child'],
    [{ parameters: { unit: '01' } }, 'children has no parameter unit'],
    [{ status: 304 }, 'children has no JSON where its example province is to stand'],
    [{ status: 409 }, 'children has no JSON where its example province is to stand'],
  ])('that the operation does not know (%j) is not described', (fields, message) =>
    expect(() => addExamples(described().document, [anExample(fields)])).toThrow(message),
  );
});
