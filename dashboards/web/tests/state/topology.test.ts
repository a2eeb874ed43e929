import { describe, expect, it } from "vitest";
import type { NetworkDto } from "../../src/hub/contract";
import { topologyOf, type GatewayNode } from "../../src/state/topology";
import { CELL_A, CELL_B } from "../fake/fakeNetwork";
import { FakeWard } from "../fake/fakeWard";

const NOW = 1_000_000;

/** Twelve beds; 01 to 08 on the first cell but 06, of which the cell is unknown, 09 to 12 on the second. */
function unit(change: (ward: FakeWard) => void = () => undefined): NetworkDto {
  const ward = new FakeWard(12, () => NOW);
  change(ward);
  return ward.network.dto(1, NOW);
}

const states = (nodes: readonly { readonly name: string; readonly state: string }[]) => Object.fromEntries(nodes.map((node) => [node.name, node.state]));
const box = (gateways: readonly GatewayNode[], bed: string) => gateways.find((gateway) => gateway.bed === bed);

describe("topologyOf", () => {
  it("topologyOf_AllWell_CellsInOrderWithTheUnknownOneLast", () => {
    const tree = topologyOf(unit(), false);

    expect(tree.cells.map((cell) => [cell.name, cell.up, cell.count])).toEqual([[CELL_A, 7, 7], [CELL_B, 4, 4], ["", 1, 1]]);
    expect(states(tree.cells)).toEqual({ [CELL_A]: "up", [CELL_B]: "up", "": "unknown" });
    expect([tree.backhaul.state, tree.core.state]).toEqual(["up", "unreached"]);
    expect(tree.slices).toMatchObject([{ name: "1-000001", state: "up", count: 11 }]);
  });

  it("topologyOf_ACellSilent_TheFaultIsThereAndItsSubtreeAffected", () => {
    const tree = topologyOf(unit((ward) => ward.network.silence(CELL_B, NOW)), false);
    const [first, second] = tree.cells;

    expect([first?.state, second?.state, second?.what, second?.up]).toEqual(["up", "fault", "silent", 0]);
    expect(second?.gateways.every((gateway) => gateway.state === "affected" && gateway.devices.every((device) => device.state === "affected"))).toBe(true);
    expect(first?.gateways.every((gateway) => gateway.state === "up")).toBe(true);
    expect(tree.backhaul.state).toBe("up");
  });

  it("topologyOf_AGatewaySilent_TheFaultIsItsBoxAlone", () => {
    const tree = topologyOf(unit((ward) => ward.network.start({ cause: "gateway", subject: "chu/icu1/bed-02/gw1", beds: ["icu1/bed-02"] })), false);
    const gateways = tree.cells[0]?.gateways ?? [];

    expect(box(gateways, "icu1/bed-02")).toMatchObject({ name: "gw1", state: "fault", devices: [{ state: "affected" }] });
    expect(gateways.filter((gateway) => gateway.state !== "up")).toHaveLength(1);
  });

  it("topologyOf_ADevicesClock_TakesNothingWithIt", () => {
    const tree = topologyOf(unit((ward) => ward.network.start({ cause: "clock", what: "step", subject: "chu/icu1/bed-02/mon1", beds: ["icu1/bed-02"] })), false);

    expect(box(tree.cells[0]?.gateways ?? [], "icu1/bed-02")).toMatchObject({ state: "up", devices: [{ state: "fault", what: "step", heard: true }] });
  });

  it("topologyOf_TheCoreSilent_EverythingBelowIsAffectedAndTheBackhaulIsNot", () => {
    const tree = topologyOf(unit((ward) => {
      ward.network.silence(CELL_A, NOW);
      ward.network.silence(CELL_B, NOW);
      ward.network.incidents = [];
      ward.network.start({ cause: "core", subject: "chu/_core", beds: ward.beds.map((bed) => bed.key) });
    }), false);

    expect([tree.backhaul.state, tree.core.state, ...tree.cells.map((cell) => cell.state), tree.slices[0]?.state]).toEqual(["unknown", "fault", "affected", "affected", "affected", "affected"]);
  });

  it("topologyOf_ASliceCongested_OnlyWhatRunsInItIsAffected", () => {
    const tree = topologyOf(unit((ward) => ward.network.start({ cause: "slice", what: "congestion", subject: "chu/_slice-1-000001", beds: ward.beds.map((bed) => bed.key) })), false);
    const unknown = tree.cells.find((cell) => cell.name === "")?.gateways[0]?.devices[0];

    expect(tree.slices[0]?.state).toBe("fault");
    expect(tree.cells[0]?.gateways[0]?.devices[0]).toMatchObject({ state: "affected", heard: true });
    expect(unknown?.state).toBe("up");
  });

  it("topologyOf_AnIncidentThatEnded_MarksNothing", () => {
    const tree = topologyOf(unit((ward) => ward.network.heal(ward.network.silence(CELL_B, NOW - 60_000), NOW)), false);

    expect(states(tree.cells)).toMatchObject({ [CELL_B]: "up" });
  });

  it("topologyOf_NoWordOfThe5gSide_UnknownIsNotUp", () => {
    const tree = topologyOf(unit((ward) => (ward.network.configured = false)), false);

    expect([tree.backhaul.state, tree.core.state, tree.cells.map((cell) => cell.state), tree.slices]).toEqual(["unknown", "unknown", ["unknown"], []]);
    expect(tree.cells[0]?.gateways).toHaveLength(12);
  });

  it("topologyOf_AFrozenPage_NothingIsUp", () => {
    const tree = topologyOf(unit(), true);
    const all = [tree.backhaul, tree.core, ...tree.slices, ...tree.cells, ...tree.cells.flatMap((cell) => cell.gateways.flatMap((gateway) => [gateway, ...gateway.devices]))];

    expect(all.filter((node) => node.state !== "unknown")).toEqual([]);
  });

  it("topologyOf_AGatewayOfTwoBeds_OneBoxAndNotADeviceOfItsOwn", () => {
    const network = unit();
    const [one, two] = network.paths;
    const shared = { step: "gateway", value: "icu1/_ward/gw9", confidence: 1, from: "plan", sinceMs: 0, planned: null };
    const rewired = [one, two].map((path) => ({ ...path!, chain: path!.chain.map((step) => (step.step === "gateway" ? shared : step)) }));
    const own = { ...rewired[0]!, bed: "icu1/_ward", device: "gw9" };
    const tree = topologyOf({ ...network, paths: [...rewired, own] }, false);

    expect(tree.cells[0]?.gateways).toMatchObject([{ name: "gw9", bed: "icu1/_ward", devices: [{ bed: "icu1/bed-01" }, { bed: "icu1/bed-02" }] }]);
  });
});
