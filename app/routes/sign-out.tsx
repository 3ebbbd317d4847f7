import { redirect, type ActionFunctionArgs } from '@remix-run/node'
import { endedSessionCookie } from '#services/accounts/session-cookie.server.ts'
import { signOut } from '#services/accounts/sign-out.server.ts'
import { noKeptForm } from '~/http/kept-form.server.ts'
import { run } from '~/http/run.server.ts'

export const loader = () => redirect('/')

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor }) => {
    await signOut(deps, actor)
    const headers = new Headers()
    headers.append('Set-Cookie', endedSessionCookie(deps.settings))
    headers.append('Set-Cookie', noKeptForm(deps))
    return redirect('/', { headers })
  })
