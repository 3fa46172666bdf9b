/**
 * The ordinary Nest way, as a peer: one event at a time by Nest's own Kafka transport, `$inc` into MongoDB.
 *
 * It is what the framework's documentation leads to, and it is wrong: an event that comes twice counts twice, a correction is
 * added to what it corrects, a retraction takes nothing back, and of a figure that is a state (`last`) every month is added up.
 */
import 'reflect-metadata';
import { Controller, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { EventPattern, Payload, Transport, type MicroserviceOptions } from '@nestjs/microservices';
import mongoose, { Schema } from 'mongoose';
import {
  COUNTRY,
  monthIndex,
  provinceOf,
  unitOf,
  windowCode,
  WINDOWS_PER_YEAR,
  windowsOfMonth,
  type Unit,
} from '#domain';

const { KAFKA_BROKERS = '', MONGODB_URI = '', TOPIC = '', GROUP = '' } = process.env;

const rollups = mongoose.model('rollup', new Schema({ _id: String }, { strict: false, versionKey: false }), 'rollups');

interface IndicatorEvent {
  readonly data: {
    readonly unit: string;
    readonly indicator: string;
    readonly period: string;
    readonly numerator?: number;
    readonly denominator?: number;
    readonly value?: number;
  };
}

@Controller()
class RollupController {
  @EventPattern<Record<string, IndicatorEvent>>(TOPIC)
  async count(@Payload() { data }: IndicatorEvent): Promise<void> {
    const { unit, indicator, period, numerator = 0, denominator = 0, value = 0 } = data;
    const month = monthIndex(period) as number;
    const windows = windowsOfMonth[month % 12].map((place) =>
      windowCode(Math.floor(month / 12) * WINDOWS_PER_YEAR + place),
    );
    const operations = [provinceOf(unitOf(unit) as Unit), COUNTRY].flatMap((owner) =>
      windows.map((window) => ({
        updateOne: {
          filter: { _id: `${owner}|${window}|${indicator}` },
          update: { $inc: { numerator, denominator, value } },
          upsert: true,
        },
      })),
    );
    await rollups.bulkWrite(operations, { ordered: false });
  }
}

@Module({ controllers: [RollupController] })
class RollupModule {}

const main = async (): Promise<void> => {
  await mongoose.connect(MONGODB_URI);
  const app = await NestFactory.createMicroservice<MicroserviceOptions>(RollupModule, {
    logger: false,
    transport: Transport.KAFKA,
    options: {
      client: { brokers: KAFKA_BROKERS.split(','), logLevel: 0 },
      consumer: { groupId: GROUP },
      subscribe: { fromBeginning: true },
      run: { partitionsConsumedConcurrently: 12 },
      postfixId: '',
    },
  });
  process.once('SIGTERM', () => {
    app.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  });
  await app.listen();
  process.send?.('ready');
};

main().catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exit(1);
});
