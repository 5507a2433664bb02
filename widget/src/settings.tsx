import { render } from 'preact'
import { Skeleton } from './features/pane/Skeleton.tsx'
import './styles/index.ts'

render(<Skeleton label="" />, document.body)
