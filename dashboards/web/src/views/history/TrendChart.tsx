import { useEffect, useRef, useState } from "preact/hooks";
import uPlot from "uplot";
import { Refused } from "../../hub/ask";
import type { SeriesDto, TrendDto } from "../../hub/contract";
import { fetchTrend } from "../../hub/history";
import { unitText } from "../../i18n/signals";
import { utcMoment, utcTime } from "../../i18n/times";
import { columnsOf, pointAt, type TrendGroup } from "../../state/trends";
import { usePage } from "../page/pageContext";
import { inkOf, toneOf } from "../palette";
import { chartOptions, joined } from "./chart";

const HEIGHT_PX = 128;

interface TrendChartProps {
  readonly bed: string;
  readonly group: TrendGroup;
  readonly fromMs: number;
  readonly toMs: number;
  /** A click asks for the waveforms of that time. */
  readonly onLook: (ms: number) => void;
}

/** One number over time, or the three of a pressure: mean as a line, least to greatest behind it, gaps as gaps. */
export function TrendChart({ bed, group, fromMs, toMs, onLook }: TrendChartProps) {
  const { now, speech, names } = usePage();
  const frame = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot>();
  const shown = useRef<readonly TrendDto[]>([]);
  const span = useRef({ fromMs, toMs });
  const look = useRef(onLook);
  const [trends, setTrends] = useState<readonly TrendDto[]>([]);
  const [trouble, setTrouble] = useState(false);
  const [cursorMs, setCursorMs] = useState<number | null>(null);
  span.current = { fromMs, toMs };
  look.current = onLook;

  useEffect(() => {
    const element = frame.current;
    if (element === null) return undefined;
    const inks = group.series.map((series) => inkOf(toneOf(series.signal)));
    const options = chartOptions({
      width: element.clientWidth, height: HEIGHT_PX, unit: group.series[0]?.unit ?? "", inks, span: () => span.current, trends: () => shown.current,
      onCursor: setCursorMs, onClick: (ms) => look.current(ms),
    });
    const plot = (chart.current = new uPlot(options, joined(group.series.map(() => [[], [], [], []])), element));
    const sizes = new ResizeObserver(([entry]) => {
      if (entry !== undefined && entry.contentRect.width > 0) plot.setSize({ width: entry.contentRect.width, height: HEIGHT_PX });
    });
    sizes.observe(element);
    return () => {
      sizes.disconnect();
      plot.destroy();
    };
  }, [group.key]);

  useEffect(() => {
    let isOver = false;
    const points = Math.max(100, Math.min(1_000, frame.current?.clientWidth ?? 600));
    void Promise.all(group.series.map(({ device, signal }) => fetchTrend(bed, device, signal, fromMs, toMs, points))).then((answers) => {
      if (isOver) return;
      const whole = answers.filter((answer) => !(answer instanceof Refused)) as TrendDto[];
      // Nothing kept in this span is an answer too; anything else is shown as trouble, with the old chart behind it.
      setTrouble(answers.some((answer) => answer instanceof Refused && answer.status !== 404));
      if (whole.length > 0 || answers.every((answer) => answer instanceof Refused && answer.status === 404)) setTrends(whole);
    });
    return () => { isOver = true; };
  }, [bed, group.key, fromMs, toMs]);

  useEffect(() => {
    shown.current = trends;
    const bySeries = group.series.map(({ signal }) => trends.find((trend) => trend.signal === signal));
    chart.current?.setData(joined(bySeries.map((trend) => (trend === undefined ? [[], [], [], []] : columnsOf(trend)))));
  }, [trends, group.key]);

  const lateCount = trends.reduce((sum, trend) => sum + trend.late.length, 0);
  const first = group.series[0];
  return (
    <figure class="trend" data-trend={first?.signal} data-trouble={trouble}>
      <figcaption>
        {group.series.map((series) => <b key={series.signal} style={{ color: inkOf(toneOf(series.signal)) }}>{names.label(series.signal, speech.language)}</b>)}
        <small>{unitText(first?.unit ?? "")}</small>
        <span class="trend-reading">{reading()}</span>
        {lateCount > 0 && <span class="trend-late">◇ {speech.say("past.late", { count: lateCount })}</span>}
        {trouble && <span class="past-trouble">{speech.say("past.trouble")}</span>}
      </figcaption>
      <div class="trend-chart" ref={frame} />
    </figure>
  );

  /** What stands under the cursor, or how old the newest value is. */
  function reading(): string {
    if (cursorMs !== null) {
      const values = group.series.map((series) => valueAt(series, cursorMs)).filter((text) => text !== "");
      return `${utcMoment(cursorMs)}  ${values.length === 0 ? speech.say("past.gap") : values.join("  ")}`;
    }
    const newestMs = Math.max(...trends.map((trend) => trend.timesMs.at(-1) ?? 0));
    return newestMs > 0 ? speech.say("past.newest", { time: utcTime(newestMs), age: speech.age(Math.max(0, now.logMs - newestMs)) }) : speech.say("past.nothing");
  }

  function valueAt(series: SeriesDto, ms: number): string {
    const trend = trends.find((other) => other.signal === series.signal);
    const point = trend === undefined ? undefined : pointAt(trend, ms);
    if (trend === undefined || point === undefined) return "";
    const { index } = point;
    const text = (value: number | undefined) => (value ?? Number.NaN).toFixed(trend.decimals);
    const range = trend.min[index] === trend.max[index] ? "" : ` (${text(trend.min[index])}–${text(trend.max[index])})`;
    return `${text(trend.mean[index])}${range}${point.isLate ? ` ◇ ${speech.say("past.lateOne")}` : ""}`;
  }
}
