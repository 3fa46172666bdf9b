/**
 * What no source may have in it, because an attack would begin there (docs/security.md says which). Specs and benchmarks are left out.
 */
import { sourcesWithin } from './sources.js';

interface SourceRule {
  readonly what: string;
  readonly forbidden: RegExp;
  /** Where it counts. */
  readonly within: RegExp;
  /** Where it is meant. */
  readonly but?: RegExp;
}

const product = /^(apps|libs|cli)\//;
const everywhere = /^(apps|libs|cli|stack)\//;
const rules: readonly SourceRule[] = [
  {
    what: 'HTML is made of text by nobody: React alone writes the page',
    forbidden:
      /innerHTML|dangerouslySetInnerHTML|insertAdjacentHTML|outerHTML|document\.write|createContextualFragment/,
    within: product,
  },
  {
    what: 'nothing is run that came as text',
    forbidden: /\beval\(|new Function\(|from 'node:vm'|setTimeout\(['"`]/,
    within: everywhere,
    // A service's own bundle, with what V8 made of it before.
    but: /^cli\/run-bundle\.ts$/,
  },
  {
    what: 'no command goes through a shell',
    forbidden: /shell: true|\bexecSync\(|\{ exec[ ,}]|\bexec\((?!\))['"`]/,
    within: everywhere,
  },
  {
    what: 'MongoDB is asked for values, never for code or patterns',
    forbidden: /\$where|\$function|\$accumulator|mapReduce|\$regex|new RegExp\(/,
    within: /^(apps\/(?!web)|libs\/(store|access|service))/,
  },
  {
    what: 'secrets are random by the cryptographic generator',
    forbidden: /Math\.random/,
    within: /^(apps|libs\/(access|service|contracts|store))\//,
  },
  {
    what: 'no hash or cipher that is broken',
    forbidden: /['"](md5|sha-?1|des(-[\w-]+)?|rc4|aes-\d+-(ecb|cbc))['"]/i,
    within: everywhere,
  },
  {
    what: 'no XML, YAML or serialized object is read',
    forbidden: /from '(xml2js|fast-xml-parser|sax|libxmljs2?|js-yaml|yaml|node:v8|serialize-javascript)'|DOMParser/,
    within: product,
  },
  {
    what: 'what is asked of another server follows no redirect',
    forbidden: /\bfetch\((?![^;]*redirect: 'error')[^;]*;/s,
    within: /^(libs|cli|apps\/(?!web))/,
  },
  {
    what: 'the page hears nobody by postMessage and keeps nothing but the language',
    forbidden: /postMessage|addEventListener\('message'|sessionStorage|indexedDB|localStorage/,
    within: /^apps\/web\//,
    // Where the language is kept, and where all of it is emptied.
    but: /^apps\/web\/src\/(i18n|sign-out)\.ts$/,
  },
  {
    what: 'certificates are looked at by every client',
    forbidden: /rejectUnauthorized: false|NODE_TLS_REJECT_UNAUTHORIZED|checkServerIdentity: \(\) =>/,
    within: /^(libs|apps)\//,
    // A server, whose clients need no certificate: one that is not right counts for nothing (tls.e2e.spec.ts).
    but: /^libs\/service\/src\/tls\.ts$/,
  },
];

describe('no source', () => {
  it.each(rules)('breaks this: $what', ({ forbidden, within, but }) => {
    const looked = sourcesWithin(within).filter(({ path }) => but?.test(path) !== true);
    expect(looked.length).toBeGreaterThan(0);
    expect(looked.filter(({ text }) => forbidden.test(text)).map(({ path }) => path)).toEqual([]);
  });
});
