import { describe, expect, it } from "vitest";
import { gridFor } from "../../src/state/grid";

const GAP_PX = 8;

describe("gridFor", () => {
  it.each([1, 2, 4, 8, 12, 16])("gridFor_%i beds on a full HD wall_FitWithoutScrolling", (count) => {
    const { columns, rowPx } = gridFor(count, 1_618, 990, GAP_PX);

    const rows = Math.ceil(count / columns);
    expect(rows * rowPx + (rows - 1) * GAP_PX).toBeLessThanOrEqual(990);
  });

  it("gridFor_Phone_OneColumn", () => {
    expect(gridFor(12, 374, 700, GAP_PX).columns).toBe(1);
  });

  it("gridFor_SixtyFourBeds_ScrollsAtAReadableSize", () => {
    const { columns, rowPx } = gridFor(64, 1_618, 990, GAP_PX);

    expect((1_618 - GAP_PX * (columns - 1)) / columns).toBeGreaterThanOrEqual(296);
    expect(rowPx).toBeGreaterThanOrEqual(216);
  });
});
