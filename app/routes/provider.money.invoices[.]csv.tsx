import type { LoaderFunctionArgs } from '@remix-run/node'
import { readFileKind } from '#services/invoicing/invoice-file-kinds.ts'
import { invoicesFile } from '#services/invoicing/provider-invoices-page.server.ts'
import { csvResponse } from '~/http/file.server.ts'
import { run } from '~/http/run.server.ts'

export const loader = (args: LoaderFunctionArgs) =>
  run(args, async ({ deps, actor, url }) =>
    csvResponse(
      await invoicesFile(deps, actor, {
        org: url.searchParams.get('org'),
        month: url.searchParams.get('month'),
        as: readFileKind(url.searchParams.get('as')),
      }),
    ),
  )
