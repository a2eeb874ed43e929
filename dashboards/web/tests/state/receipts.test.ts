import { describe, expect, it } from "vitest";
import { Receipts } from "../../src/state/receipts";

describe("Receipts", () => {
  it("due_TheSameAlarmDrawnTwice_SaidOnce", () => {
    const receipts = new Receipts();

    expect(receipts.due([{ ward: "icu1", sequence: 4 }, { ward: "icu2", sequence: 9 }])).toHaveLength(2);
    expect(receipts.due([{ ward: "icu1", sequence: 4 }, { ward: "icu2", sequence: 10 }])).toEqual([{ ward: "icu2", sequence: 10 }]);
  });

  it("restart_AnotherConnection_SaidAnew", () => {
    const receipts = new Receipts();
    receipts.due([{ ward: "icu1", sequence: 4 }]);

    receipts.restart();

    expect(receipts.due([{ ward: "icu1", sequence: 4 }])).toHaveLength(1);
  });
});
