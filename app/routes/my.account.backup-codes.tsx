import { data, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { backupCodesPage, makeBackupCodes } from '#services/accounts/backup-codes.server.ts'
import { Button, LinkButton } from '~/components/button/button.tsx'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { Notice } from '~/components/notice/notice.tsx'
import { PrintButton } from '~/components/print/print-button.tsx'
import { answer, readForm } from '~/http/answer.server.ts'
import { browserOf } from '~/http/browser.server.ts'
import { run } from '~/http/run.server.ts'
import { safeOnward } from '~/http/signed-in.server.ts'
import type { Answer } from '~/http/typed.ts'

export const meta: MetaFunction = () => [{ title: 'Your backup codes – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, async ({ deps, actor, url }) => ({
    ...(await backupCodesPage(deps, actor)),
    next: safeOnward(url.searchParams.get('next')),
  }))

/** The codes are in this one answer and nowhere else. */
export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request }) => {
    const form = await readForm(request)
    return answer(form, async () => data({ codes: await makeBackupCodes(deps, actor, browserOf(request)) }))
  })

export default function BackupCodes() {
  const { app, left, next } = useLoaderData<typeof loader>()
  const answered = useActionData<{ codes: string[] } | Answer>()
  const codes = answered && 'codes' in answered ? answered.codes : null
  return (
    <div className="narrow stack-l">
      <BackLink href="/my/account">Your account</BackLink>
      <ErrorSummary errors={answered && 'errors' in answered ? answered.errors : null} />
      <header className="stack-s">
        <h1>Your backup codes</h1>
        <p className="lead">
          With one of them you get in when you do not have your authenticator app. Each works once.
        </p>
      </header>
      {codes ? (
        <>
          <Notice tone="warn" level={2} title="You see them only now">
            <p>Print them or write them down. Keep them where you keep your passport, not on your phone.</p>
          </Notice>
          <section className="panel stack" aria-label="Ten backup codes for Kith">
            <ul className="plain backup-codes">
              {codes.map((code) => (
                <li key={code} className="key-text">
                  <strong>{code}</strong>
                </li>
              ))}
            </ul>
            <p className="no-print">
              <PrintButton>Print the codes</PrintButton>
            </p>
          </section>
          <p className="no-print">
            <LinkButton href={next ?? '/my/account'} size="big">
              I have kept them. Go on
            </LinkButton>
          </p>
        </>
      ) : app ? (
        <>
          <p>
            {left === 0
              ? 'You have none yet.'
              : `You have ${String(left)} left. New ones make the old ones worthless.`}
          </p>
          <form method="post">
            <Button size="big">{left === 0 ? 'Show me ten codes' : 'Make ten new codes'}</Button>
          </form>
          {next ? (
            <p>
              <a href={next}>Not now</a>
            </p>
          ) : null}
        </>
      ) : (
        <p>
          Backup codes stand in for an authenticator app, and you have none.{' '}
          <a href="/my/account/authenticator">Set up an app</a>
        </p>
      )}
    </div>
  )
}
