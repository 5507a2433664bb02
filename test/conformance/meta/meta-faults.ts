import type { KnownFault } from '../contract/faults.ts'
import { incomingFaults } from './faults/incoming.ts'
import { objectFaults } from './faults/objects.ts'
import { outgoingFaults } from './faults/outgoing.ts'

/** Where Meta's file is wrong, as far as our calls and the webhooks touch it. */
export const metaFaults: readonly KnownFault[] = [...outgoingFaults, ...incomingFaults, ...objectFaults]
