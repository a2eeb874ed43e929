import { useEffect, useRef, useState } from "preact/hooks";
import { inBedOrder } from "../../state/ward";
import { gridFor } from "../../state/grid";
import { usePage } from "../page/pageContext";
import { Tile } from "../tile/Tile";
import "./wall.css";

const GAP_PX = 8;

/** All beds, in their places. */
export function Wall() {
  const { model, speech } = usePage();
  const element = useRef<HTMLElement>(null);
  const [room, setRoom] = useState({ width: 0, height: 0 });

  useEffect(() => {
    const sizes = new ResizeObserver(([entry]) => {
      if (entry !== undefined) setRoom({ width: entry.contentRect.width, height: entry.contentRect.height });
    });
    if (element.current !== null) sizes.observe(element.current);
    return () => sizes.disconnect();
  }, []);

  const beds = inBedOrder(model.ward.beds);
  const manyWards = new Set(beds.map((bed) => bed.ward)).size > 1;
  const grid = gridFor(beds.length, room.width, room.height, GAP_PX);
  const layout = { gridTemplateColumns: `repeat(${grid.columns}, minmax(0, 1fr))`, gridAutoRows: `${grid.rowPx}px`, gap: `${GAP_PX}px` };
  return (
    <main class="wall" ref={element}>
      {beds.length === 0 && <p class="nothing">{speech.say("app.noBeds")}<small>{speech.say("app.noBedsHint")}</small></p>}
      <div class="wall-grid" style={layout}>
        {beds.map((bed) => <Tile key={bed.key} bed={bed} heardMs={model.ward.heard[bed.index]} ward={manyWards ? bed.ward : ""} />)}
      </div>
    </main>
  );
}
