import { notFound } from '#services/kernel/errors.ts'

/** A file to keep, made for this request: never cached, never shown inside the site. */
const file = (body: BodyInit, type: string, filename: string): Response =>
  new Response(body, {
    headers: {
      'content-type': type,
      'content-disposition': `attachment; filename="${filename}"`,
      'cache-control': 'private, no-store',
    },
  })

export const csvResponse = ({ filename, csv }: { filename: string; csv: string }): Response =>
  file(csv, 'text/csv; charset=utf-8', filename)

export const pdfResponse = ({ filename, pdf }: { filename: string; pdf: Buffer }): Response =>
  file(new Uint8Array(pdf), 'application/pdf', filename)

const TYPES = { csv: 'text/csv; charset=utf-8', pdf: 'application/pdf', zip: 'application/zip' } as const

/** A file of one of these kinds, by how its name ends. */
export const keptFile = ({ filename, bytes }: { filename: string; bytes: Buffer }): Response =>
  file(new Uint8Array(bytes), TYPES[filename.split('.').at(-1) as keyof typeof TYPES], filename)

/** 'pack.pdf' → 'pdf'. @throws NOT_FOUND for a file that a pack does not have */
export function packFileOf(name: string | undefined): keyof typeof TYPES {
  const kind = (['csv', 'pdf', 'zip'] as const).find((one) => name === `pack.${one}`)
  if (!kind) throw notFound()
  return kind
}
