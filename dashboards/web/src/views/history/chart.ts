import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import type { TrendDto } from "../../hub/contract";
import { rangeOf, type Columns } from "../../state/trends";

const AXIS = { stroke: "#a9b6c0", font: "12px DejaVu Sans, system-ui", grid: { stroke: "#1d262e", width: 1 }, ticks: { stroke: "#3a4650", width: 1 } };
const LATE_PX = 5;

interface ChartParts {
  readonly width: number;
  readonly height: number;
  /** UCUM. */
  readonly unit: string;
  /** Colour of each signal. */
  readonly inks: readonly string[];
  /** Asked each time it is drawn. */
  readonly span: () => { readonly fromMs: number; readonly toMs: number };
  readonly trends: () => readonly TrendDto[];
  readonly onCursor: (ms: number | null) => void;
  readonly onClick: (ms: number) => void;
}

/** Signals of their own times on one axis: where one has no point the others' lines go on. */
export function joined(columns: readonly Columns[]): uPlot.AlignedData {
  return uPlot.join(columns.map((each) => each as uPlot.AlignedData), columns.map((each) => each.map(() => 2)));
}

/** Three columns a signal: least and greatest are the edges of a band, the mean is its line. Times are UTC. */
export function chartOptions({ width, height, unit, inks, span, trends, onCursor, onClick }: ChartParts): uPlot.Options {
  const edge: uPlot.Series = { width: 0, points: { show: false } };
  return {
    width, height, tzDate: (s) => uPlot.tzDate(new Date(s * 1_000), "Etc/UTC"), legend: { show: false }, padding: [6, 8, 0, 0],
    cursor: { sync: { key: "trends" }, y: false, drag: { x: false, y: false }, points: { show: false } },
    scales: {
      x: { time: true, range: () => [span().fromMs / 1_000, span().toMs / 1_000] },
      y: { range: (_, least, greatest) => (least === null ? [null, null] : rangeOf(unit, least, greatest)) },
    },
    axes: [{ ...AXIS, size: 26, values: (_, seconds) => seconds.map(timeText) }, { ...AXIS, size: 46, space: 26 }],
    series: [{}, ...inks.flatMap((ink): uPlot.Series[] => [edge, edge, { stroke: ink, width: 1.6, spanGaps: false, points: { show: true, size: 4, fill: ink, filter: isolated } }])],
    bands: inks.map((ink, i) => ({ series: [3 * i + 2, 3 * i + 1], fill: `${ink}44` })),
    hooks: {
      setCursor: [(plot) => onCursor((plot.cursor.left ?? -1) < 0 ? null : plot.posToVal(plot.cursor.left ?? 0, "x") * 1_000)],
      draw: [(plot) => markLate(plot, trends())],
      ready: [(plot) => plot.over.addEventListener("click", () => onClick(plot.posToVal(plot.cursor.left ?? 0, "x") * 1_000))],
    },
  };
}

/** `06:30`, and the date where a day begins. */
function timeText(seconds: number): string {
  const text = new Date(seconds * 1_000).toISOString();
  return text.slice(11, 19) === "00:00:00" ? text.slice(5, 10) : text.slice(11, seconds % 60 === 0 ? 16 : 19);
}

/** A value alone between two gaps has no line: it gets a dot. */
function isolated(plot: uPlot, seriesIndex: number): number[] {
  const values = plot.data[seriesIndex] ?? [];
  const dots: number[] = [];
  let before: number | null | undefined = null;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (value === undefined) continue;
    if (value !== null && before === null && nextOf(values, i) === null) dots.push(i);
    before = value;
  }
  return dots;
}

function nextOf(values: ArrayLike<number | null | undefined>, index: number): number | null {
  for (let i = index + 1; i < values.length; i++) {
    const value = values[i];
    if (value !== undefined) return value;
  }
  return null;
}

/** A diamond around each point in which something came late. */
function markLate(plot: uPlot, trends: readonly TrendDto[]): void {
  const { ctx } = plot;
  const size = LATE_PX * devicePixelRatio;
  ctx.save();
  ctx.strokeStyle = "#fff";
  ctx.lineWidth = devicePixelRatio;
  ctx.beginPath();
  for (const trend of trends) {
    for (const index of trend.late) {
      const x = plot.valToPos((trend.timesMs[index] ?? 0) / 1_000, "x", true);
      const y = plot.valToPos(trend.mean[index] ?? 0, "y", true);
      if (x < plot.bbox.left || x > plot.bbox.left + plot.bbox.width) continue;
      ctx.moveTo(x, y - size);
      for (const [dx, dy] of [[size, 0], [0, size], [-size, 0], [0, -size]] as const) ctx.lineTo(x + dx, y + dy);
    }
  }
  ctx.stroke();
  ctx.restore();
}
