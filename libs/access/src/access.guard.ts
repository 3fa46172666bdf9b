/**
 * The guard of every route: lets a request go on by the route's rule and the policy. A route without a rule is closed.
 */
import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { AppError } from '#domain';
import { decide } from './decision.js';
import type { Principal } from './principal.js';
import { RULE, type Rule } from './rules.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks; undefined for somebody unknown. */
    principal?: Principal;
  }
}

export class Unauthenticated extends AppError {
  readonly code = 'UNAUTHENTICATED';
  readonly retryable = false;
}
/** Says the same of what is out of scope and of what does not exist. */
export class Forbidden extends AppError {
  readonly code = 'FORBIDDEN';
  readonly retryable = false;
}

/** HTTP statuses of this room's errors. */
export const accessStatusOf = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  AUDIT_UNAVAILABLE: 503,
  TOO_MANY_REQUESTS: 429,
} as const;

export const unauthenticated = (): Unauthenticated =>
  new Unauthenticated('needs a valid API key or access token (Authorization: Bearer …), or a session');
/** @param unit that is not within it, where that is to be noted; nobody is told */
export const forbidden = (unit?: string): Forbidden =>
  new Forbidden('not within what the caller may do', unit === undefined ? {} : { unit });

@Injectable()
export class AccessGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    if (context.getType() !== 'http') return true;
    const rule = this.reflector.get<Rule | undefined>(RULE, context.getHandler());
    const { principal, params, query } = context.switchToHttp().getRequest<FastifyRequest>();
    const decision = decide(rule, principal, { params: params as never, query: query as never });
    if (decision === 'go on') return true;
    throw decision === 'unknown caller' ? unauthenticated() : forbidden();
  }
}
