/** A provider of one part of what another provider makes. */
import type { FactoryProvider, InjectionToken } from '@nestjs/common';

export const partOf = <T>(whole: InjectionToken, name: keyof T & string, provide: InjectionToken): FactoryProvider => ({
  provide,
  useFactory: (made: T) => made[name],
  inject: [whole],
});
