/** `node dist/apps/intake/src/openapi.js`: prints the description of the intake's HTTP interface; `npm run openapi` keeps it in a file. */
import 'reflect-metadata';
import { openapiDocument } from '#service/http';
import { controllers, description } from './api.js';

process.stdout.write(await openapiDocument(controllers, description));
