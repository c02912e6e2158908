/** Line drawings of the demo's products as SVG, on a grid of 64. Other products get a plain box. */
const drawings = new Map(
  Object.entries({
    "kopi-gayo": [
      '<path d="M20 14h24l3 9v27a3 3 0 0 1-3 3H20a3 3 0 0 1-3-3V23z"/>',
      '<path d="M17 23h30M22 14v-3h20v3"/>',
      '<ellipse cx="32" cy="38" rx="6" ry="8.5" transform="rotate(24 32 38)"/>',
      '<path d="M35 30.5c-4 4-2 10-6 15"/>',
    ],
    "batik-lasem": [
      '<path d="M12 17h32a6 6 0 0 1 6 6v26H18a6 6 0 0 1-6-6z"/>',
      '<path d="M44 17a6 6 0 0 0-6 6v0"/>',
      '<path d="M24 27c4 0 4 6 8 6s4-6 8-6M24 37c4 0 4 6 8 6s4-6 8-6"/>',
      '<path d="M20 49v4M26 49v4M32 49v4M38 49v4M44 49v4"/>',
    ],
    "teh-melati": [
      '<path d="M14 27h29v15a10 10 0 0 1-10 10h-9a10 10 0 0 1-10-10z"/>',
      '<path d="M43 31h3a6 6 0 0 1 0 12h-3M11 56h35"/>',
      '<path d="M25 27v7"/>',
      '<rect x="21" y="34" width="8" height="9" rx="1.5"/>',
      '<path d="M23 20c0-3 3-3 3-6m6 6c0-3 3-3 3-6"/>',
    ],
    "keramik-kasongan": [
      '<path d="M11 29h42c0 11-7 19-15 20v4H26v-4c-8-1-15-9-15-20z"/>',
      '<path d="M14 37c6 3 9-3 14 0s8 3 13 0 6 0 9-.5"/>',
      '<path d="M26 21c0-3 3-3 3-6m6 6c0-3 3-3 3-6"/>',
    ],
    "voucher-kelas": [
      '<path d="M9 21h46v7a4 4 0 0 0 0 8v7H9v-7a4 4 0 0 0 0-8z"/>',
      '<path d="M40 21v3m0 4v3m0 3v3m0 3v3"/>',
      '<path d="M18 36c3-8 6 2 9-4s4-3 6-2"/>',
    ],
    "tas-rotan": [
      '<path d="M13 29h38l-4 21a4 4 0 0 1-4 3H21a4 4 0 0 1-4-3z"/>',
      '<path d="M22 29c0-20 20-20 20 0"/>',
      '<path d="M15 37h34M16.500 45h31M24 29l2 24M32 29v24M40 29l-2 24"/>',
    ],
    "kursi-jati": [
      '<path d="M21 35V11h22v24"/>',
      '<path d="M21 18h22M21 25h22"/>',
      '<path d="M17 35h30v6H17zM20 41v13M44 41v13M20 48h24"/>',
    ],
    "sepeda-lipat": [
      '<circle cx="17" cy="44" r="8.500"/>',
      '<circle cx="47" cy="44" r="8.500"/>',
      '<path d="M17 44l9-14h15l6 14M26 30l6 14H17M32 44l9-14-1.500-8M35 20h7M22 26h8"/>',
    ],
  }),
);

const box = ['<path d="M32 11l19 9v24l-19 9-19-9V20z"/>', '<path d="M13 20l19 9 19-9M32 29v24"/>'];

/** The content of an SVG with a viewBox of 64, no fill and a stroke of 1.75. */
export const getDrawing = (productId: string): string => (drawings.get(productId) ?? box).join("");
