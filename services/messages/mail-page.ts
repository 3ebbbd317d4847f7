/** One mail, said once: as plain text and as simple HTML. */
export interface MailPage {
  title: string
  paragraphs: readonly string[]
  link?: { words: string; href: string }
  end?: string
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? sign)

/** Plain text first: many read mail on old telephones or with a screen reader. Nothing is loaded from anywhere. */
export function mailPage({ title, paragraphs, link, end }: MailPage): { text: string; html: string } {
  const text = [
    title,
    ...paragraphs,
    ...(link ? [`${link.words}:\n${link.href}`] : []),
    ...(end ? [end] : []),
    'Kith',
  ].join('\n\n')
  const html = [
    '<!doctype html>',
    '<html lang="en-GB"><head><meta charset="utf-8">',
    `<title>${escaped(title)}</title></head>`,
    '<body style="font:19px/1.5 Verdana,Arial,sans-serif;color:#1c1a17;background:#fbf7f0;max-width:34em;margin:0 auto;padding:24px">',
    `<h1 style="font-size:26px;line-height:1.3">${escaped(title)}</h1>`,
    ...paragraphs.map((paragraph) => `<p>${escaped(paragraph)}</p>`),
    ...(link
      ? [
          `<p><a href="${escaped(link.href)}" style="color:#0b4f4c;font-weight:700">${escaped(link.words)}</a></p>`,
        ]
      : []),
    ...(end ? [`<p>${escaped(end)}</p>`] : []),
    '<p>Kith</p>',
    '</body></html>',
  ].join('\n')
  return { text: `${text}\n`, html }
}
