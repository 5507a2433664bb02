import type { JSX } from 'preact'
import { Earlier } from '../archive/Earlier.tsx'
import { Refusal } from './Refusal.tsx'

/** What stands above the box, for whoever may write and whoever may only read. */
export function AboveBox(): JSX.Element {
  return (
    <>
      <Earlier />
      <Refusal />
    </>
  )
}
