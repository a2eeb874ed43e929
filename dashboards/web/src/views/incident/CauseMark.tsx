import { usePage } from "../page/pageContext";

/** One shape for each cause, told apart without any colour. */
const SHAPES: Readonly<Record<string, string>> = {
  sensor: "M3 13h4l2-6 4 12 3-9 1 3h4",
  device: "M3 5h18v11H3zM9 20h6M12 16v4M6 11h3l1-3 2 5 1-2h5",
  gateway: "M3 14h18v6H3zM7 17h.1M11 17h.1M12 14V9M8.5 7a5 5 0 0 1 7 0M6 4.5a8.5 8.5 0 0 1 12 0",
  cell: "M12 9l-5 12M12 9l5 12M9 16h6M12 9h.1M8 5a5.5 5.5 0 0 0 0 8M16 5a5.5 5.5 0 0 1 0 8M5 2.5a9.5 9.5 0 0 0 0 13M19 2.5a9.5 9.5 0 0 1 0 13",
  slice: "M12 3l9 4.5-9 4.5-9-4.5zM3 12l9 4.5 9-4.5M3 16.5L12 21l9-4.5",
  core: "M4 4h16v6H4zM4 14h16v6H4zM8 7h.1M8 17h.1M12 7h4M12 17h4",
  backhaul: "M3 12h5M16 12h5M8 8v8M16 8v8M10.5 9l3 6M13.5 9l-3 6",
  agent: "M5 5h14v14H5zM9 9h6v6H9zM9 2v3M15 2v3M9 19v3M15 19v3M2 9h3M2 15h3M19 9h3M19 15h3",
  clock: "M12 3a9 9 0 1 0 .01 0zM12 7v5l4 2",
};

/** The cause of an incident: its shape and its word. */
export function CauseMark({ cause }: { readonly cause: string }) {
  const { speech } = usePage();
  const shape = SHAPES[cause];
  return (
    <span class="cause">
      {shape !== undefined && <svg viewBox="0 0 24 24" aria-hidden="true"><path d={shape} /></svg>}
      {speech.name("cause", cause)}
    </span>
  );
}
