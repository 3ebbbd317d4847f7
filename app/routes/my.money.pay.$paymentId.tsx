import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { pounds } from '#services/kernel/money.ts'
import { sayTransfer } from '#services/settlement/say-transfer.server.ts'
import { transferPage, type TransferPage } from '#services/settlement/transfer-page.server.ts'
import { Button } from '~/components/button/button.tsx'
import { Details } from '~/components/details/details.tsx'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { Notice } from '~/components/notice/notice.tsx'
import { SummaryList } from '~/components/summary-list/summary-list.tsx'
import { Tag } from '~/components/tag/tag.tsx'
import { tel } from '~/components/week/words.ts'
import { answer, readForm, text } from '~/http/answer.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { run } from '~/http/run.server.ts'
import { useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction = () => [{ title: 'Bank transfer – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor, params }) => transferPage(deps, actor, params['paymentId'] ?? ''))

const SAID: Readonly<Record<string, string>> = {
  sent: 'Thank you. It counts as paid when your bank’s file shows it.',
  not_sent: 'It is called off. What it was for is due again.',
  came_back: 'Thank you. What it was for is due again.',
}

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request, params }) => {
    const form = await readForm(request)
    const paymentId = params['paymentId'] ?? ''
    return answer(form, async () => {
      const press = text(form, 'press')
      await sayTransfer(deps, actor, {
        personId: text(form, 'personId'),
        paymentId,
        press: press as Parameters<typeof sayTransfer>[2]['press'],
      })
      return redirectWithNotice(
        press === 'sent' ? `/my/money/pay/${paymentId}` : '/my/money/pay',
        SAID[press] ?? 'Thank you.',
      )
    })
  })

export default function Transfer() {
  const page = useLoaderData<typeof loader>()
  const answered = useAnswer()
  const { presses } = page
  const toSend = presses.includes('sent')
  return (
    <div className="narrow stack-l">
      <BackLink href="/my/money/pay">Pay providers</BackLink>
      <ErrorSummary errors={answered?.errors} />
      <header className="stack-s">
        <h1>
          {pounds(page.pence)} to {page.provider.name}
        </h1>
        <p>
          <Tag tone={page.paid ? 'done' : page.failed ? 'stop' : 'asked'}>{page.words.state}</Tag>
        </p>
        <p className="lead">{page.words.next}</p>
        {page.failed ? <p>{page.failed}</p> : null}
      </header>
      {page.payee ? (
        <section className="stack" aria-labelledby="type">
          <h2 id="type">{toSend ? 'What to type into your bank' : 'What was to be sent'}</h2>
          <SummaryList
            rows={[
              { term: 'Name of the account', value: page.payee.name },
              { term: 'Sort code', value: <span className="num">{page.payee.sortCode}</span> },
              { term: 'Account number', value: <span className="num">{page.payee.accountNumber}</span> },
              { term: 'Amount', value: <span className="num">{pounds(page.pence)}</span> },
              { term: 'Reference', value: <strong className="num">{page.reference}</strong> },
            ]}
          />
          {toSend ? (
            <p>
              The reference and the amount must be exactly these: by them your bank’s file shows that it is
              paid. If your bank says that the name does not fit, do not send it: ring the provider first
              {page.provider.phone ? (
                <>
                  {' '}
                  on <a href={tel(page.provider.phone)}>{page.provider.phone}</a>
                </>
              ) : null}
              .
            </p>
          ) : null}
        </section>
      ) : (
        <Notice tone="warn" title="Their bank details are being changed just now">
          <p>
            Do not send it to details that you have from before. Ask them
            {page.provider.phone ? (
              <>
                {' '}
                on <a href={tel(page.provider.phone)}>{page.provider.phone}</a>
              </>
            ) : null}
            , or come back in some days. The reference is <strong>{page.reference}</strong>.
          </p>
        </Notice>
      )}
      <Presses page={page} />
      <section className="stack-s" aria-labelledby="for">
        <h2 id="for">What it is for</h2>
        <ul>
          {page.lines.map((line) => (
            <li key={line.id}>
              {line.what}: {pounds(line.pence)}
            </li>
          ))}
        </ul>
        <p className="small">Begun on {page.begun}.</p>
      </section>
    </div>
  )
}

function Presses({ page }: { page: TransferPage }) {
  const { presses } = page
  if (presses.length === 0) return null
  const press = (name: string, words: string, kind: 'main' | 'second' | 'danger') => (
    <form method="post">
      <input type="hidden" name="personId" value={page.person.id} />
      <input type="hidden" name="press" value={name} />
      <Button kind={kind} size={kind === 'main' ? 'big' : 'normal'}>
        {words}
      </Button>
    </form>
  )
  return (
    <section className="stack" aria-labelledby="say">
      <h2 id="say">What became of it</h2>
      {presses.includes('sent') ? (
        <div className="row">
          {press('sent', 'I have sent it', 'main')}
          {press('not_sent', 'I will not send it', 'second')}
        </div>
      ) : (
        <>
          {page.paid ? null : (
            <p>
              <a href="/my/money/bank">Bring your bank’s file</a>, and it is paid as soon as the line is
              there.
            </p>
          )}
          <Details summary="It did not arrive, or it came back">
            <div className="stack-s">
              <p>Say so only when your bank shows it: what it was for is then due again.</p>
              {press('came_back', 'It came back to my account', 'danger')}
            </div>
          </Details>
        </>
      )}
    </section>
  )
}
