import type { LoaderFunctionArgs } from '@remix-run/node'
import { statementPdf } from '#services/invoicing/statement-page.server.ts'
import { pdfResponse } from '~/http/file.server.ts'
import { toCircleWithoutPerson } from '~/http/person-pages.server.ts'
import { run } from '~/http/run.server.ts'

export const loader = (args: LoaderFunctionArgs) =>
  run(args, async ({ deps, actor, url }) => {
    toCircleWithoutPerson(actor)
    return pdfResponse(await statementPdf(deps, actor, url.searchParams.get('from')))
  })
