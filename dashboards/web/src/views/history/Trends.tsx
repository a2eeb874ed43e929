import { useEffect, useState } from "preact/hooks";
import { Refused } from "../../hub/ask";
import type { SeriesDto } from "../../hub/contract";
import { fetchSeries } from "../../hub/history";
import { groupsOf } from "../../state/trends";
import { usePage } from "../page/pageContext";
import { TrendChart } from "./TrendChart";

const HOUR_MS = 3_600_000;
const SPANS_H: readonly number[] = [1, 8, 24, 72];
/** A chart of so long a span is asked for anew when it has moved by a pixel or so. */
const STEPS_IN_SPAN = 360;

interface TrendsProps {
  readonly bed: string;
  readonly onLook: (ms: number) => void;
}

/** The bed's numbers over the last hours; the charts end now, so a bed that fell silent shows for how long. */
export function Trends({ bed, onLook }: TrendsProps) {
  const { now, speech } = usePage();
  const [hours, setHours] = useState(1);
  const [series, setSeries] = useState<readonly SeriesDto[] | null>(null);
  const [trouble, setTrouble] = useState(false);
  const stepMs = (hours * HOUR_MS) / STEPS_IN_SPAN;
  const toMs = Math.ceil(now.logMs / stepMs) * stepMs;

  useEffect(() => {
    let isOver = false;
    void fetchSeries(bed).then((answer) => {
      if (isOver) return;
      setTrouble(answer instanceof Refused);
      if (!(answer instanceof Refused)) setSeries(answer.series);
    });
    return () => { isOver = true; };
  }, [bed, toMs]);

  return (
    <section class="past" aria-label={speech.say("past.trends")}>
      <div class="past-bar" role="group" aria-label={speech.say("past.span")}>
        {SPANS_H.map((each) => <button key={each} type="button" data-span={each} aria-pressed={each === hours} onClick={() => setHours(each)}>{each} h</button>)}
        <small>{speech.say("past.hint")}</small>
      </div>
      {trouble && <p class="past-trouble" role="status">{speech.say("past.trouble")}</p>}
      {series?.length === 0 && <p class="nothing">{speech.say("past.nothing")}</p>}
      {groupsOf(series ?? []).map((group) => <TrendChart key={group.key} bed={bed} group={group} fromMs={toMs - hours * HOUR_MS} toMs={toMs} onLook={onLook} />)}
    </section>
  );
}
