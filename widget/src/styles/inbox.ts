import './index.ts'
import './dialog.css'
import './forms.css'
import './inbox.css'
