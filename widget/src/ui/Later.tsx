import type { ComponentChildren, ComponentType, JSX } from 'preact'
import { useEffect, useState } from 'preact/hooks'

export type Load = () => Promise<ComponentType>

/** A part that is fetched when it is first shown; `children` stand in its place until then, and where it cannot be fetched. */
export function Later({ load, children }: { load: Load; children?: ComponentChildren }): JSX.Element {
  const [Part, setPart] = useState<ComponentType | null>(null)
  useEffect(() => {
    load().then(
      (part) => setPart(() => part),
      () => setPart(null),
    )
  }, [load])
  return <>{Part === null ? children : <Part />}</>
}
