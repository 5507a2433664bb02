import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { initial } from '../ticket/header.model.ts'

export type ChannelIconProps = { name: string; url: string | null; size?: 'small' | 'large' }

/** A channel's picture, or its first letter where there is none or it cannot be read. */
export function ChannelIcon({ name, url, size = 'small' }: ChannelIconProps): JSX.Element {
  const [broken, setBroken] = useState<string | null>(null)
  return (
    <span class={`channel-icon channel-icon-${size}`} aria-hidden="true">
      {url === null || url === broken ? initial(name) : <img src={url} alt="" onError={() => setBroken(url)} />}
    </span>
  )
}
