/** A table as a file to keep: never cached, because it is somebody's money. */
export const csvResponse = ({ filename, csv }: { filename: string; csv: string }): Response =>
  new Response(csv, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${filename}"`,
      'cache-control': 'private, no-store',
    },
  })
