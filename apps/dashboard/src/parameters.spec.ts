import 'reflect-metadata';
import { openapiDocument } from '#service/http';
import { controllers, description } from './api.js';

interface Parameter {
  readonly name: string;
  readonly schema: {
    readonly type: string;
    readonly pattern?: string;
    readonly enum?: string[];
    readonly format?: string;
  };
}

/** Of these any text is taken: where it names nothing, there is nothing (404, an empty page, the usual place). */
const anyText = ['Last-Event-ID', 'lastEventId', 'name', 'id', 'as', 'to', 'who'];

describe('the API description', () => {
  it('says of each parameter what it may be, so that who keeps to it is not refused', async () => {
    const { paths } = JSON.parse(await openapiDocument(controllers, description)) as {
      paths: Record<string, Record<string, { parameters?: Parameter[] }>>;
    };
    const open = Object.entries(paths).flatMap(([path, methods]) =>
      Object.values(methods).flatMap(({ parameters = [] }) =>
        parameters
          .filter(({ name }) => !anyText.includes(name))
          .filter(({ schema }) => schema.type === 'string' && !(schema.pattern ?? schema.enum ?? schema.format))
          .map(({ name }) => `${name} of ${path}`),
      ),
    );
    expect(open).toEqual([]);
  }, 60_000);
});
