/**
 * Why a conversation is asked to look at its facts again. It reads what changed from D1, and only where panels are open or
 * work is pending. `shown`: nothing is to be done but to tell open panels.
 */
export type Wake = { reason: 'inbound' | 'status' | 'send' | 'media' | 'sweep' | 'shown' }
