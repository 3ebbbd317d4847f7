/** Line pictures of our own beside each wish; the words say it all, so they are not read out. */
const LINES: Readonly<Record<string, string>> = {
  wash: 'M6 34h52v6c0 8-6 14-14 14H20C12 54 6 48 6 40zM12 34V14c0-8 12-8 12 0M18 54v5M46 54v5',
  house: 'M6 32L32 10l26 22M14 26v30h36V26M26 56V38h12v18',
  meals: 'M32 18a15 15 0 1 0 0 30 15 15 0 0 0 0-30M6 10v12c0 5 6 5 6 0V10M9 26v28M56 54V10c-5 5-5 16 0 20',
  company:
    'M20 26a8 8 0 1 0 0-16 8 8 0 0 0 0 16M44 26a8 8 0 1 0 0-16 8 8 0 0 0 0 16M6 54c0-14 6-22 14-22s14 8 14 22M35 37c2-3 5-5 9-5 8 0 14 8 14 22',
  out: 'M8 12h48v32H8zM8 30h48M24 12v18M40 12v18M18 44a5 5 0 1 0 0 10 5 5 0 0 0 0-10M46 44a5 5 0 1 0 0 10 5 5 0 0 0 0-10',
  do: 'M22 48V14l30-6v34M22 48a7 6 0 1 1-14 0 7 6 0 0 1 14 0M52 42a7 6 0 1 1-14 0 7 6 0 0 1 14 0',
  break:
    'M10 24h34v18c0 8-6 12-12 12H22c-6 0-12-4-12-12zM44 28h5c9 0 9 14 0 14h-5M21 8c-4 4 4 6 0 10M33 8c-4 4 4 6 0 10',
  night: 'M40 8a25 25 0 1 0 16 34A22 22 0 0 1 40 8M50 14v8M46 18h8',
  work: 'M8 22h48v30H8zM24 22v-8h16v8M8 36h48M28 36v6h8v-6',
  better: 'M32 54C16 42 8 34 8 24c0-14 18-16 24-4 6-12 24-10 24 4 0 10-8 18-24 30z',
  nurse: 'M32 8a24 24 0 1 0 0 48 24 24 0 0 0 0-48M32 20v24M20 32h24',
  home: 'M20 20a12 12 0 1 0 0 24 12 12 0 0 0 0-24M32 32h26v10M48 32v8',
  forms: 'M14 6h26l10 10v42H14zM40 6v10h10M22 28h20M22 38h20M22 48h12',
  heard: 'M6 26v12h10l26 14V12L16 26zM50 24c5 4 5 12 0 16M18 40l4 14h6l-3-11',
  things: 'M16 44V28c0-24 32-24 32 0v16l6 6H10zM26 50c0 9 12 9 12 0',
}

export function WishPicture({ wish }: { wish: string }) {
  const line = LINES[wish]
  return line ? (
    <svg className="wish" viewBox="0 0 64 64" aria-hidden="true" focusable="false">
      <path d={line} />
    </svg>
  ) : null
}
