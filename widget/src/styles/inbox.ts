import './dialog.css'
import './forms.css'
import './inbox.css'
