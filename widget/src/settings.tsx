import { SettingsPane } from './features/administration/SettingsPane.tsx'
import { draw, openPage } from './page.tsx'
import { createSettings } from './state/settings/create-settings.ts'
import { SettingsProvider } from './state/settings/settings.ts'
import { createWindowDoor } from './state/settings/windows.ts'
import './styles/settings.ts'

void openPage('settings.loading', (opened) => {
  const settings = createSettings({ ...opened, windows: createWindowDoor(window) })
  draw(
    <SettingsProvider value={settings}>
      <SettingsPane />
    </SettingsProvider>,
  )
  void settings.reload()
})
