import { endCommandsOnSignals } from '../gate/command.ts'
import { buildWidget, isWidgetBuilt } from '../gate/widget.ts'

// To stderr: what follows may print JSON for a program.
const say = (text: string): void => void process.stderr.write(`${text}\n`)

endCommandsOnSignals()
if (!isWidgetBuilt()) {
  say('Building the widget …')
  const startedAt = Date.now()
  try {
    await buildWidget()
    say(`Built in ${((Date.now() - startedAt) / 1000).toFixed(1)} s.`)
  } catch (error) {
    say(error instanceof Error ? error.message : String(error))
    process.exitCode = 1
  }
}
