import { InboxShell } from './features/inbox/InboxShell.tsx'
import { draw, openPage } from './page.tsx'
import { createInboxPage, InboxProvider } from './state/inbox-page.ts'
import { PaneProvider } from './state/pane.ts'
import { openCupboard } from './state/storage.ts'
import './styles/index.ts'
import './styles/inbox.ts'

void openPage('thread.loading', (opened) => {
  const page = createInboxPage({
    ...opened,
    openSocket: (url) => new WebSocket(url),
    cupboard: openCupboard(() => localStorage),
  })
  draw(
    <InboxProvider value={page}>
      <PaneProvider value={page.pane}>
        <InboxShell />
      </PaneProvider>
    </InboxProvider>,
  )
  void page.start()
})
