/** Folders are process boundaries (CONTRIBUTING.md); this file is what holds them. */
/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'not-resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'shared-imports-only-zod-and-itself',
      comment: 'zod and the contract part of oRPC, which is made of zod schemas',
      severity: 'error',
      from: { path: '^shared/' },
      to: { pathNot: '^(shared/|node_modules/(zod|@orpc/contract)/)' },
    },
    {
      name: 'renderer-has-no-node-and-no-electron',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { path: '^(electron/|build/|test/|node_modules/(electron|electron-log|better-sqlite3|kysely|exceljs)/)' },
    },
    {
      name: 'renderer-has-no-node-builtins',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'ledger-never-imports-electron',
      severity: 'error',
      from: { path: '^electron/(ledger|cli)/' },
      to: { path: '^(electron/(main|preload)/|renderer/|test/|node_modules/electron(-log)?/)' },
    },
    {
      name: 'ledger-knows-no-build-tools',
      severity: 'error',
      from: { path: '^electron/ledger/' },
      to: { path: '^(build/|electron/cli/)' },
    },
    {
      name: 'main-has-no-business-rule',
      comment: 'main and preload know the platform contract and nothing of the ledger',
      severity: 'error',
      from: { path: '^electron/(main|preload)/' },
      to: { path: '^(electron/(ledger|cli)/|renderer/|build/|test/|shared/(?!contract/platform))' },
    },
    {
      name: 'renderer-features-are-closed',
      severity: 'error',
      from: { path: '^renderer/features/([^/]+)/' },
      to: { path: '^renderer/features/([^/]+)/', pathNot: '^renderer/features/$1/' },
    },
    {
      name: 'the-sync-file-knows-no-ledger',
      comment: 'what reads and writes the bytes of a file can be read, and fuzzed, alone',
      severity: 'error',
      from: { path: '^electron/ledger/exchange/bundle/' },
      to: {
        path: '^electron/ledger/',
        pathNot: '^electron/ledger/(exchange/bundle/|store/(files|well-formed)[.]ts|thread[.]ts)',
      },
    },
    {
      name: 'ledger-features-meet-at-the-index',
      comment: 'the session is what every handler gets as its context',
      severity: 'error',
      from: { path: '^electron/ledger/([^/]+)/' },
      to: {
        path: '^electron/ledger/([^/]+)/',
        pathNot: '^electron/ledger/($1/|store/|session/session\\.ts$|[^/]+/index\\.ts$)',
      },
    },
    {
      name: 'nothing-imports-tests',
      severity: 'error',
      from: { pathNot: '^test/' },
      to: { path: '^test/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|release|artifacts)/' },
    tsPreCompilationDeps: true,
    // The default parser wants a TypeScript older than 7.
    parser: 'swc',
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
