/**
 * Shapes of what an HTTP interface answers, by name: made once, and from then on a schema in the API's description and a check of an answer.
 *
 * Open for more members: clients leave what they do not know alone.
 */
import { z } from 'zod';

const shapes = z.registry<{ id: string; description?: string }>();
const byName = new Map<string, z.ZodType>();

/** Gives a shape its name. */
export const shape = <T extends z.ZodType>(id: string, description: string, type: T): T => {
  byName.set(id, type);
  shapes.add(type, { id, description });
  return type;
};

/**
 * A reference may have nothing beside it in OpenAPI 3.0, so zod wraps each: one that has nothing beside it stands alone here. `nullable` beside a
 * reference or a list of values does not let null in (3.0.3, "nullable"), so null stands among them here.
 */
const unwrapped = (schema: object): unknown =>
  JSON.parse(
    JSON.stringify(schema, (_, member: unknown) => {
      if (typeof member !== 'object' || member === null) return member;
      if ('enum' in member && 'nullable' in member) return withNull(member as { enum: readonly unknown[] });
      if (!('allOf' in member)) return member;
      const { allOf, ...beside } = member as { allOf: readonly unknown[]; nullable?: true };
      if (beside.nullable === true) {
        const { nullable: _, ...others } = beside;
        return { anyOf: [...allOf, NULL], ...others };
      }
      return allOf.length === 1 && Object.keys(beside).length === 0 ? allOf[0] : member;
    }),
  );

const NULL = { type: 'object', nullable: true, enum: [null] } as const;
const withNull = <T extends { readonly enum: readonly unknown[] }>(schema: T): T => ({
  ...schema,
  enum: [...schema.enum.filter((each) => each !== null), null],
});

/** The shapes by name, as schemas of OpenAPI 3.0. */
export const schemasOfShapes = (): Readonly<Record<string, object>> => {
  const uri = (id: string) => `#/components/schemas/${id}`;
  const { schemas } = z.toJSONSchema(shapes, { target: 'openapi-3.0', io: 'input', uri });
  return Object.fromEntries(
    Object.entries(schemas).map(([name, { $id: _id, ...schema }]) => [name, unwrapped(schema) as object]),
  );
};

/** What is wrong with an answer that is said to be of a shape; nothing is what is hoped for. */
export const httpFaults = (name: string, answer: unknown): string[] => {
  const found = byName.get(name);
  if (found === undefined) return [`there is no shape ${name}`];
  const result = found.safeParse(answer);
  if (!result.success) return result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  return JSON.stringify(result.data) === JSON.stringify(answer) ? [] : undocumented(result.data, answer);
};

/** The members of an answer that its shape does not know. */
const undocumented = (known: unknown, answer: unknown, at = ''): string[] => {
  if (typeof answer !== 'object' || answer === null) return [];
  return Object.entries(answer).flatMap(([name, value]) => {
    const inside = (known as Record<string, unknown> | undefined)?.[name];
    return inside === undefined ? [`${at}/${name} is not documented`] : undocumented(inside, value, `${at}/${name}`);
  });
};
