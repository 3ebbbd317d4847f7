import type { LoaderFunctionArgs } from '@remix-run/node'
import { packInvoice } from '#services/audit-packs/pack-files.server.ts'
import { pdfResponse } from '~/http/file.server.ts'
import { run } from '~/http/run.server.ts'

export const loader = (args: LoaderFunctionArgs) =>
  run(args, async ({ deps, actor, params }) =>
    pdfResponse(
      await packInvoice(deps, actor, {
        allocationId: params['allocationId'] ?? '',
        openingId: params['openingId'] ?? '',
        invoiceId: params['invoiceId'] ?? '',
      }),
    ),
  )
