/** A change of the contract's text in memory, made because the file as written describes nothing that exists. */
export type Patch<Target> = {
  name: string
  why: string
  /** Changes the target and answers how many places it changed. */
  apply: (target: Target) => number
}

/** Throws for a patch that finds nothing to change: the contract was repaired or the patch is wrong. */
export function applyPatches<Target>(target: Target, patches: readonly Patch<Target>[]): void {
  for (const patch of patches) {
    if (patch.apply(target) === 0) throw new Error(`the patch "${patch.name}" changes nothing in the contract any more`)
  }
}
