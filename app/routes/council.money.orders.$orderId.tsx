import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { orderPage } from '#services/orders/orders-page.server.ts'
import { endOrder, placeOrder, refuseOrder } from '#services/orders/work-on-order.server.ts'
import { Button } from '~/components/button/button.tsx'
import { Details } from '~/components/details/details.tsx'
import { DateField } from '~/components/forms/date-field.tsx'
import { readDate } from '~/components/forms/date-parts.ts'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { fieldProps } from '~/components/forms/field-props.ts'
import { Textarea, TextField } from '~/components/forms/text-field.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { Notice } from '~/components/notice/notice.tsx'
import { SummaryList } from '~/components/summary-list/summary-list.tsx'
import { Tag } from '~/components/tag/tag.tsx'
import { answer, readForm, text, valuesOf } from '~/http/answer.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { run } from '~/http/run.server.ts'
import { typed, typedDate, useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction = () => [{ title: 'An order – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor, params }) => orderPage(deps, actor, params['orderId'] ?? ''))

const DONE: Record<string, string> = {
  refuse: 'It is refused. The person is told.',
  end: 'It is ended. The person is told.',
  place: 'It is placed. The person is told that they can book now.',
}

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request, params }) => {
    const form = await readForm(request)
    const orderId = params['orderId'] ?? ''
    const intent = text(form, 'intent')
    return answer(form, async () => {
      if (intent === 'refuse') await refuseOrder(deps, actor, orderId, valuesOf(form))
      else if (intent === 'end')
        await endOrder(deps, actor, orderId, {
          lastDay: readDate(form, 'lastDay'),
          reason: text(form, 'reason'),
        })
      else
        await placeOrder(deps, actor, orderId, {
          ...valuesOf(form),
          startsOn: readDate(form, 'startsOn'),
          endsOn: readDate(form, 'endsOn'),
        })
      return redirectWithNotice('/council/money/orders', DONE[intent] ?? DONE['place'] ?? '')
    })
  })

export default function Order() {
  const order = useLoaderData<typeof loader>()
  const answered = useAnswer()
  const intent = typed(answered, 'intent')
  const saved: Record<string, string | null> = {
    number: order.number,
    costCode: order.costCode,
    caseReference: order.caseReference,
  }
  const field = fieldProps({
    errors: answered?.errors,
    value: (name) => typed(answered, name) ?? saved[name] ?? undefined,
  })
  return (
    <div className="narrow stack-l">
      <BackLink href="/council/money/orders">Orders</BackLink>
      <ErrorSummary errors={answered?.errors} />
      <header className="stack-s">
        <h1>
          {order.category} for {order.person}
        </h1>
        <p>
          <Tag tone={order.state === 'asked' ? 'asked' : order.state === 'placed' ? 'done' : 'plain'}>
            {order.stateWords}
          </Tag>
        </p>
      </header>
      <SummaryList
        rows={[
          { term: 'Provider', value: order.provider.name },
          {
            term: 'Supplier number',
            value: order.supplierNumber ?? 'None yet',
            change: {
              href: `/council/money/suppliers/${order.provider.id}`,
              what: 'the supplier number',
              ...(order.supplierNumber ? {} : { label: 'Give one' }),
            },
          },
          { term: 'Fund', value: `${order.fund}, until ${order.fundEndsOn}` },
          {
            term: 'Asked for',
            value: order.askedBy ? `${order.askedOn}, by ${order.askedBy}` : order.askedOn,
          },
          { term: order.state === 'asked' ? 'What for' : 'Reason', value: order.reason },
          ...(order.state === 'asked'
            ? []
            : [
                { term: 'Order number', value: order.number ?? 'None' },
                { term: 'Cost code', value: order.costCode ?? 'None' },
                { term: 'Case reference', value: order.caseReference ?? 'None' },
                { term: 'Days', value: order.dates },
              ]),
        ]}
      />
      {order.state === 'asked' && order.supplierNumber === null ? (
        <Notice tone="warn" title="They have no supplier number" level={2}>
          <p>
            The order can be placed, and nothing can be booked or paid before they have one.{' '}
            <a href={`/council/money/suppliers/${order.provider.id}`}>Give them a number</a>
          </p>
        </Notice>
      ) : null}
      {order.state === 'asked' ? (
        <>
          <form method="post" className="card stack" noValidate aria-labelledby="place">
            <h2 id="place">Place the order</h2>
            <input type="hidden" name="intent" value="place" />
            <TextField {...field('number')} label="Order number" maxLength={40} spellCheck={false} required />
            <TextField {...field('costCode')} label="Cost code" maxLength={40} spellCheck={false} required />
            <TextField
              {...field('caseReference')}
              label="Case reference"
              maxLength={40}
              spellCheck={false}
              required
            />
            <DateField
              name="startsOn"
              label="First day"
              error={answered?.errors['startsOn']}
              defaultValue={typedDate(answered, 'startsOn') ?? order.startsOn}
            />
            <DateField
              name="endsOn"
              label="Last day"
              error={answered?.errors['endsOn']}
              defaultValue={typedDate(answered, 'endsOn') ?? order.endsOn}
            />
            <p>
              <Button>Place the order</Button>
            </p>
          </form>
          <Details kind="box" summary="Say no" open={intent === 'refuse'}>
            <form method="post" className="stack" noValidate>
              <input type="hidden" name="intent" value="refuse" />
              <Textarea {...field('reason')} label="Why not?" hint="The person reads this." rows={4} />
              <p>
                <Button kind="second">Refuse the order</Button>
              </p>
            </form>
          </Details>
        </>
      ) : null}
      {order.state === 'placed' ? (
        <Details kind="box" summary="End it early" open={intent === 'end'}>
          <form method="post" className="stack" noValidate>
            <input type="hidden" name="intent" value="end" />
            <p>Visits up to and including the last day are still paid under it.</p>
            <DateField
              name="lastDay"
              label="Last day"
              error={answered?.errors['lastDay']}
              defaultValue={typedDate(answered, 'lastDay') ?? null}
            />
            <Textarea {...field('reason')} label="Why does it end?" hint="The person reads this." rows={4} />
            <p>
              <Button kind="second">End the order</Button>
            </p>
          </form>
        </Details>
      ) : null}
    </div>
  )
}
