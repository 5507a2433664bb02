import { TicketPane } from './features/pane/TicketPane.tsx'
import { draw, openPage } from './page.tsx'
import { createPane } from './state/create-pane.ts'
import { PaneProvider } from './state/pane.ts'
import { openCupboard } from './state/storage.ts'
import './styles/index.ts'

void openPage('thread.loading', (opened) => {
  const pane = createPane({
    ...opened,
    openSocket: (url) => new WebSocket(url),
    cupboard: openCupboard(() => localStorage),
  })
  draw(
    <PaneProvider value={pane}>
      <TicketPane />
    </PaneProvider>,
  )
  void pane.reload()
})
