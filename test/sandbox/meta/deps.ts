import type { PairLimit, Rate } from './graph/limits.ts'
import type { LinkFetcher } from './graph/links.ts'
import type { MediaStore } from './media.ts'
import type { StatusPlayer } from './status-player.ts'
import type { Typing } from './typing.ts'
import type { Outbox } from './webhooks/outbox.ts'
import type { World } from './world.ts'

/** The parts of the double that calls and pages work with. */
export type Deps = {
  world: World
  outbox: Outbox
  player: StatusPlayer
  media: MediaStore
  links: LinkFetcher
  typing: Typing
  /** Messages to one person. */
  pairs: PairLimit
  /** Messages of one number, in and out, by the second. */
  throughput: Rate
  /** Management calls on one account, by the hour. */
  calls: Rate
}
