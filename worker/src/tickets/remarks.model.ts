/** What a ticket says about Kaiwa's decision, for those who read it in Desk; null where it is plain. */
export function remarkOf(reason: string, reopenDays: number): string | null {
  const days = reopenDays === 1 ? '1 day' : `${reopenDays} days`
  switch (reason) {
    case 'closed_recently':
      return `(Kaiwa reopened this ticket: the customer wrote less than ${days} after it was closed.)`
    case 'on_hold':
      return '(Kaiwa set this ticket to open: the customer wrote while it was on hold.)'
    case 'merged':
      return '(The conversation continues here: its ticket was merged into this one.)'
    case 'closed_long_ago':
      return `(A new ticket, as the previous one was closed ${days} ago or longer.)`
    case 'trashed':
      return '(A new ticket, as the previous one is in the recycle bin.)'
    case 'deleted':
      return '(A new ticket, as the previous one was deleted.)'
    case 'by_hand':
      return '(An agent made this ticket by hand.)'
    case 'archived':
      return '(A new ticket, as the previous one is archived.)'
    default:
      return null
  }
}
