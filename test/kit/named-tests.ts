/** Tests that a page of docs names: `[name] “title”`, and `[name]: path` at its end. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const withoutBreaks = (content: string): string => content.replace(/\s+/g, ' ');

export interface NamedTest {
  readonly name: string;
  readonly title: string;
  /** Whether the file is there and has the title. */
  readonly isThere: boolean;
}

/** For each part of a page in `docs`: the tests that it names. @param page the whole of it */
export const testsNamedIn = (page: string): ((part: string) => readonly NamedTest[]) => {
  const references = new Map(
    [...page.matchAll(/^\[([^\]]+)\]: (\S+)$/gm)].map(([, name, path]) => [name, join('docs', path)]),
  );
  return (part) =>
    [...withoutBreaks(part).matchAll(/\[([^\]]+)\] “([^”]+)”/g)].map(([, name, title]) => {
      const path = references.get(name) ?? `no file of ${name}`;
      const isThere = existsSync(path) && withoutBreaks(readFileSync(path, 'utf8')).includes(title);
      return { name, title, isThere };
    });
};
