import {
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { forgetForm } from '#services/accounts/keep-form.server.ts'
import { landingPage, safeNext } from '#services/accounts/landing.rules.ts'
import { authorityFor } from '#services/circle/authority-for.server.ts'
import { DomainError } from '#services/kernel/errors.ts'
import { Button } from '~/components/button/button.tsx'
import { signedInFor } from '~/http/actor.server.ts'
import { isForAnother, keptFormId, noKeptForm, takeKeptForm } from '~/http/kept-form.server.ts'
import { refillOf } from '~/http/refill.ts'
import { run } from '~/http/run.server.ts'

export const meta: MetaFunction = () => [{ title: 'Go on where you were – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, async ({ deps, actor, request, url }) => {
    const signedIn = await signedInFor(args)
    if (!signedIn) throw new DomainError('SIGN_IN', 'Sign in to see this page.')
    const form = await takeKeptForm(deps, actor, request)
    const next = safeNext(url.searchParams.get('next')) ?? landingPage(signedIn)
    if (!form) return redirect(next, { headers: { 'Set-Cookie': noKeptForm(deps) } })
    const another = isForAnother(actor, form)
    if (another) return { form, forAnother: true, authority: await authorityFor(deps, actor, another) }
    // On its own page it can be read and put right; a press alone is offered here.
    if (refillOf(form)) return redirect(form.path)
    return { form, forAnother: false, authority: null }
  })

/** "Do not send it": what was kept is thrown away. */
export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request }) => {
    const id = keptFormId(deps, request)
    if (id) await forgetForm(deps, actor, id)
    const signedIn = await signedInFor(args)
    return redirect(signedIn ? landingPage(signedIn) : '/', { headers: { 'Set-Cookie': noKeptForm(deps) } })
  })

export default function CarryOn() {
  const { form, forAnother, authority } = useLoaderData<typeof loader>()
  return (
    <div className="narrow stack-l">
      <header className="stack-s">
        <h1>Go on where you were</h1>
        <p className="lead">
          You are signed in again. What you filled in is still here, and nothing was sent yet.
        </p>
      </header>
      {!forAnother ? (
        <form method="post" action={form.path}>
          {form.fields.map(([name, value], i) => (
            // A form may send one name several times; the order is all that tells them apart.
            <input key={i} type="hidden" name={name} value={value} />
          ))}
          <Button size="big">Go on with it</Button>
        </form>
      ) : authority === null ? (
        <p>You filled it in for somebody you may no longer do things for, so it cannot be sent.</p>
      ) : (
        <form method="post" action="/circle/act" className="stack">
          <p>You filled it in for {authority.name}.</p>
          <input type="hidden" name="intent" value="start" />
          <input type="hidden" name="authorityId" value={authority.authorityId} />
          <input type="hidden" name="next" value={form.path} />
          <Button size="big">Go on for {authority.name}</Button>
        </form>
      )}
      <form method="post" action="/sign-in/carry-on">
        <Button kind="quiet">Throw it away</Button>
      </form>
    </div>
  )
}
