// Imports run one way: routes → components, http, services/<domain> → kernel + ports; adapters → ports + kernel;
// composition → all. Types alone bind nothing at run time, so most rules look at real imports.
const infrastructure = 'adapters|db|jobs|kernel|ports'
const domain = `^services/(?!(?:${infrastructure})/)([^/]+)/`
// What a domain offers to the others besides its use cases: pure functions and policies that have one home.
const published = [
  'accounts/staff\\.policy',
  'councils/council-pages\\.rules',
  'circle/(circle\\.policy|authority\\.rules)',
  'ledger/(accounts|templates|pool-templates|purchase-templates|wire)\\.rules',
  'budgets/(joint-funds|payer|purse|receipts|split)\\.rules',
  'availability/hours\\.rules',
  'bookings/(quote|settled-lines|bank-holidays|series-words|price-words)\\.rules',
  'bookings/bookings\\.policy',
  'bank/bank-amounts\\.rules',
  'settlement/payment-(reference|words)\\.rules',
  'providers/providers\\.policy',
  'invoicing/numbers\\.rules',
  'market/suppression\\.rules',
  'shortlist/shortlist\\.policy',
  'questions/question\\.rules',
].join('|')
const real = { dependencyTypesNot: ['type-only'] }

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: { pathNot: '^services/db/generated' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'no-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'kernel-stands-alone',
      comment: 'Money, time, ids, errors: no I/O and no other part of Kith.',
      severity: 'error',
      from: { path: '^services/kernel/' },
      to: { path: '^(services|app|prisma|scripts|tests)/', pathNot: '^services/kernel/' },
    },
    {
      name: 'ports-are-words',
      severity: 'error',
      from: { path: '^services/ports/' },
      to: { path: '^(services|app|prisma|scripts|tests)/', pathNot: '^services/(kernel|ports)/', ...real },
    },
    {
      name: 'services-know-no-web',
      severity: 'error',
      from: { path: '^services/' },
      to: { path: '^app/|node_modules/(@remix-run|react|react-dom|express)/' },
    },
    {
      name: 'services-know-no-tests-and-scripts',
      severity: 'error',
      from: { path: '^(services|app)/' },
      to: { path: '^(tests|scripts|prisma)/' },
    },
    {
      name: 'domains-use-ports',
      comment: 'A domain reaches the outside through deps, never through an adapter or the settings.',
      severity: 'error',
      from: { path: domain },
      to: {
        path: '^services/(adapters/|composition|jobs/(?!add-job|run-schedule-now))|^services/env',
        ...real,
      },
    },
    {
      name: 'domains-keep-their-insides',
      comment:
        'Another domain’s use cases, pages and schemas may be called; its rules and policies are its own.',
      severity: 'error',
      from: { path: domain },
      to: {
        path: `${domain}[^/]+\\.(rules|policy)\\.ts$`,
        pathNot: ['^services/$1/', `^services/(${published})`],
        ...real,
      },
    },
    {
      name: 'adapters-know-ports',
      severity: 'error',
      from: { path: '^services/adapters/' },
      to: { path: '^services/', pathNot: '^services/(adapters|kernel|ports|db)/', ...real },
    },
    {
      name: 'composition-is-for-entries',
      comment: 'Only what starts a process may choose adapters.',
      severity: 'error',
      from: { path: '^(services|app)/', pathNot: '^app/server\\.ts$' },
      to: { path: '^services/composition', ...real },
    },
    {
      name: 'one-reader-of-settings',
      severity: 'error',
      from: { path: '^(services|app)/', pathNot: '^(app/server\\.ts|services/composition\\.server\\.ts)$' },
      to: { path: '^services/env', ...real },
    },
    {
      name: 'routes-call-services',
      comment: 'parse → one service call → page: no database, adapters or jobs in a route.',
      severity: 'error',
      from: { path: '^app/routes/' },
      to: { path: '^services/(db|adapters|jobs|ports)/|^services/(log|composition)', ...real },
    },
    {
      name: 'components-are-props-in-html-out',
      severity: 'error',
      from: { path: '^app/components/' },
      to: { path: '^(services|app)/', pathNot: '^(services/kernel|app/components)/', ...real },
    },
    {
      name: 'nothing-of-the-server-in-components',
      severity: 'error',
      from: { path: '^app/components/' },
      to: { path: '\\.server\\.tsx?$', ...real },
    },
    {
      name: 'remix-stays-in-app',
      comment: 'So that the step to React Router stays small.',
      severity: 'error',
      from: { path: '^(services|prisma|scripts)/' },
      to: { path: 'node_modules/@remix-run/' },
    },
    {
      name: 'no-development-packages-at-run-time',
      severity: 'error',
      from: { path: '^(app|services)/', pathNot: '^app/routes\\.ts$' },
      to: {
        dependencyTypes: ['npm-dev'],
        dependencyTypesNot: ['type-only'],
        pathNot: 'node_modules/@types/',
      },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules|^services/db/generated' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.css'],
    },
  },
}
