/** Four half-square triangles: the smallest quilt block. The same drawing is public/favicon.svg. */
export function BrandMark() {
  return (
    <svg viewBox="0 0 64 64" aria-hidden="true" focusable="false">
      <path fill="#F2A51E" d="M0 0h64v64H0z" />
      <path fill="#0B4F4D" d="M0 0h32v32H0zM32 32h32v32H32z" />
      <path fill="#FAF4E8" d="M0 32L32 0V32Z" />
      <path fill="#7A2B0B" d="M32 64L64 32V64Z" />
      <path fill="#5A2853" d="M0 64L0 32H32Z" />
      <path fill="#FAF4E8" d="M64 0L64 32H32Z" />
    </svg>
  )
}
