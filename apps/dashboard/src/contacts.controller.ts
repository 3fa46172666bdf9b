/**
 * Where units are reminded: seen and changed by the unit's own signer and by those above it.
 *
 * Addresses are personal data of officials: nobody else sees them, every look is an entry of the audit trail, and no answer may be kept. The secret of
 * a webhook is made here, shown once, and kept sealed.
 */
import { Body, Controller, Get, Headers, Inject, Param, Put, Res } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Needs } from '#access';
import { contactsRequestSchema, type ContactsView } from '#contracts';
import { CLOCK, type Clock } from '#service';
import { ApiAnswer, ApiProblems, refTo } from '#service/http';
import { ContactRepository, type Contacts } from '#store';
import { reportingUnitSchema } from './parameters.js';
import { whoMayNot } from './problems.js';
import { ContactsChanged, InvalidParameter, requireJson, unitFrom } from './requests.js';
import { WebhookSecrets } from './webhook-secrets.js';

const place = { param: 'code' };
const whyNot = {
  ...whoMayNot,
  404: 'No unit has this code: UNKNOWN_UNIT',
  503: 'MongoDB or the audit log is away; Retry-After says when to come again',
};
const unitCode = { name: 'code', schema: { ...reportingUnitSchema, example: '00004' } };

@ApiTags('reminders')
@Controller('v1/units/:code/contacts')
export class ContactsController {
  constructor(
    private readonly contacts: ContactRepository,
    private readonly secrets: WebhookSecrets,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  @Get()
  @Needs('contacts.read', place)
  @ApiOperation({ operationId: 'contacts', summary: 'Where a unit is reminded' })
  @ApiParam(unitCode)
  @ApiAnswer('Contacts', 'its contacts; none where nobody has written any')
  @ApiProblems({ ...whyNot, 400: 'The country is reminded of nothing: INVALID_PARAMETER' })
  async get(@Param('code') code: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<ContactsView> {
    reply.header('cache-control', 'no-store');
    const unit = remindedFrom(code);
    return viewOf(unit, await this.contacts.get(unit));
  }

  @Put()
  @Needs('contacts.edit', place)
  @ApiOperation({ operationId: 'setContacts', summary: 'Sets where a unit is reminded, all of it' })
  @ApiParam(unitCode)
  @ApiBody({ required: true, schema: refTo('ContactsRequest') })
  @ApiAnswer('Contacts', 'its contacts from now on, and the secret of its webhook where one was made')
  @ApiProblems({
    ...whyNot,
    400: 'The body is another, or the address of the webhook will not do: INVALID_PARAMETER',
    409: 'They are others by now than those that were seen: CONTACTS_CHANGED',
    415: 'The body is not application/json: UNSUPPORTED_MEDIA_TYPE',
  })
  async put(
    @Param('code') code: string,
    @Body() body: unknown,
    @Headers('content-type') type: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ContactsView> {
    reply.header('cache-control', 'no-store');
    requireJson(type);
    const unit = remindedFrom(code);
    const asked = contactsRequestSchema.safeParse(body);
    if (!asked.success) throw new InvalidParameter(`the body is not of contacts: ${placesOf(asked.error.issues)}`);
    const { emails, webhook, revision, newSecret } = asked.data;
    const made = this.secrets.kept(unit, webhook, newSecret ? undefined : (await this.contacts.get(unit))?.webhook);
    const next = { emails: [...new Set(emails)], webhook: made.webhook, updatedAt: new Date(this.now()) };
    if (!(await this.contacts.put(unit, revision, next)))
      throw new ContactsChanged('the contacts are others by now: look at them again');
    const view = viewOf(unit, { unit, ...next, revision: revision + 1 });
    return { ...view, ...(made.secret === undefined ? {} : { secret: made.secret }) };
  }
}

const remindedFrom = (code: string): string => {
  const unit = unitFrom(code);
  if (unit.level === 'country') throw new InvalidParameter('the country is reminded of nothing');
  return unit.code;
};

/** Where a body is wrong, never what stands there. */
const placesOf = (issues: readonly { readonly path: readonly PropertyKey[] }[]): string =>
  [...new Set(issues.map(({ path }) => path.map(String).join('.') || 'members'))].join(', ').slice(0, 200);

const viewOf = (unit: string, contacts: Contacts | undefined): ContactsView => ({
  unit,
  emails: contacts?.emails ?? [],
  webhook: contacts?.webhook?.url ?? null,
  revision: contacts?.revision ?? 0,
  updatedAt: contacts?.updatedAt.toISOString() ?? null,
});
