import type { SetupView } from '../../../contract/index.ts'
import type { Clock } from '../platform/clock.ts'

export type SetupPorts = {
  readDesk(): Promise<SetupView['desk']>
  /** With departments as `readDesk` just made sure of. */
  listAccounts(): Promise<SetupView['accounts']>
  listNumbers(): Promise<SetupView['numbers']>
  listChannels(): Promise<SetupView['channels']>
  ways: SetupView['ways']
  support: string | null
  clock: Clock
}

/** What the settings begin with, from our own records; Desk is asked once an hour for its departments. */
export async function readSetup(ports: SetupPorts): Promise<SetupView> {
  // First: how many channels there may be is counted by the departments it stores.
  const desk = await ports.readDesk()
  const [accounts, numbers, channels] = await Promise.all([
    ports.listAccounts(),
    ports.listNumbers(),
    ports.listChannels(),
  ])
  const { ways, support } = ports
  return { desk, accounts, numbers, channels, ways, support, now: new Date(ports.clock()).toISOString() }
}
