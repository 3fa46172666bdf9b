/**
 * Packages that are not npm's: Maven, Go, Python, container images. Each has to be named by an exact version; a manifest of a kind that this file
 * cannot read is a fault, so that no ecosystem comes in unseen.
 */
import { isExact, isExactPatch, type Fault } from './policy.js';

export interface Listed {
  readonly name: string;
  readonly version: string;
}

type Reader = (text: string) => Listed[];

const maven: Reader = (text) => {
  const plain = text.replace(/<!--[\s\S]*?-->/g, '');
  const valueOf = (name: string, within: string): string =>
    new RegExp(`<${name.replaceAll('.', '\\.')}>\\s*([^<]*?)\\s*</`).exec(within)?.[1] ?? '';
  return [...plain.matchAll(/<(dependency|plugin|parent|extension)>([\s\S]*?)<\/\1>/g)].map(([, , block = '']) => {
    const version = valueOf('version', block);
    const property = /^\$\{(.+)\}$/.exec(version)?.[1];
    return {
      name: `${valueOf('groupId', block)}:${valueOf('artifactId', block)}`,
      version: property === undefined ? version : valueOf(property, plain),
    };
  });
};

const go: Reader = (text) =>
  [...text.matchAll(/^(?:require)?\s+([\w.-]+\.[\w./-]+) (\S+)/gm)].map(([, name = '', version = '']) => ({
    name,
    version,
  }));

const python: Reader = (text) =>
  text
    .split('\n')
    .map((line) => line.replace(/(^|\s)#.*/, '').trim())
    .filter((line) => line !== '')
    .map((line) => {
      const [name = line, version = ''] = line.split('==');
      return { name, version };
    });

const image = (reference: string): Listed => {
  const [name = reference, tag = ''] = reference.split(':');
  return { name: reference === name ? name : reference, version: tag.replace(/-.*/, '') };
};
const docker: Reader = (text) => [...text.matchAll(/^FROM (\S+)/gm)].map(([, reference = '']) => image(reference));
/** Our own image, whose name is a setting, is none of others. */
const compose: Reader = (text) =>
  [...text.matchAll(/^\s*image: ([^\s$]+)\s*$/gm)].map(([, reference = '']) => image(reference));

const readers: Readonly<Record<string, Reader>> = {
  'pom.xml': maven,
  'go.mod': go,
  'requirements.txt': python,
  Dockerfile: docker,
  'docker-compose.yml': compose,
};

/** Manifests, and locks, of package managers that nothing here uses yet. */
const unread =
  /^(Cargo\.toml|pyproject\.toml|Pipfile|setup\.py|build\.gradle(\.kts)?|Gemfile|composer\.json|.+\.csproj|requirements-.+\.txt|(compose|docker-compose.*)\.ya?ml|Dockerfile\..+)$/;

export const isManifest = (fileName: string): boolean => Object.hasOwn(readers, fileName) || unread.test(fileName);

export const listedIn = (path: string, text: string): Listed[] =>
  readers[path.slice(path.lastIndexOf('/') + 1)]?.(text) ?? [];

export const manifestFaults = (path: string, text: string): Fault[] => {
  const reader = readers[path.slice(path.lastIndexOf('/') + 1)];
  if (reader === undefined)
    return [{ rule: 'manifest', subject: path, what: 'is of a kind that this check cannot read' }];
  const isExactOne = reader === docker || reader === compose ? isExactPatch : isExact;
  const found = new Map(listedIn(path, text).map((each) => [each.name, each]));
  return [...found.values()]
    .filter(({ version }) => !isExactOne(version))
    .map(({ name, version }) => ({
      rule: 'pin',
      subject: name,
      what: `${path} has ${version || 'no version'}, which is not exact`,
    }));
};
