/** The routes of controllers with their rules, as Nest sees them. */
import 'reflect-metadata';
import { RequestMethod, type Type } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { RULE, type Rule } from '#access';

export interface Route {
  readonly method: string;
  /** As `/v1/units/:code/children`. */
  readonly path: string;
  /** Undefined: it has none, and answers nobody. */
  readonly rule: Rule | undefined;
}

/** Every route of the controllers; handlers of topics are none. */
export const routesOf = (controllers: readonly Type[]): readonly Route[] =>
  controllers.flatMap((controller) => {
    const base = String(Reflect.getMetadata(PATH_METADATA, controller) ?? '');
    const prototype = controller.prototype as Record<string, object>;
    return Object.getOwnPropertyNames(prototype).flatMap((name): Route[] => {
      const handler = prototype[name];
      const method = Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod | undefined;
      if (method === undefined) return [];
      const path = [base, String(Reflect.getMetadata(PATH_METADATA, handler))].map((part) =>
        part.replace(/^\/|\/$/g, ''),
      );
      const rule = Reflect.getMetadata(RULE, handler) as Rule | undefined;
      return [{ method: RequestMethod[method], path: `/${path.filter(Boolean).join('/')}`, rule }];
    });
  });
