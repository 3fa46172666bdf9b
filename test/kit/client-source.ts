/**
 * The TypeScript of `libs/client/src/dashboard.ts`, made of the dashboard's own description of its interface.
 *
 * The same description always makes the same text, so that a test tells whether what is kept is of the description that there is.
 */
import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript';

const HEAD = `/**
 * What the dashboard's HTTP interface takes and answers.
 *
 * Made by \`npm run client\` of the description that the dashboard gives at /docs-json (openapi-typescript). Not to be changed by hand: change the
 * shapes in libs/contracts or the controllers in apps/dashboard, and make it anew. A unit test of the dashboard fails where it was forgotten.
 */
`;

/** @param description OpenAPI, as JSON */
export const clientSource = async (description: string): Promise<string> => {
  const types = await openapiTS(JSON.parse(description) as OpenAPI3, { silent: true });
  return `${HEAD}${astToString(types)}`;
};
