import { createContext, useContext } from 'react'

const Nonce = createContext('')
export const NonceProvider = Nonce.Provider

/**
 * For the scripts in the page. Empty in the browser, which hides a script's nonce from reading anyway;
 * React does not compare it when it takes over the page.
 */
export const useNonce = (): string => useContext(Nonce)
