import { useEffect } from 'preact/hooks'
import { useSettings } from '../../state/settings/settings.ts'

/** Reads again every so often while the page is looked at and online. */
export function useRefresh(refresh: () => Promise<void>, everyMs: number): void {
  const { isOnline } = useSettings()
  useEffect(() => {
    const timer = setInterval(() => {
      if (isOnline.peek() && document.visibilityState === 'visible') void refresh()
    }, everyMs)
    return () => clearInterval(timer)
  }, [refresh, everyMs, isOnline])
}
