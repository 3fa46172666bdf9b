/** Starts the intake. */
import '#tracing/traced';
import 'reflect-metadata';
import { AccessModule, AuditModule, KeysModule, LimitsModule } from '#access';
import { TokensModule } from '#access/tokens';
import { KafkaModule, runService, SenderModule } from '#service';
import { httpService } from '#service/http';
import { intakeLimits, intakeSchema } from './intake.config.js';
import { intakeHttp, IntakeModule } from './intake.module.js';
import { LocksModule } from './locks.module.js';

const limits = LimitsModule.of(intakeLimits);
const access = [SenderModule, AuditModule, KeysModule, AccessModule, limits, TokensModule];

runService({
  name: 'intake',
  config: intakeSchema,
  modules: () => [KafkaModule.of(), ...access, IntakeModule, LocksModule],
  as: httpService(intakeHttp),
});
