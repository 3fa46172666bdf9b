/**
 * Three projects: unit (needs nothing), int (real services, one file at a time), e2e (every service, one file at a time).
 * Everything, node_modules too, is turned into CommonJS: Nest 12 is ESM and jest's own ESM mode does not carry its plugins.
 */
const swc = {
  jsc: {
    parser: { syntax: 'typescript', decorators: true, tsx: false },
    transform: { legacyDecorator: true, decoratorMetadata: true },
    target: 'es2022',
    keepClassNames: true,
  },
  module: { type: 'commonjs' },
  sourceMaps: 'inline',
};
const base = {
  testEnvironment: 'node',
  transform: { '^.+\\.(t|j|mj)s$': ['@swc/jest', swc] },
  transformIgnorePatterns: [],
  extensionsToTreatAsEsm: [],
  moduleNameMapper: {
    '^#(access|client|domain|contracts|store|promises|kafka|stream|service|queue|tracing)$':
      '<rootDir>/libs/$1/src/index.ts',
    '^#contracts/services$': '<rootDir>/libs/contracts/src/services.ts',
    '^#service/http$': '<rootDir>/libs/service/src/http/index.ts',
    '^#tracing/traced$': '<rootDir>/libs/tracing/src/traced.ts',
    '^#access/demonstration$': '<rootDir>/libs/access/src/demonstration.ts',
    '^#access/(people|tokens)$': '<rootDir>/libs/access/src/$1/index.ts',
    '^#stack$': '<rootDir>/stack/index.ts',
    '^(\\.{1,2}/.*)\\.js$': ['$1.ts', '$1.js', '$1'],
  },
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/.local'],
};
const ignored = ['/node_modules/', '<rootDir>/dist/', '<rootDir>/.local/'];
module.exports = {
  testTimeout: 300_000,
  projects: [
    {
      ...base,
      displayName: 'unit',
      testMatch: ['**/*.spec.ts'],
      testPathIgnorePatterns: [...ignored, '\\.int\\.spec\\.ts$', '\\.e2e\\.spec\\.ts$'],
    },
    { ...base, displayName: 'int', testMatch: ['**/*.int.spec.ts'], testPathIgnorePatterns: ignored },
    { ...base, displayName: 'e2e', testMatch: ['**/*.e2e.spec.ts'], testPathIgnorePatterns: ignored },
  ],
};
