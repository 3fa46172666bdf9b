/** Contacts and reminders for a service. Needs the store. */
import { Global, Module } from '@nestjs/common';
import type { Connection } from './connect.js';
import { ContactRepository } from './contact-repository.js';
import { ReminderRepository } from './reminder-repository.js';
import { CONNECTION } from './store.module.js';

@Global()
@Module({
  providers: [
    { provide: ReminderRepository, useFactory: ReminderRepository.prepared, inject: [CONNECTION] },
    {
      provide: ContactRepository,
      useFactory: (connection: Connection) => new ContactRepository(connection),
      inject: [CONNECTION],
    },
  ],
  exports: [ReminderRepository, ContactRepository],
})
export class RemindersModule {}
