import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { openapiDocument } from '#service/http';
import { clientSource } from '../../../test/kit/client-source.js';
import { controllers, description } from './api.js';

describe('the client', () => {
  it('is of the description that there is: `npm run client` writes it anew', async () => {
    const source = await clientSource(await openapiDocument(controllers, description));
    expect(source.length).toBeGreaterThan(50_000);
    // Not toBe on the whole text, which would print all of it.
    const held = readFileSync('libs/client/src/dashboard.ts', 'utf8').split('\n');
    const differing = source.split('\n').flatMap((line, at) => (line === held[at] ? [] : [`${at + 1}: ${line}`]));
    expect(differing.slice(0, 10)).toEqual([]);
    expect(held).toHaveLength(source.split('\n').length);
  }, 60_000);
});
