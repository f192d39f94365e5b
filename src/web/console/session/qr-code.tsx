import encodeQr from 'qr';
import { useMemo } from 'react';

// The width of the quiet zone around the code, in modules (ISO/IEC 18004, section 9.1).
const QUIET_ZONE_MODULES = 4;

/** Always dark on white, also in dark mode, because cameras need the contrast. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const rows = useMemo(() => encodeQr(text, 'raw', { border: QUIET_ZONE_MODULES }), [text]);
  const path = rows
    .flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : '')))
    .join('');
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${rows.length} ${rows.length}`}
      width={184}
      height={184}
      shapeRendering="crispEdges"
    >
      <rect width={rows.length} height={rows.length} fill="#fff" rx={2} />
      <path d={path} fill="#000" />
    </svg>
  );
}
