/** The dashboard's figures and stream without access control and audit (open-http.ts); nobody signs in. */
import 'reflect-metadata';
import { Module, type Provider } from '@nestjs/common';
import { KafkaModule, ProgressModule, runService } from '#service';
import { HealthController } from '#service/http';
import { RemindersModule, StoreModule, SummariesModule } from '#store';
import { dashboardSchema } from '../../../apps/dashboard/src/dashboard.config.js';
import { dashboardHttp } from '../../../apps/dashboard/src/dashboard.http.js';
import { DashboardModule } from '../../../apps/dashboard/src/dashboard.module.js';
import { LiveController } from '../../../apps/dashboard/src/live.controller.js';
import { ReferenceController } from '../../../apps/dashboard/src/reference.controller.js';
import { RollupsController } from '../../../apps/dashboard/src/rollups.controller.js';
import { OpenModule, openService } from './open-http.js';

const providers = Reflect.getMetadata('providers', DashboardModule) as readonly Provider[];

@Module({
  controllers: [RollupsController, ReferenceController, LiveController, HealthController],
  providers: [...providers],
})
class OpenDashboardModule {}

runService({
  name: 'dashboard',
  config: dashboardSchema,
  modules: () => [
    KafkaModule.of(),
    OpenModule,
    ProgressModule,
    StoreModule,
    SummariesModule,
    RemindersModule,
    OpenDashboardModule,
  ],
  as: openService(dashboardHttp),
});
