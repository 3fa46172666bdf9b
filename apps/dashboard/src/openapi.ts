/** `node dist/apps/dashboard/src/openapi.js`: prints the description of the dashboard's HTTP interface; `npm run openapi` keeps it in a file. */
import 'reflect-metadata';
import { openapiDocument } from '#service/http';
import { controllers, description } from './api.js';

process.stdout.write(await openapiDocument(controllers, description));
