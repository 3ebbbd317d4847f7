import { createCookie } from '@remix-run/node'

/** That somebody wants no map beside results. Nothing else, and nothing about anybody. */
const cookie = createCookie('kith_map', { httpOnly: true, sameSite: 'lax', path: '/', maxAge: 31_536_000 })

/** Whether this browser hides the map. */
export const mapHidden = async (request: Request): Promise<boolean> =>
  (await cookie.parse(request.headers.get('Cookie'))) === 'hidden'

/** The header that keeps the choice; a map that is shown needs none. */
export const keepMapHidden = (hidden: boolean): Promise<string> =>
  hidden ? cookie.serialize('hidden') : cookie.serialize('', { maxAge: 0 })
