/** What the demo has for photographs: still lifes drawn by us, without people, in the colours of the site. */

export const WIDTH = 1200
export const HEIGHT = 800

const rect = (x: number, y: number, w: number, h: number, fill: string, more = ''): string =>
  `<rect x="${String(x)}" y="${String(y)}" width="${String(w)}" height="${String(h)}" fill="${fill}" ${more}/>`
const round = (x: number, y: number, r: number, fill: string, more = ''): string =>
  `<circle cx="${String(x)}" cy="${String(y)}" r="${String(r)}" fill="${fill}" ${more}/>`
const path = (d: string, fill: string, more = ''): string => `<path d="${d}" fill="${fill}" ${more}/>`
const each = (n: number, one: (i: number) => string): string =>
  Array.from({ length: n }, (_, i) => one(i)).join('')
const drawing = (inside: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${String(WIDTH)}" height="${String(HEIGHT)}" viewBox="0 0 ${String(WIDTH)} ${String(HEIGHT)}">
  <defs>
    <linearGradient id="light" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="#fff" stop-opacity=".38"/><stop offset="1" stop-color="#1d2b26" stop-opacity=".22"/></linearGradient>
    <linearGradient id="sky" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#9fc3cf"/><stop offset="1" stop-color="#f4e3c3"/></linearGradient>
  </defs>${inside}${rect(0, 0, WIDTH, HEIGHT, 'url(#light)')}</svg>`

const leaf = (x: number, y: number, fill: string, turn: number): string =>
  path(
    'M0 0C24-14 30-52 0-84C-30-52-24-14 0 0Z',
    fill,
    `transform="translate(${String(x)} ${String(y)}) rotate(${String(turn)})"`,
  )

/** A sash window over a sink, herbs on the sill, a checked cloth. */
const kitchen = (): string =>
  drawing(
    rect(0, 0, 1200, 800, '#e9dcc0') +
      each(13, (i) => rect(i * 96 - 20, 0, 3, 520, '#d9c9a6')) +
      each(6, (i) => rect(0, i * 96 + 30, 1200, 3, '#d9c9a6')) +
      rect(330, 70, 540, 400, '#fffaf0') +
      rect(352, 92, 238, 356, 'url(#sky)') +
      rect(610, 92, 238, 356, 'url(#sky)') +
      path('M352 370C420 310 500 330 590 372V448H352Z', '#6f8f58') +
      path('M610 350C690 300 780 340 848 360V448H610Z', '#5e7d4b') +
      round(760, 170, 34, '#f6c860') +
      rect(352, 262, 496, 12, '#fffaf0') +
      rect(300, 462, 600, 26, '#b98a55') +
      each(3, (i) =>
        path(
          `M${String(420 + i * 150)} 400h70l-10 62h-50z`,
          ['#b0532f', '#2f6b5a', '#865400'][i] ?? '#b0532f',
        ),
      ) +
      each(3, (i) => each(5, (k) => leaf(455 + i * 150, 404, k % 2 ? '#4f7a3a' : '#6d9a4c', -50 + k * 25))) +
      rect(0, 520, 1200, 280, '#7a4f2b') +
      rect(0, 520, 1200, 22, '#94653b') +
      rect(420, 536, 360, 70, '#cfd6d2') +
      rect(440, 548, 320, 58, '#aab6b2') +
      path('M590 536V470q0-34 34-34t34 34v14h-18v-14q0-16-16-16t-16 16v66z', '#8d9995') +
      path('M860 524h250v180q-30 20-62 0t-62 0-62 0-64 0z', '#f7ead0') +
      each(6, (i) => rect(872 + i * 40, 524, 14, 176, '#b0532f', 'opacity=".55"')) +
      each(4, (i) => rect(860, 546 + i * 42, 250, 14, '#b0532f', 'opacity=".4"')) +
      path('M110 524q0-120 90-120t90 120z', '#0b5a57') +
      rect(190, 386, 20, 24, '#0b5a57') +
      path('M284 470q60-8 50-60l16-6q12 92-62 92z', '#0b5a57'),
  )

/** A level way into a garden of raised beds, with a bench. */
const garden = (): string =>
  drawing(
    rect(0, 0, 1200, 420, 'url(#sky)') +
      path('M0 360C200 270 380 340 560 300S980 250 1200 330V460H0Z', '#7d9b63') +
      rect(0, 400, 1200, 400, '#8fae6a') +
      path('M470 800L560 410H650L900 800Z', '#e3d2ac') +
      each(7, (i) => rect(560 - i * 15 + 4, 420 + i * 55, 100 + i * 46, 3, '#c9b58a')) +
      path('M60 560h330l-30-90H130z', '#5b3d24') +
      path('M60 560h330v90H60z', '#94653b') +
      each(6, (i) => rect(60, 572 + i * 14, 330, 2, '#7a4f2b')) +
      each(9, (i) => leaf(110 + i * 30, 540, i % 3 ? '#3f6b34' : '#6d9a4c', -20 + (i % 4) * 14)) +
      each(5, (i) =>
        round(120 + i * 58, 474 - (i % 2) * 18, 15, ['#d77e98', '#f0b541', '#b05b92'][i % 3] ?? '#f0b541'),
      ) +
      path('M830 540h330l-60-80H870z', '#5b3d24') +
      path('M830 540h330v84H830z', '#94653b') +
      each(5, (i) => rect(830, 552 + i * 14, 330, 2, '#7a4f2b')) +
      each(8, (i) => leaf(870 + i * 34, 520, i % 2 ? '#4f7a3a' : '#86a84f', -24 + (i % 5) * 12)) +
      each(4, (i) => round(890 + i * 66, 452 - (i % 2) * 14, 18, '#c8442f')) +
      rect(640, 330, 150, 12, '#5b3d24') +
      rect(640, 352, 150, 10, '#5b3d24') +
      rect(630, 382, 170, 14, '#6d4a2c') +
      rect(646, 396, 10, 34, '#5b3d24') +
      rect(774, 396, 10, 34, '#5b3d24') +
      rect(220, 180, 26, 220, '#5b3d24') +
      round(233, 170, 96, '#5e7d4b') +
      round(300, 210, 70, '#6f8f58') +
      round(170, 220, 66, '#6f8f58'),
  )

/** A long table laid for tea, bunting on the wall. */
const teaTable = (): string =>
  drawing(
    rect(0, 0, 1200, 470, '#dcebe4') +
      rect(0, 300, 1200, 170, '#2f6b5a') +
      each(10, (i) => rect(i * 124 + 20, 314, 84, 140, '#28604f')) +
      path('M0 60Q300 150 600 90T1200 70', 'none', 'stroke="#5a2853" stroke-width="5"') +
      each(12, (i) =>
        path(
          `M${String(40 + i * 98)} ${String(88 + Math.round(24 * Math.sin(i * 0.8)))}l60 2-28 74z`,
          ['#e39a17', '#b05b92', '#0b5a57', '#c8442f'][i % 4] ?? '#e39a17',
        ),
      ) +
      path('M0 800V500Q600 430 1200 500V800Z', '#f7ead0') +
      each(8, (i) =>
        path(
          `M${String(i * 160 - 20)} 800L${String(i * 130 + 110)} 470h30L${String(i * 160 + 40)} 800Z`,
          '#dd8660',
          'opacity=".22"',
        ),
      ) +
      round(330, 610, 92, '#fffdf7') +
      round(330, 610, 66, '#f3e2c8') +
      each(4, (i) =>
        path(
          `M${String(286 + i * 26)} ${String(630 - (i % 2) * 34)}h44l-8-34h-28z`,
          i % 2 ? '#a8642e' : '#c98a4b',
        ),
      ) +
      path('M560 560q0-110 110-110t110 110q0 70-40 92H600q-40-22-40-92z', '#5a2853') +
      rect(640, 424, 60, 30, '#5a2853') +
      round(670, 418, 14, '#e39a17') +
      path('M560 540q-70-10-80-80l26-6q14 50 62 56z', '#5a2853') +
      path('M776 500q80-6 74 60t-80 50v-22q54 8 56-28t-52-34z', '#5a2853') +
      each(3, (i) => {
        const x = [930, 1060, 150][i] ?? 930
        const y = [600, 670, 700][i] ?? 600
        return (
          `<ellipse cx="${String(x)}" cy="${String(y + 46)}" rx="86" ry="22" fill="#fffdf7"/>` +
          path(`M${String(x - 56)} ${String(y - 26)}h112q0 70-40 76h-32q-40-6-40-76z`, '#fffdf7') +
          `<ellipse cx="${String(x)}" cy="${String(y - 26)}" rx="56" ry="14" fill="#a8642e"/>`
        )
      }),
  )

/** A green front door between two plants, one step with a ramp beside it. */
const frontDoor = (): string =>
  drawing(
    rect(0, 0, 1200, 800, '#b0603f') +
      each(17, (row) =>
        each(11, (i) =>
          rect(i * 124 - (row % 2) * 62, row * 42, 118, 36, (i * 7 + row * 3) % 5 ? '#a4552f' : '#bb7048'),
        ),
      ) +
      rect(430, 90, 360, 570, '#f7f1e2') +
      rect(466, 190, 288, 470, '#0b5a57') +
      path('M466 176V150q144-60 288 0v26z', '#cfe3e6') +
      rect(496, 222, 104, 170, '#0a4f4c') +
      rect(620, 222, 104, 170, '#0a4f4c') +
      rect(496, 424, 104, 200, '#0a4f4c') +
      rect(620, 424, 104, 200, '#0a4f4c') +
      rect(560, 400, 100, 14, '#e39a17') +
      round(728, 440, 12, '#e39a17') +
      rect(840, 220, 210, 190, '#f7f1e2') +
      rect(856, 236, 178, 158, '#9fc3cf') +
      rect(856, 310, 178, 8, '#f7f1e2') +
      rect(0, 700, 1200, 100, '#8b8a7c') +
      rect(400, 656, 420, 46, '#c3bda9') +
      path('M820 656L1120 702H820Z', '#d5cfbb') +
      path('M1110 702V610h8v92zM830 656V566h8v90zM830 566l288 44v8l-288-44z', '#3d4240') +
      path('M280 700h110l-18-110h-74z', '#493c7c') +
      each(7, (i) => leaf(335, 600, i % 2 ? '#4f7a3a' : '#6d9a4c', -60 + i * 20)) +
      each(5, (i) => round(275 + i * 30, 520 - (i % 2) * 30, 16, '#f0b541')),
  )

export const DRAWINGS = { kitchen, garden, teaTable, frontDoor } as const
