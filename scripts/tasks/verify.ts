import { endCommandsOnSignals } from '../gate/command.ts'
import { runSteps, summaryText } from '../gate/report.ts'
import { gateSteps } from '../gate/steps.ts'

const write = (text: string): void => void process.stdout.write(text)

endCommandsOnSignals()
write('The gate. A check counts as one; of a test run each test counts.\n\n')
const summary = await runSteps(gateSteps(), write)
write(summaryText(summary))
process.exitCode = summary.isOk ? 0 : 1
