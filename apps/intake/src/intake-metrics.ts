/** What only the intake measures: the room that requests have, and how much of it they hold. */
import type { ServiceWatch } from '#service';
import type { Room } from './room.js';

export const measureIntake = (room: Room, limit: number, { service }: ServiceWatch): void => {
  const held = service.gauge('tonghop_intake_room_bytes', 'Bytes of requests in memory now');
  service.gauge('tonghop_intake_room_limit_bytes', 'Bytes of requests in memory at most').set(limit);
  service.atScrape(() => {
    held.set(room.bytes);
    return Promise.resolve();
  });
};
