import { createContext } from 'preact'
import { useContext } from 'preact/hooks'

/**
 * 0 inside the row the person is on, −1 in all others: the thread is one stop of the Tab key, and the controls of a message
 * are reached from the message.
 */
const RowTabIndex = createContext<0 | -1>(0)

export const RowTabIndexProvider = RowTabIndex.Provider

export function useRowTabIndex(): 0 | -1 {
  return useContext(RowTabIndex)
}
