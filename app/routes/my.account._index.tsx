import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { accountPage, type AccountPage } from '#services/accounts/account-page.server.ts'
import { changeName } from '#services/accounts/change-name.server.ts'
import { removeApp } from '#services/accounts/replace-app.server.ts'
import { removePasskey } from '#services/accounts/passkeys.server.ts'
import { endedSessionCookie } from '#services/accounts/session-cookie.server.ts'
import { endSessions } from '#services/accounts/sign-out.server.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { isId } from '#services/kernel/ids.ts'
import { Button, LinkButton } from '~/components/button/button.tsx'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { TextField } from '~/components/forms/text-field.tsx'
import { SummaryList } from '~/components/summary-list/summary-list.tsx'
import { Tag } from '~/components/tag/tag.tsx'
import { answer, readForm, text } from '~/http/answer.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { run } from '~/http/run.server.ts'
import { typed, useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction = () => [{ title: 'Your account – Kith' }]

export const loader = (args: LoaderFunctionArgs) => run(args, ({ deps, actor }) => accountPage(deps, actor))

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request }) => {
    const form = await readForm(request)
    const id = text(form, 'id')
    return answer(form, async () => {
      switch (text(form, 'intent')) {
        case 'name':
          await changeName(deps, actor, { name: text(form, 'name') })
          return redirectWithNotice('/my/account', 'Your name was changed.')
        case 'end_device':
          if (!isId(id)) throw notFound()
          await endSessions(deps, actor, { sessionId: id })
          return redirectWithNotice('/my/account', 'That device is signed out.')
        case 'end_others':
          await endSessions(deps, actor, 'others')
          return redirectWithNotice('/my/account', 'All other devices are signed out.')
        case 'end_all':
          await endSessions(deps, actor, 'all')
          return redirect('/', { headers: { 'Set-Cookie': endedSessionCookie(deps.settings) } })
        case 'remove_passkey':
          if (!isId(id)) throw notFound()
          await removePasskey(deps, actor, { passkeyId: id })
          return redirectWithNotice('/my/account', 'The passkey was removed.')
        case 'remove_app':
          await removeApp(deps, actor)
          return redirectWithNotice('/my/account', 'The authenticator app was taken off.')
        default:
          throw new DomainError('INVALID', 'Choose what to do.')
      }
    })
  })

export default function Account() {
  const page = useLoaderData<typeof loader>()
  const answered = useAnswer()
  return (
    <div className="narrow stack-l">
      <ErrorSummary errors={answered?.errors} />
      <h1>Your account</h1>
      <form method="post" className="stack" noValidate>
        <input type="hidden" name="intent" value="name" />
        <TextField
          name="name"
          label="Your name"
          hint="As the people you deal with here read it."
          autoComplete="name"
          maxLength={120}
          defaultValue={typed(answered, 'name') ?? page.name}
          error={answered?.errors['name']}
          required
        />
        <Button kind="second">Save the name</Button>
      </form>
      <SummaryList rows={[{ term: 'E-mail address', value: <span className="break">{page.email}</span> }]} />
      {page.steps ? <SecondSteps steps={page.steps} passkeys={page.passkeys.length} /> : null}
      <Passkeys page={page} />
      <Devices page={page} />
    </div>
  )
}

function SecondSteps({ steps, passkeys }: { steps: NonNullable<AccountPage['steps']>; passkeys: number }) {
  const { app, codesLeft } = steps
  return (
    <section className="stack" aria-labelledby="second-steps">
      <h2 id="second-steps">Your second step</h2>
      <p>You see other people’s lives here, so we ask for two things when you sign in.</p>
      <SummaryList
        rows={[
          {
            term: 'Authenticator app',
            value: app ? 'Set up' : 'None',
            change: { href: '/my/account/authenticator', ...APP_WORDS[app ? 'replace' : 'make'] },
          },
          ...(app
            ? [
                {
                  term: 'Backup codes',
                  value: codesLeft === 0 ? 'None' : `${String(codesLeft)} left of 10`,
                  change: {
                    href: '/my/account/backup-codes',
                    label: codesLeft === 0 ? 'Make' : 'Make new',
                    what: 'backup codes',
                  },
                },
              ]
            : []),
          { term: 'Passkeys', value: passkeys === 0 ? 'None' : `${String(passkeys)}, listed below` },
        ]}
      />
      {app && passkeys > 0 ? (
        <form method="post">
          <input type="hidden" name="intent" value="remove_app" />
          <Button kind="quiet">Take the authenticator app off</Button>
        </form>
      ) : null}
    </section>
  )
}

const APP_WORDS = {
  replace: { label: 'Replace', what: 'my authenticator app' },
  make: { label: 'Set up', what: 'an authenticator app' },
} as const

function Passkeys({ page }: { page: AccountPage }) {
  return (
    <section className="stack" aria-labelledby="passkeys">
      <h2 id="passkeys">Passkeys</h2>
      <p>With a passkey you sign in with your finger, your face or a PIN, and need no code.</p>
      <ul className="plain stack-s">
        {page.passkeys.map((one) => (
          <li key={one.id} className="card row">
            <p>
              <strong>{one.name}</strong>
              {one.made ? <span className="small soft"> made on {one.made}</span> : null}
            </p>
            <form method="post">
              <input type="hidden" name="intent" value="remove_passkey" />
              <input type="hidden" name="id" value={one.id} />
              <Button kind="quiet" size="small">
                Remove<span className="vh"> the passkey {one.name}</span>
              </Button>
            </form>
          </li>
        ))}
      </ul>
      <p>
        <LinkButton href="/my/account/passkey" kind="second">
          Make a passkey
        </LinkButton>
      </p>
    </section>
  )
}

function Devices({ page }: { page: AccountPage }) {
  return (
    <section className="stack" aria-labelledby="devices">
      <h2 id="devices">Where you are signed in</h2>
      <ul className="plain stack-s">
        {page.devices.map((one) => (
          <li key={one.sessionId} className="card row">
            <div>
              <p>
                <strong>{one.name}</strong> {one.thisOne ? <Tag tone="done">This device</Tag> : null}
              </p>
              <p className="small soft">
                Signed in on {one.signedIn}. Last used on {one.lastUsed}.
              </p>
            </div>
            {one.thisOne ? null : (
              <form method="post">
                <input type="hidden" name="intent" value="end_device" />
                <input type="hidden" name="id" value={one.sessionId} />
                <Button kind="quiet" size="small">
                  Sign out<span className="vh"> {one.name}</span>
                </Button>
              </form>
            )}
          </li>
        ))}
      </ul>
      <div className="row">
        {page.devices.length > 1 ? (
          <form method="post">
            <input type="hidden" name="intent" value="end_others" />
            <Button kind="second">Sign out all others</Button>
          </form>
        ) : null}
        <form method="post">
          <input type="hidden" name="intent" value="end_all" />
          <Button kind="second">Sign out everywhere</Button>
        </form>
      </div>
    </section>
  )
}
