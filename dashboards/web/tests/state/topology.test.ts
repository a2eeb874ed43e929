import { describe, expect, it } from "vitest";
import type { NetworkDto } from "../../src/hub/contract";
import { topologyOf, shownPaths, type GatewayNode } from "../../src/state/topology";
import { CELL_A, CELL_B } from "../fake/fakeNetwork";
import { FakeWard } from "../fake/fakeWard";

const NOW = 1_000_000;

/** Twelve beds; 01 to 08 on the first cell but 06, of which the cell is unknown, 09 to 12 on the second. */
function unit(change: (ward: FakeWard) => void = () => undefined, rewire: (network: NetworkDto) => NetworkDto = (network) => network, dead = false) {
  const ward = new FakeWard(12, () => NOW);
  change(ward);
  return topologyOf(rewire(ward.network.dto(1, NOW)), ward.beds.map((bed) => bed.dto(NOW)), dead);
}

const states = (nodes: readonly { readonly name: string; readonly state: string }[]) => Object.fromEntries(nodes.map((node) => [node.name, node.state]));
const box = (gateways: readonly GatewayNode[], bed: string) => gateways.find((gateway) => gateway.bed === bed);

describe("topologyOf", () => {
  it("topologyOf_AllWell_CellsInOrderWithTheUnknownOneLast", () => {
    const tree = unit();

    expect(tree.cells.map((cell) => [cell.name, cell.up, cell.count])).toEqual([[CELL_A, 7, 7], [CELL_B, 4, 4], ["", 1, 1]]);
    expect(states(tree.cells)).toEqual({ [CELL_A]: "up", [CELL_B]: "up", "": "unknown" });
    expect([tree.backhaul.state, tree.core.state]).toEqual(["up", "unreached"]);
    expect(tree.slices).toMatchObject([{ name: "1-000001", state: "up", count: 11 }]);
  });

  it("topologyOf_ACellSilent_TheFaultIsThereAndItsSubtreeAffected", () => {
    const tree = unit((ward) => ward.network.silence(CELL_B, NOW));
    const [first, second] = tree.cells;

    expect([first?.state, second?.state, second?.what, second?.up]).toEqual(["up", "fault", "silent", 0]);
    expect(second?.gateways.every((gateway) => gateway.state === "affected" && gateway.devices.every((device) => device.state === "affected"))).toBe(true);
    expect(first?.gateways.every((gateway) => gateway.state === "up")).toBe(true);
    expect(tree.backhaul.state).toBe("up");
  });

  it("topologyOf_AGatewaySilent_TheFaultIsItsBoxAlone", () => {
    const tree = unit((ward) => ward.network.start({ cause: "gateway", subject: "chu/icu1/bed-02/gw1", beds: ["icu1/bed-02"] }));
    const gateways = tree.cells[0]?.gateways ?? [];

    expect(box(gateways, "icu1/bed-02")).toMatchObject({ name: "gw1", state: "fault", devices: [{ state: "affected" }] });
    expect(gateways.filter((gateway) => gateway.state !== "up")).toHaveLength(1);
  });

  it("topologyOf_ADevicesClock_TakesNothingWithIt", () => {
    const tree = unit((ward) => ward.network.start({ cause: "clock", what: "step", subject: "chu/icu1/bed-02/mon1", beds: ["icu1/bed-02"] }));

    expect(box(tree.cells[0]?.gateways ?? [], "icu1/bed-02")).toMatchObject({ state: "up", devices: [{ state: "fault", what: "step", heard: true }] });
  });

  it("topologyOf_TheCoreSilent_EverythingBelowIsAffectedAndTheBackhaulIsNot", () => {
    const tree = unit((ward) => {
      ward.network.silence(CELL_A, NOW);
      ward.network.silence(CELL_B, NOW);
      ward.network.incidents = [];
      ward.network.start({ cause: "core", subject: "chu/_core", beds: ward.beds.map((bed) => bed.key) });
    });

    expect([tree.backhaul.state, tree.core.state, ...tree.cells.map((cell) => cell.state), tree.slices[0]?.state]).toEqual(["unknown", "fault", "affected", "affected", "affected", "affected"]);
  });

  it("topologyOf_ASliceCongested_OnlyWhatRunsInItIsAffected", () => {
    const tree = unit((ward) => ward.network.start({ cause: "slice", what: "congestion", subject: "chu/_slice-1-000001", beds: ward.beds.map((bed) => bed.key) }));
    const unknown = tree.cells.find((cell) => cell.name === "")?.gateways[0]?.devices[0];

    expect(tree.slices[0]?.state).toBe("fault");
    expect(tree.cells[0]?.gateways[0]?.devices[0]).toMatchObject({ state: "affected", heard: true });
    expect(unknown?.state).toBe("up");
  });

  it("topologyOf_AnIncidentThatEnded_MarksNothing", () => {
    const tree = unit((ward) => ward.network.heal(ward.network.silence(CELL_B, NOW - 60_000), NOW));

    expect(states(tree.cells)).toMatchObject({ [CELL_B]: "up" });
  });

  it("topologyOf_NoWordOfThe5gSide_UnknownIsNotUp", () => {
    const tree = unit((ward) => (ward.network.configured = false));

    expect([tree.backhaul.state, tree.core.state, tree.cells.map((cell) => cell.state), tree.slices]).toEqual(["unknown", "unknown", ["unknown"], []]);
    expect(tree.cells[0]?.gateways).toHaveLength(12);
  });

  it("topologyOf_AFrozenPage_NothingIsUp", () => {
    const tree = unit(undefined, undefined, true);
    const all = [tree.backhaul, tree.core, ...tree.slices, ...tree.cells, ...tree.cells.flatMap((cell) => cell.gateways.flatMap((gateway) => [gateway, ...gateway.devices]))];

    expect(all.filter((node) => node.state !== "unknown")).toEqual([]);
  });

  it("topologyOf_SilentForSecondsButOfAGoodLink_IsNotUp", () => {
    const tree = unit((ward) => (ward.bed("bed-02").heardMs = NOW - 5_000), (network) => ({ ...network, paths: network.paths.map((path) => ({ ...path, link: "good" })) }));

    expect(box(tree.cells[0]?.gateways ?? [], "icu1/bed-02")).toMatchObject({ state: "lost", devices: [{ state: "lost", heard: false }] });
    expect(tree.cells[0]?.up).toBe(6);
  });

  it("shownPaths_AGatewayThatCarriesNothing_HasALineOfItsOwn", () => {
    const step = (value: string) => ({ step: "gateway", value, confidence: 1, from: "gateway", sinceMs: 0, planned: null });
    const { paths } = new FakeWard(1, () => NOW).network.dto(1, NOW);
    const of = (device: string, gateway: string) => paths.slice(0, 1).map((path) => ({ ...path, device, chain: [step(gateway)] }));
    const all = [...of("mon1", "icu1/bed-01/gw1"), ...of("gw1", "icu1/bed-01/gw1"), ...of("gw2", "icu1/bed-01/gw2")];

    expect(shownPaths(all).map((path) => path.device)).toEqual(["mon1", "gw2"]);
  });

  it("shownPaths_WhoeverSpokeFirst_InTheWallsOrder", () => {
    const { paths } = new FakeWard(3, () => NOW).network.dto(1, NOW);
    const mixed = ["icu1/bed-10", "icu2/bed-01", "icu1/bed-2"].map((bed, i) => ({ ...paths[i]!, bed }));

    expect(shownPaths(mixed).map((path) => path.bed)).toEqual(["icu1/bed-2", "icu1/bed-10", "icu2/bed-01"]);
  });

  it("topologyOf_AGatewayOfTwoBeds_OneBoxAndNotADeviceOfItsOwn", () => {
    const shared = { step: "gateway", value: "icu1/_ward/gw9", confidence: 1, from: "plan", sinceMs: 0, planned: null };
    const tree = unit(undefined, (network) => {
      const rewired = network.paths.slice(0, 2).map((path) => ({ ...path, chain: path.chain.map((step) => (step.step === "gateway" ? shared : step)) }));
      return { ...network, paths: [...rewired, ...rewired.slice(0, 1).map((path) => ({ ...path, bed: "icu1/_ward", device: "gw9" }))] };
    });

    expect(tree.cells[0]?.gateways).toMatchObject([{ name: "gw9", bed: "icu1/_ward", devices: [{ bed: "icu1/bed-01" }, { bed: "icu1/bed-02" }] }]);
  });
});
