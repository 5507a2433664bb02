import dialog from '../../styles/dialog.css?inline'
import forms from '../../styles/forms.css?inline'
import templates from '../../styles/templates.css?inline'
import { wear } from '../../ui/wear.ts'

/** Puts on the styles that templates and limits are shown with. */
export const wearTemplateStyles = (): void => wear(dialog, forms, templates)
