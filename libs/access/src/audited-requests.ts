/**
 * Which requests are audited, by the rule of their route: reads of commune-level figures, downloads of documents, requests for summaries. The entry
 * is written before the handler begins, so that nothing is answered that was not noted; other requests are handed on as they are.
 */
import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { from, mergeMap, type Observable } from 'rxjs';
import { unitOf } from '#domain';
import { AuditLog, type Noted } from './audit-log.js';
import { namedAt, type Asked } from './decision.js';
import { RULE, type Rule } from './rules.js';

const DOCUMENT = /\.[a-z]+$/;

/** What is noted of a request; undefined where it is not audited. */
export const auditedAs = (rule: Rule | undefined, asked: Asked): Pick<Noted, 'what' | 'unit' | 'facts'> | undefined => {
  if (rule === undefined || !('action' in rule)) return undefined;
  const { query, params } = asked;
  const place = rule.unit ?? {};
  const unit = namedAt(place, asked) ?? place.orElse;
  if (rule.action === 'figures.read') {
    const ofChildren = place.param !== undefined || query.children === 'true';
    return isCommuneLevel(unit, ofChildren)
      ? { what: 'figures.read', unit: unit as string, facts: factsOf(query) }
      : undefined;
  }
  const about = typeof unit === 'string' ? unit : null;
  if (rule.action === 'summaries.request') return { what: 'summary.requested', unit: about };
  const { name } = params;
  const isDocument = rule.action === 'summaries.read' && typeof name === 'string' && DOCUMENT.test(name);
  return isDocument
    ? { what: 'document.downloaded', unit: about, facts: { name: name.slice(0, MOST_CHARS) } }
    : undefined;
};

/** A commune's figures, or those of a province's communes side by side. */
const isCommuneLevel = (code: unknown, ofChildren: boolean): boolean => {
  const level = typeof code === 'string' ? unitOf(code)?.level : undefined;
  return level === 'commune' || (ofChildren && level === 'province');
};

const MOST_CHARS = 64;
const factsOf = (query: Asked['query']): Record<string, string> =>
  Object.fromEntries(
    ['window', 'indicator', 'asOf'].flatMap((name) => {
      const value = query[name];
      return typeof value === 'string' ? [[name, value.slice(0, MOST_CHARS)]] : [];
    }),
  );

@Injectable()
export class AuditedRequests implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly log: AuditLog,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (context.getType() !== 'http') return next.handle();
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const audited = auditedAs(this.reflector.get(RULE, context.getHandler()), request as unknown as Asked);
    if (audited === undefined) return next.handle();
    const noted = { who: request.principal ?? null, from: request.ip, outcome: 'allowed', ...audited };
    return from(this.log.note(noted)).pipe(mergeMap(() => next.handle()));
  }
}
