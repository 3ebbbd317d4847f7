import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { changePayBy, howYouPayPage, PAY_BY, PAY_BY_WORDS } from '#services/budgets/how-you-pay.server.ts'
import { Button } from '~/components/button/button.tsx'
import { Card } from '~/components/card/card.tsx'
import { Empty } from '~/components/empty/empty.tsx'
import { Radios } from '~/components/forms/choices.tsx'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { whoseThing } from '~/components/week/words.ts'
import { answer, readForm, text } from '~/http/answer.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { toCircleWithoutPerson } from '~/http/person-pages.server.ts'
import { run } from '~/http/run.server.ts'
import { typed, useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction = () => [{ title: 'How each fund pays – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, async ({ deps, actor }) => {
    toCircleWithoutPerson(actor)
    return { ...(await howYouPayPage(deps, actor)), ways: PAY_BY.map((value) => ({ value, ...PAY_BY_WORDS[value] })), card: PAY_BY_WORDS.prepaid_card } // prettier-ignore
  })

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request }) => {
    const form = await readForm(request)
    return answer(form, async () => {
      await changePayBy(deps, actor, {
        personId: text(form, 'personId'),
        allocationId: text(form, 'allocationId'),
        payBy: text(form, 'payBy') as Parameters<typeof changePayBy>[2]['payBy'],
      })
      return redirectWithNotice('/my/money/how-you-pay', 'That is how this fund pays from now on.')
    })
  })

export default function HowYouPay() {
  const page = useLoaderData<typeof loader>()
  const answered = useAnswer()
  const at = typed(answered, 'allocationId')
  return (
    <div className="narrow stack-l">
      <BackLink href="/my/money">{whoseThing(page.person, 'money')}</BackLink>
      <ErrorSummary errors={answered?.errors} ids={at ? { payBy: `pay-by-${at}` } : {}} />
      <header className="stack-s">
        <h1>How each fund pays</h1>
        <p className="lead">
          For funds that come into your own account or onto a card. Funds that somebody holds for you are paid
          by them.
        </p>
      </header>
      {page.funds.length === 0 ? (
        <Empty title="There is no fund that you pay from yourself" level={2} />
      ) : (
        page.funds.map((fund) => (
          <Card key={fund.id} labelledBy={`fund-${fund.id}`}>
            <h2 id={`fund-${fund.id}`}>{fund.name}</h2>
            {fund.fixed || !page.mayChange ? (
              <FixedWay fund={fund} page={page} />
            ) : (
              <form method="post" className="stack" noValidate>
                <input type="hidden" name="personId" value={page.person.id} />
                <input type="hidden" name="allocationId" value={fund.id} />
                <Radios
                  name="payBy"
                  id={`pay-by-${fund.id}`}
                  label={`How ${fund.name} pays`}
                  look="box"
                  options={page.ways.map(({ value, label, says }) => ({ value, label, hint: says }))}
                  defaultValue={at === fund.id ? typed(answered, 'payBy') : fund.payBy}
                  error={at === fund.id ? answered?.errors['payBy'] : undefined}
                />
                <Button kind="second">
                  Pay like this<span className="vh">: {fund.name}</span>
                </Button>
              </form>
            )}
          </Card>
        ))
      )}
    </div>
  )
}

type Page = ReturnType<typeof useLoaderData<typeof loader>>

function FixedWay({ fund, page }: { fund: Page['funds'][number]; page: Page }) {
  const way = fund.fixed ? page.card : page.ways.find(({ value }) => value === fund.payBy)
  return way ? (
    <p>
      <strong>{way.label}.</strong> {way.says}
    </p>
  ) : null
}
