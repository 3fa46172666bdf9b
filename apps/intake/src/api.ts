/** The intake's routes and what their description says of them. */
import { HealthController, type ApiDescription } from '#service/http';
import { EventsController } from './events.controller.js';
import { bodies } from './events.openapi.js';

export const controllers = [EventsController, HealthController];

export const description: ApiDescription = {
  title: 'Tổng Hợp: intake',
  description: 'Commune systems publish indicator events here, as CloudEvents 1.0.',
  bodies: { eventsReceive: bodies },
  tags: { events: 'Indicator events', operation: 'Health and metrics' },
};
