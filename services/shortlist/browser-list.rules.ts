import { isId } from '#services/kernel/ids.ts'

/** A browser that nobody is signed in to keeps so many: its cookie travels with every request. */
export const MOST_IN_BROWSER = 12

/**
 * The ids of a browser's list, oldest first. A cookie can hold anything: what is no id is dropped, doubles count once, and
 * what is beyond the twelfth is not looked at.
 */
export function readBrowserList(value: string | null): string[] {
  const ids = (value ?? '')
    .slice(0, 2_000)
    .split('.')
    .map((id) => id.toLowerCase())
    .filter(isId)
  return [...new Set(ids)].slice(0, MOST_IN_BROWSER)
}

export const writeBrowserList = (ids: readonly string[]): string => ids.join('.')
