import { describe, expect, it } from "vitest";
import { bedOfPath, isReplay, replayNetworkPath, replayOfQuery, replayPath, viewOfPath } from "../src/route";

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

describe("viewOfPath", () => {
  it.each([
    ["/", { bed: null, network: false }], ["/network", { bed: null, network: true }], ["/network/", { bed: null, network: true }],
    ["/bed/icu1/network", { bed: "icu1/network", network: false }], ["/networks", { bed: null, network: false }],
  ])("viewOfPath_%s_IsWhatIsLookedAt", (path, view) => {
    expect(viewOfPath(path)).toEqual(view);
  });

  it("replayNetworkPath_ASession_ReadBack", () => {
    const path = replayNetworkPath("a1&b");
    expect(replayOfQuery(path.slice(path.indexOf("?")))).toEqual({ session: "a1&b", bed: null, network: true });
  });
});
