/**
 * Who may import whom. A room is a kind of file, found by the first pattern its path matches; `may` names the rooms it may
 * import, `types` the rooms of which it may take types only, `packages` (where given) the only packages it may use and
 * `never` packages it may not.
 *
 * @typedef {{ name: string, files: RegExp, may: string[], types?: string[], packages?: RegExp, never?: RegExp }} Room
 */

const HTTP_AND_RUNTIME = /^(hono(\/|$)|@hono\/|cloudflare:|@cloudflare\/)/
const WIDGET_PACKAGES = /^(preact(\/|$)|@preact\/|virtua(\/|$)|intl-messageformat)/
const SERVER_PACKAGES = /^(hono(\/|$)|@hono\/|cloudflare:|jose$|node:)/

const workerFacts = ['worker:model', 'worker:shapes', 'worker:platform', 'contract']
const workerAdapters = ['worker:repo', 'worker:whatsapp', 'worker:desk']
const workerInside = ['worker:usecases', 'worker:part', ...workerAdapters, ...workerFacts]
const worker = ['worker:root', 'worker:door', ...workerInside]

/** @type {Room[]} */
export const ROOMS = [
  { name: 'contract', files: /^contract\//, may: ['contract'], packages: /^zod(\/|$)/ },

  // The sandbox plays the platforms; what it borrowed from the product, it could no longer prove wrong.
  {
    name: 'sandbox:test',
    files: /^test\/sandbox\/.*(\.test|\/testkit)\.tsx?$/,
    may: ['sandbox:test', 'sandbox', 'test:support', 'manifest', 'scripts'],
  },
  { name: 'sandbox', files: /^test\/sandbox\//, may: ['sandbox', 'manifest', 'scripts'] },
  {
    name: 'test:support',
    files: /^test\/support\//,
    may: ['test:support', 'sandbox', 'manifest', 'scripts', 'contract'],
  },
  // Measures the product from within: its entry, with databases around it that count.
  { name: 'bench:worker', files: /^test\/bench\/workers\//, may: ['bench:worker', 'worker:root'] },
  { name: 'test', files: /^test\//, may: ['test', 'test:support', 'sandbox', 'manifest', 'scripts', 'contract'] },
  { name: 'manifest', files: /^manifest\//, may: ['manifest', 'scripts'] },
  // Programs may start the sandbox; what they share with it lies beside them, so that nothing goes round.
  {
    name: 'scripts:tasks',
    files: /^scripts\/tasks\//,
    may: ['scripts:tasks', 'scripts', 'manifest', 'test:support', 'sandbox'],
  },
  { name: 'scripts', files: /^scripts\//, may: ['scripts', 'manifest'] },

  {
    name: 'worker:test',
    files: /^worker\/(test\/|.*\.test(-helpers)?\.ts$|vitest\.)/,
    may: ['worker:test', 'translations', ...worker],
  },
  { name: 'worker:root', files: /^worker\/src\/[^/]+\.ts$/, may: worker, never: WIDGET_PACKAGES },
  {
    name: 'worker:platform',
    files: /^worker\/src\/platform\//,
    may: ['worker:platform', 'contract'],
    // The bindings' types name the Durable Object classes behind them.
    types: ['worker:door'],
    never: WIDGET_PACKAGES,
  },
  {
    name: 'worker:whatsapp',
    files: /^worker\/src\/whatsapp\//,
    may: ['worker:whatsapp', 'worker:platform', 'contract'],
    never: WIDGET_PACKAGES,
  },
  {
    name: 'worker:desk',
    files: /^worker\/src\/desk\//,
    may: ['worker:desk', 'worker:platform', 'contract'],
    never: WIDGET_PACKAGES,
  },
  {
    name: 'worker:door',
    files: /\.(routes|do|queue|cron|middleware)\.ts$/,
    may: ['worker:door', ...workerInside],
    never: WIDGET_PACKAGES,
  },
  {
    name: 'worker:model',
    files: /^worker\/.*\.model\.ts$/,
    may: ['worker:model', 'contract'],
    types: ['worker:shapes'],
    packages: /^(zod(\/|$)|libphonenumber-js(\/|$))/,
  },
  {
    name: 'worker:shapes',
    files: /^worker\/.*\.(types|schemas|errors|rows)\.ts$/,
    may: ['worker:shapes', 'worker:platform', 'contract'],
    types: ['worker:model', 'worker:whatsapp', 'worker:desk'],
    never: WIDGET_PACKAGES,
  },
  {
    name: 'worker:repo',
    files: /^worker\/.*\.repo\.ts$/,
    may: ['worker:repo', ...workerFacts],
    never: new RegExp(`${HTTP_AND_RUNTIME.source}|${WIDGET_PACKAGES.source}`),
  },
  {
    name: 'worker:usecases',
    files: /^worker\/.*\.usecases\.ts$/,
    may: ['worker:usecases', 'worker:part', ...workerAdapters, ...workerFacts],
    never: new RegExp(`${HTTP_AND_RUNTIME.source}|${WIDGET_PACKAGES.source}`),
  },
  {
    name: 'worker:part',
    files: /^worker\//,
    may: workerInside,
    never: new RegExp(`${WIDGET_PACKAGES.source}|${HTTP_AND_RUNTIME.source}`),
  },

  {
    name: 'widget:test',
    files: /^widget\/(test\/|build\/|.*\.test\.tsx?$|[^/]+\.config\.ts$)/,
    may: [
      'widget:test',
      'widget:entry',
      'widget:features',
      'widget:state',
      'widget:api',
      'widget:host',
      'widget:ui',
    ].concat(['widget:lib', 'contract', 'translations', 'scripts', 'manifest']),
  },
  {
    name: 'widget:host',
    files: /^widget\/src\/host\//,
    may: ['widget:host', 'widget:lib', 'contract'],
    never: SERVER_PACKAGES,
  },
  {
    name: 'widget:api',
    files: /^widget\/src\/api\//,
    may: ['widget:api', 'widget:lib', 'contract'],
    types: ['widget:host', 'worker:root', 'widget:test'],
    never: /^(cloudflare:|@cloudflare\/|node:|jose$|hono$|hono\/(?!client$))/,
  },
  {
    name: 'widget:state',
    files: /^widget\/src\/state\//,
    may: ['widget:state', 'widget:api', 'widget:host', 'widget:lib', 'contract', 'translations'],
    never: SERVER_PACKAGES,
  },
  {
    name: 'widget:ui',
    files: /^widget\/src\/ui\//,
    may: ['widget:ui', 'widget:lib', 'contract'],
    never: SERVER_PACKAGES,
  },
  {
    name: 'widget:features',
    files: /^widget\/src\/features\//,
    may: ['widget:features', 'widget:state', 'widget:ui', 'widget:lib', 'contract'],
    types: ['widget:api', 'widget:host'],
    never: SERVER_PACKAGES,
  },
  {
    name: 'widget:entry',
    files: /^widget\/src\/(ticket|settings|inbox|page|main|app)\b[^/]*\.tsx?$/i,
    may: [
      'widget:entry',
      'widget:features',
      'widget:state',
      'widget:api',
      'widget:host',
      'widget:ui',
      'widget:lib',
      'contract',
    ],
    never: SERVER_PACKAGES,
  },
  {
    name: 'widget:lib',
    files: /^widget\/src\//,
    may: ['widget:lib', 'contract', 'translations'],
    never: SERVER_PACKAGES,
  },

  { name: 'translations', files: /^translations\//, may: [] },
]

/**
 * The room of a file.
 *
 * @param {string} path relative to the root, with forward slashes
 * @returns {Room | undefined}
 */
export function roomOf(path) {
  return ROOMS.find((room) => room.files.test(path))
}

/**
 * Why one file may not import another, or null when it may.
 *
 * @param {string} from importing file, relative to the root
 * @param {{ path: string } | { package: string }} target
 * @param {boolean} typesOnly whether only types are taken
 * @returns {string | null}
 */
export function refusal(from, target, typesOnly) {
  const room = roomOf(from)
  if (room === undefined) return null
  if ('package' in target) {
    const isRefused = room.packages ? !room.packages.test(target.package) : room.never?.test(target.package)
    return isRefused ? `${room.name} may not use the package ${target.package}` : null
  }
  const other = roomOf(target.path)
  if (other === undefined || room.may.includes(other.name)) return null
  if (typesOnly && room.types?.includes(other.name)) return null
  return `${room.name} may not import ${other.name} (${target.path})`
}
