import { createCookie } from '@remix-run/node'

/** Colours somebody chose here; without a choice the device decides. */
export type Theme = 'light' | 'dark'
const cookie = createCookie('kith_theme', { httpOnly: true, sameSite: 'lax', path: '/', maxAge: 31_536_000 })

export const readTheme = (value: unknown): Theme | null =>
  value === 'light' || value === 'dark' ? value : null

/** The theme that this browser chose. */
export async function themeOf(request: Request): Promise<Theme | null> {
  return readTheme(await cookie.parse(request.headers.get('Cookie')))
}

/** The header that keeps a choice, or forgets it. */
export const keepTheme = (theme: Theme | null): Promise<string> =>
  theme ? cookie.serialize(theme) : cookie.serialize('', { maxAge: 0 })
