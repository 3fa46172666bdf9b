/** Bodies of decisions, and the months and units that they are about. */
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { forbidden, may } from '#access';
import { isPersonal, monthIndex, personalDataAt, provinceOf, type Unit } from '#domain';
import { principalOf } from '#service/http';
import { NotDecided } from './decision.errors.js';
import type { Asker } from './decision-maker.js';
import { InvalidParameter, requireJson, unitFrom } from './requests.js';

/** The body by its schema; none at all is an empty object. Throws `NotJson`, `InvalidParameter`, and `NotDecided` for a person in a reason. */
export const bodyOf = <T extends object>(schema: z.ZodType<T>, { body, headers }: FastifyRequest): T => {
  if (body !== undefined && body !== null) requireJson(headers['content-type']);
  const parsed = schema.safeParse(body ?? {});
  if (!parsed.success) {
    const places = parsed.error.issues.map(({ path }) => path.map(String).join('.') || 'members');
    throw new InvalidParameter(`the body is another: ${[...new Set(places)].join(', ').slice(0, 200)}`);
  }
  const { reason } = parsed.data as { readonly reason?: string };
  if (reason !== undefined && isPersonal(reason))
    throw new NotDecided('PERSONAL_DATA', personalDataAt('reason').detail);
  return parsed.data;
};

export const askerOf = (request: FastifyRequest): Asker => ({ principal: principalOf(request), from: request.ip });

/** The index of a month such as 2026-03. */
export const periodFrom = (code: unknown): number => monthFrom('period', code);

/** The same, of a parameter by its name. */
export const monthFrom = (name: string, code: unknown): number => {
  const month = typeof code === 'string' ? monthIndex(code) : undefined;
  if (month === undefined) throw new InvalidParameter(`${name} is a month such as 2026-03, from 2025 to 2030`);
  return month;
};

/** A commune or a province. */
export const reportingUnitFrom = (code: unknown): Unit => {
  const unit = unitFrom(code);
  if (unit.level === 'country') throw new InvalidParameter('the country reports nothing itself: name a province');
  return unit;
};

/** Throws `Forbidden` for whoever does not decide for the unit's province. */
export const requireDecider = (unit: Unit, { principal }: Asker): void => {
  if (!may(principal, 'months.decide', provinceOf(unit))) throw forbidden();
};

/** Milliseconds since the epoch. */
export const instantFrom = (text: string): number => Date.parse(text);
