import { createCookie, redirect, type TypedResponse } from '@remix-run/node'

/** The answer to what was just done, said once on the next page. */
const cookie = createCookie('kith_notice', { httpOnly: true, sameSite: 'lax', path: '/', maxAge: 60 })

/** Sends the browser to `path`, where the shell says `notice` once. */
export async function redirectWithNotice(path: string, notice: string): Promise<TypedResponse<never>> {
  return redirect(path, { headers: { 'Set-Cookie': await cookie.serialize(notice) } })
}

/** The waiting notice and the header that takes it away. */
export async function takeNotice(request: Request): Promise<{ notice: string | null; headers: HeadersInit }> {
  const notice: unknown = await cookie.parse(request.headers.get('Cookie'))
  if (typeof notice !== 'string' || notice === '') return { notice: null, headers: {} }
  return { notice, headers: { 'Set-Cookie': await cookie.serialize('', { maxAge: 0 }) } }
}

/** Whether this page is shown after something was pressed, which it is about to say. */
export async function followsAPress(request: Request): Promise<boolean> {
  const notice: unknown = await cookie.parse(request.headers.get('Cookie'))
  return typeof notice === 'string' && notice !== ''
}
