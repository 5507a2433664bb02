/** The shard a new organisation goes to: the one that holds the fewest, the first of them where several do. */
export function leastFilledShard(organisationsByShard: ReadonlyMap<number, number>, shardCount: number): number {
  let best = 0
  for (let shard = 1; shard < shardCount; shard += 1) {
    if ((organisationsByShard.get(shard) ?? 0) < (organisationsByShard.get(best) ?? 0)) best = shard
  }
  return best
}
