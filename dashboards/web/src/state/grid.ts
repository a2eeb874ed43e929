export interface Grid {
  readonly columns: number;
  /** Height of a row, pixels; rows past the screen scroll. */
  readonly rowPx: number;
}

/** A tile smaller than this can't be read, so the wall scrolls instead. */
const LEAST_WIDTH = 296;
const LEAST_HEIGHT = 216;
const MOST_HEIGHT = 700;
/** Width to height at which a tile looks best. */
const ASPECT = 1.45;

/** How many columns show `count` tiles best in the room given; all of them without scrolling where that is possible. */
export function gridFor(count: number, widthPx: number, heightPx: number, gapPx: number): Grid {
  const most = Math.max(1, Math.floor((widthPx + gapPx) / (LEAST_WIDTH + gapPx)));
  let best: Grid = { columns: most, rowPx: LEAST_HEIGHT };
  let bestScore = Number.NEGATIVE_INFINITY;
  for (let columns = 1; columns <= Math.min(most, Math.max(1, count)); columns++) {
    const rows = Math.ceil(count / columns);
    const width = (widthPx - gapPx * (columns - 1)) / columns;
    const room = (heightPx - gapPx * (rows - 1)) / rows;
    const rowPx = Math.floor(Math.min(MOST_HEIGHT, Math.max(LEAST_HEIGHT, room)));
    const scrolled = Math.max(0, rows * (rowPx + gapPx) - gapPx - heightPx);
    const score = -scrolled * 10 - Math.abs(Math.log(width / rowPx / ASPECT)) * 1_000 + (width * rowPx) / 1_000;
    if (score > bestScore) {
      bestScore = score;
      best = { columns, rowPx };
    }
  }
  return best;
}
