import { endCommandsOnSignals } from '../gate/command.ts'
import { runSteps, summaryText } from '../gate/report.ts'
import { gateSteps, wholeProductSteps } from '../gate/steps.ts'

const write = (text: string): void => void process.stdout.write(text)

endCommandsOnSignals()
write('The gate, then the whole product in a browser. A check counts as one; of a test run each test counts.\n\n')
const summary = await runSteps([...gateSteps(), ...wholeProductSteps()], write)
write(summaryText(summary))
process.exitCode = summary.isOk ? 0 : 1
