import { rmSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { startSandbox } from './sandbox.ts'

const USAGE = `npm start -- [flags]

  --empty    nothing is connected: begin with the wizard in Desk's settings
  --trial    the demo organisation on the first day of its trial
  --fresh    forget what was there before
  --port N   the first of five ports, from 1024 to 65000 (4300)
`

function flags() {
  try {
    return parseArgs({
      options: {
        port: { type: 'string' },
        fresh: { type: 'boolean', default: false },
        empty: { type: 'boolean', default: false },
        trial: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }).values
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`)
    process.exit(2)
  }
}

const values = flags()
if (values.help) {
  process.stdout.write(USAGE)
  process.exit(0)
}
const basePort = values.port === undefined ? 4300 : Number(values.port)
if (!Number.isInteger(basePort) || basePort < 1024 || basePort > 65_000) {
  process.stderr.write(`--port takes a whole number from 1024 to 65000, not "${values.port}".\n`)
  process.exit(2)
}

if (values.empty && values.trial) {
  process.stderr.write('--empty and --trial are two beginnings: choose one.\n')
  process.exit(2)
}

const started = Date.now()
const sandbox = await startSandbox({
  basePort,
  mode: values.empty ? 'empty' : values.trial ? 'trial' : 'demo',
  isFresh: values.fresh,
  log: (line) => process.stdout.write(`  ${line}\n`),
})
const { endpoints } = sandbox
const begin = values.empty
  ? `Nothing is connected yet. Begin in Desk's settings: ${endpoints.desk}/#settings`
  : 'Write as the customer, answer as the agent: open the workbench.'
process.stdout.write(`
Kaiwa's sandbox is ready (${((Date.now() - started) / 1_000).toFixed(1)} s).

  ${begin}

  Workbench   ${endpoints.workbench}
  Desk        ${endpoints.desk}
  Phone       ${endpoints.phone}
  Meta        ${endpoints.office}
  Worker      ${endpoints.worker}    API description: ${endpoints.worker}/openapi.json

  Every address is in .sandbox/endpoints.json. Ctrl-C stops it; the state stays until --fresh.
`)

let isStopping = false
const stop = async (): Promise<void> => {
  if (isStopping) return
  isStopping = true
  await sandbox.stop()
  rmSync('.sandbox/endpoints.json', { force: true })
  process.exit(0)
}
process.on('SIGINT', () => void stop())
process.on('SIGTERM', () => void stop())
