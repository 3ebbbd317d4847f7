import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { giveEvidence, takeEvidenceAway } from '#services/purchases/evidence.server.ts'
import { purchasePage } from '#services/purchases/purchase-page.server.ts'
import { Button } from '~/components/button/button.tsx'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { FileField } from '~/components/forms/file-field.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { answer, fileOf, readFormWithFile, text } from '~/http/answer.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { run } from '~/http/run.server.ts'
import { useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction = () => [{ title: 'Send the receipt – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, async ({ deps, actor, params }) => {
    const page = await purchasePage(deps, actor, params['purchaseId'] ?? '')
    return page.may.giveEvidence ? page : redirect(`/my/money/purchases/${page.id}`)
  })

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request, params, url }) => {
    const form = await readFormWithFile(request)
    const of = { personId: text(form, 'personId'), purchaseId: params['purchaseId'] ?? '' }
    return answer(form, async () => {
      if (text(form, 'intent') === 'take_away') {
        await takeEvidenceAway(deps, actor, { ...of, evidenceId: text(form, 'evidenceId') })
        return redirectWithNotice(url.pathname, 'It is taken away. Nobody sees it any more.')
      }
      await giveEvidence(deps, actor, { ...of, file: await fileOf(form, 'file') })
      return redirectWithNotice(`/my/money/purchases/${of.purchaseId}`, 'The receipt is kept.')
    })
  })

export default function Receipt() {
  const page = useLoaderData<typeof loader>()
  const answered = useAnswer()
  return (
    <div className="narrow stack-l">
      <BackLink href={`/my/money/purchases/${page.id}`}>{page.what}</BackLink>
      <ErrorSummary errors={answered?.errors} />
      <header className="stack-s">
        <h1>Send the receipt</h1>
        <p className="lead">
          {page.receipts} It is seen by you, by those who may see your money, and by your council. Nothing is
          asked for that was booked here.
        </p>
      </header>
      <form method="post" encType="multipart/form-data" className="stack" noValidate>
        <input type="hidden" name="personId" value={page.person.id} />
        <FileField
          name="file"
          label="The receipt"
          hint="A photograph (JPEG or PNG) or a PDF, up to 5 MB."
          accept="application/pdf,image/jpeg,image/png"
          error={answered?.errors['file']}
        />
        <Button size="big">Send it</Button>
      </form>
      {page.papers.length > 0 ? (
        <section className="stack" aria-labelledby="papers">
          <h2 id="papers">Sent so far</h2>
          <ul className="plain stack-s">
            {page.papers.map((paper) => (
              <li key={paper.id} className="row">
                <span>
                  <a href={`/my/money/evidence/${paper.id}`} download>
                    {paper.name}
                  </a>
                  , sent on {paper.on}
                </span>
                {page.may.takeAway ? (
                  <form method="post">
                    <input type="hidden" name="personId" value={page.person.id} />
                    <input type="hidden" name="intent" value="take_away" />
                    <input type="hidden" name="evidenceId" value={paper.id} />
                    <Button kind="quiet" size="small">
                      Take it away<span className="vh">: {paper.name}</span>
                    </Button>
                  </form>
                ) : null}
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </div>
  )
}
