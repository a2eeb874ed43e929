import { describe, expect, it } from "vitest";
import { bedOfPath, isReplay, replayOfQuery, replayPath } from "../src/route";

describe("route", () => {
  it("isReplay_OnlyTheReplaysAddress", () => {
    expect(["/replay", "/replay/", "/", "/bed/icu1/replay", "/replays"].map(isReplay)).toEqual([true, true, false, false, false]);
    expect(bedOfPath("/replay")).toBeNull();
  });

  it("replayPath_SessionAndBed_ReadBack", () => {
    const path = replayPath("a1&b", "icu1/bed-03");
    expect(replayOfQuery(path.slice(path.indexOf("?")))).toEqual({ session: "a1&b", bed: "icu1/bed-03", network: false });
    expect(replayOfQuery("")).toEqual({ session: null, bed: null, network: false });
  });
});
