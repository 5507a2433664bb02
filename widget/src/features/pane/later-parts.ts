/** What the ticket pane loads once it is shown: one file, so that what it shares with the pane's first load stays there. */
export { AboveBox } from '../composer/AboveBox.tsx'
export { Limits } from '../templates/Limits.tsx'
export { SendTemplate } from '../templates/SendTemplate.tsx'
export { Start } from '../templates/Start.tsx'
