import {
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { pounds } from '#services/kernel/money.ts'
import { beginTransfer } from '#services/settlement/begin-transfer.server.ts'
import { payPage, type PayPage } from '#services/settlement/pay-page.server.ts'
import { Button } from '~/components/button/button.tsx'
import { Card, Who } from '~/components/card/card.tsx'
import { Empty } from '~/components/empty/empty.tsx'
import { Checkboxes } from '~/components/forms/choices.tsx'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { Notice } from '~/components/notice/notice.tsx'
import { Tag } from '~/components/tag/tag.tsx'
import { tel, whoseThing } from '~/components/week/words.ts'
import { answer, readForm, text, texts } from '~/http/answer.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { toCircleWithoutPerson } from '~/http/person-pages.server.ts'
import { run } from '~/http/run.server.ts'
import { ticked, typed, useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction = () => [{ title: 'Pay – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor }) => {
    toCircleWithoutPerson(actor)
    return payPage(deps, actor)
  })

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request }) => {
    const form = await readForm(request)
    return answer(form, async () => {
      const { paymentId, setOff } = await beginTransfer(deps, actor, {
        personId: text(form, 'personId'),
        providerId: text(form, 'providerId'),
        payableIds: texts(form, 'payableIds'),
      })
      return setOff
        ? redirectWithNotice('/my/money/pay', 'What came back and what was due meet. Nothing is to be sent.')
        : redirect(`/my/money/pay/${paymentId}`)
    })
  })

export default function Pay() {
  const page = useLoaderData<typeof loader>()
  const answered = useAnswer()
  const at = typed(answered, 'providerId')
  return (
    <div className="narrow stack-l">
      <BackLink href="/my/money">{whoseThing(page.person, 'money')}</BackLink>
      <ErrorSummary errors={answered?.errors} ids={at ? { payableIds: `pay-${at}` } : {}} />
      <header className="stack-s">
        <h1>Pay providers</h1>
        <p className="lead">
          What {page.person.self ? 'you owe' : `${page.person.shortName} owes`} for support that has happened
          and was said yes to, and that no card pays by itself.
        </p>
      </header>
      {page.onCard.count > 0 ? (
        <Notice title={`${pounds(page.onCard.pence)} waits for your prepaid card`} level={2}>
          <p>
            You pay it at the provider, with the card. <a href="/my/money/card">See what, and to whom</a>
          </p>
        </Notice>
      ) : null}
      <Open open={page.open} />
      {page.owed.length === 0 ? (
        <Empty title="Nothing is to be paid by hand" level={2}>
          <p>
            When a visit is settled from a fund that you pay yourself, it shows here.{' '}
            <a href="/my/money/how-you-pay">How each fund pays</a>
          </p>
        </Empty>
      ) : (
        page.owed.map((owed) => (
          <Owed
            key={owed.provider.id}
            owed={owed}
            page={page}
            error={at === owed.provider.id ? answered?.errors['payableIds'] : undefined}
            chosen={at === owed.provider.id ? ticked(answered, 'payableIds') : undefined}
          />
        ))
      )}
    </div>
  )
}

function Open({ open }: Pick<PayPage, 'open'>) {
  if (open.length === 0) return null
  return (
    <section className="stack" aria-labelledby="open">
      <h2 id="open">Payments that you began</h2>
      <ul className="plain stack-s">
        {open.map((payment) => (
          <li key={payment.id}>
            <a href={`/my/money/pay/${payment.id}`}>
              {pounds(payment.pence)} to {payment.to}
            </a>{' '}
            <Tag tone="asked">{payment.state}</Tag>
            <br />
            <span className="small">{payment.next}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Owed({
  owed,
  page,
  error,
  chosen,
}: {
  owed: PayPage['owed'][number]
  page: PayPage
  error: string[] | undefined
  chosen: string[] | undefined
}) {
  const { provider, lines } = owed
  const id = `to-${provider.id}`
  return (
    <Card labelledBy={id}>
      <h2 id={id}>
        {pounds(owed.total)} to {provider.name}
      </h2>
      <p>
        <Who id={provider.id} kind={provider.kind} name={provider.name} size="s" />
      </p>
      <form method="post" className="stack" noValidate>
        <input type="hidden" name="personId" value={page.person.id} />
        <input type="hidden" name="providerId" value={provider.id} />
        <Checkboxes
          name="payableIds"
          id={`pay-${provider.id}`}
          label="What to pay now"
          options={lines.map((line) => ({
            value: line.id,
            label: `${line.what}: ${pounds(line.pence)}`,
            hint: line.failed
              ? `From ${line.fund}. The last try did not arrive. ${line.failed}`
              : `From ${line.fund}`,
          }))}
          defaultValue={chosen ?? lines.map((line) => line.id)}
          error={error}
        />
        {!page.mayPay ? (
          <p>You can see what is owed. Paying it needs somebody who manages the money.</p>
        ) : owed.bank ? (
          <Button size="big">
            Pay by bank transfer<span className="vh"> to {provider.name}</span>
          </Button>
        ) : (
          <Notice tone="warn" title="Their bank details are not here yet">
            <p>
              {provider.name} has not given them, or they are being checked. Until then nothing can be sent by
              bank transfer.{' '}
              {provider.phone ? (
                <>
                  You can ask them on <a href={tel(provider.phone)}>{provider.phone}</a>, or{' '}
                </>
              ) : (
                'You can '
              )}
              <a href="/my/money/how-you-pay">let this fund pay by card</a>. What you owe stays as it is.
            </p>
          </Notice>
        )}
      </form>
    </Card>
  )
}
