// A bar chart as SVG: groups of bars on a logarithmic scale, each bar with its figure. Plain rectangles and text: no package is needed for that.

const BAR = 16;
const GAP = 14;
const LEFT = 190;
const WIDTH = 460;
const COLOURS = ['#1b6ca8', '#7fb2d9', '#b0b0b0', '#d98b3a', '#7a9e3f'];

const escaped = (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');
const text = (x, y, content, more = '') => `<text x="${x}" y="${y}"${more}>${escaped(content)}</text>`;

/**
 * `groups`: rows of { name, bars: [{ name, value }] }; the same names have the same colours. Values from `least` to `most` fill the width.
 */
export function barChart({ title, unit, groups, least, most }) {
  const names = [...new Set(groups.flatMap(({ bars }) => bars.map(({ name }) => name)))];
  const width = (value) => Math.max(1, (WIDTH * Math.log(value / least)) / Math.log(most / least));
  const out = [];
  let y = 40;
  for (const { name, bars } of groups) {
    out.push(text(10, y + 12, name, ' font-weight="bold"'));
    for (const bar of bars) {
      const w = width(bar.value).toFixed(1);
      const colour = COLOURS[names.indexOf(bar.name) % COLOURS.length];
      out.push(`<rect x="${LEFT}" y="${y}" width="${w}" height="${BAR - 3}" fill="${colour}"/>`);
      out.push(text((LEFT + Number(w) + 6).toFixed(1), y + 11, `${bar.value.toFixed(1)} ${unit}, ${bar.name}`));
      y += BAR;
    }
    y += GAP;
  }
  const all = LEFT + WIDTH + 190;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${all} ${y}" font-family="sans-serif" font-size="11">
<rect width="${all}" height="${y}" fill="white"/>
${text(10, 22, title, ' font-size="14"')}
${out.join('\n')}
</svg>
`;
}
