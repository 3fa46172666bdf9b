/** The reminders service as a Nest module. Its worker begins when everything is there, and is done before what it uses is closed. */
import { Module } from '@nestjs/common';
import { calendarWith, type Calendar } from '#domain';
import { CLOCK, CONFIG, LOGGER, outgoingRules, sealingKeyOf, ServiceWatch, type Clock, type Logger } from '#service';
import { PipelineProgress } from '#stream';
import { JobQueue } from '#queue';
import { ContactRepository, ReminderRepository, RollupReader } from '#store';
import { MailSender } from './mail-sender.js';
import { ReminderDelivery } from './reminder.delivery.js';
import { ReminderPlanner } from './reminder.planner.js';
import { ReminderWorker } from './reminder.worker.js';
import { planOf, type RemindersConfig } from './reminders.config.js';
import { Standing } from './standing.js';
import { WebhookSender } from './webhook-sender.js';

const calendarOf = ({
  COMMUNE_DEADLINE_DAY: communeDay,
  PROVINCE_DEADLINE_DAY: provinceDay,
}: RemindersConfig): Calendar => calendarWith({ communeDay, provinceDay });

const plannerOf = (
  config: RemindersConfig,
  standing: Standing,
  reminders: ReminderRepository,
  contacts: ContactRepository,
  queue: JobQueue,
  logger: Logger,
  now: Clock,
): ReminderPlanner => {
  const settings = {
    plan: planOf(config),
    calendar: calendarOf(config),
    hasMail: config.SMTP_URL !== undefined,
    now,
    logger,
  };
  return new ReminderPlanner(settings, standing, reminders, contacts, queue);
};

const deliveryOf = (
  config: RemindersConfig,
  standing: Standing,
  reminders: ReminderRepository,
  contacts: ContactRepository,
  { service }: ServiceWatch,
  now: Clock,
): ReminderDelivery => {
  const { SMTP_URL: url, MAIL_FROM: from } = config;
  const mail = url !== undefined && from !== undefined ? { mail: new MailSender({ url, from }) } : {};
  const senders = { ...mail, webhook: new WebhookSender(outgoingRules(config), now) };
  const attempts = service.counter('tonghop_reminders_total', 'Attempts to remind somebody, by how they ended', [
    'channel',
    'outcome',
  ]);
  const settings = {
    plan: planOf(config),
    calendar: calendarOf(config),
    sealingKey: sealingKeyOf(config),
    now,
    ended: (channel: string, outcome: string) => attempts.inc({ channel, outcome }),
  };
  return new ReminderDelivery(settings, reminders, contacts, standing, senders);
};

const workerOf = (
  config: RemindersConfig,
  planner: ReminderPlanner,
  delivery: ReminderDelivery,
  queue: JobQueue,
  logger: Logger,
): ReminderWorker => new ReminderWorker(config, planner, delivery, queue, logger);

const standingOf = (progress: PipelineProgress, reader: RollupReader, now: Clock): Standing =>
  new Standing(progress, reader, now);

@Module({
  providers: [
    { provide: Standing, useFactory: standingOf, inject: [PipelineProgress, RollupReader, CLOCK] },
    {
      provide: ReminderPlanner,
      useFactory: plannerOf,
      inject: [CONFIG, Standing, ReminderRepository, ContactRepository, JobQueue, LOGGER, CLOCK],
    },
    {
      provide: ReminderDelivery,
      useFactory: deliveryOf,
      inject: [CONFIG, Standing, ReminderRepository, ContactRepository, ServiceWatch, CLOCK],
    },
    {
      provide: ReminderWorker,
      useFactory: workerOf,
      inject: [CONFIG, ReminderPlanner, ReminderDelivery, JobQueue, LOGGER],
    },
  ],
})
export class RemindingModule {}
