import type { LoaderFunctionArgs } from '@remix-run/node'
import { invoicePdf } from '#services/invoicing/invoice-page.server.ts'
import { pdfResponse } from '~/http/file.server.ts'
import { run } from '~/http/run.server.ts'

/** One paper, for whoever billed, whoever pays, and the person. */
export const loader = (args: LoaderFunctionArgs) =>
  run(args, async ({ deps, actor, params }) =>
    pdfResponse(await invoicePdf(deps, actor, params['invoiceId'] ?? '')),
  )
