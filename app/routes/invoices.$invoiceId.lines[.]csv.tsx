import type { LoaderFunctionArgs } from '@remix-run/node'
import { readFileKind } from '#services/invoicing/invoice-file-kinds.ts'
import { invoiceCsv } from '#services/invoicing/invoice-page.server.ts'
import { csvResponse } from '~/http/file.server.ts'
import { run } from '~/http/run.server.ts'

export const loader = (args: LoaderFunctionArgs) =>
  run(args, async ({ deps, actor, params, url }) =>
    csvResponse(
      await invoiceCsv(deps, actor, params['invoiceId'] ?? '', readFileKind(url.searchParams.get('as'))),
    ),
  )
