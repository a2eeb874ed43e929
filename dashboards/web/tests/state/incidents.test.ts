import { describe, expect, it } from "vitest";
import { bedsText, incidentText } from "../../src/i18n/incidentText";
import { Speech } from "../../src/i18n/language";
import { SignalNames } from "../../src/i18n/signals";
import { incidentsOf, placeOf } from "../../src/state/incidents";
import { SIGNALS } from "../fake/signals";

const names = new SignalNames(SIGNALS);
const mark = (parts: object) => ({ id: "i", what: "silent", cause: "cell", subject: "chu/icu1/_cell-3A1F", sinceMs: 0, beds: ["icu1/bed-01", "icu1/bed-02"], ...parts });

describe("incidents", () => {
  it.each([
    ["chu/icu1/_cell-3A1F", { kind: "cell", name: "3A1F", bed: "", signal: "" }],
    ["chu/_cell-pci-7", { kind: "cell", name: "pci-7", bed: "", signal: "" }],
    ["chu/_slice-1-000001", { kind: "slice", name: "1-000001", bed: "", signal: "" }],
    ["chu/_core", { kind: "core", name: "core", bed: "", signal: "" }],
    ["chu/icu1/_backhaul", { kind: "backhaul", name: "backhaul", bed: "", signal: "" }],
    ["chu/icu1/bed-03/mon1", { kind: "device", name: "mon1", bed: "icu1/bed-03", signal: "" }],
    ["chu/icu1/bed-03/mon1/MDC_PULS_OXIM_SAT_O2", { kind: "stream", name: "mon1", bed: "icu1/bed-03", signal: "MDC_PULS_OXIM_SAT_O2" }],
    ["agent", { kind: "other", name: "agent", bed: "", signal: "" }],
    ["", { kind: "other", name: "", bed: "", signal: "" }],
  ])("placeOf_%s_IsWhereItSays", (subject, place) => {
    expect(placeOf(subject)).toEqual(place);
  });

  it.each([
    [{}, "Cell 3A1F: silent", "Cellule 3A1F : silence", "2 beds"],
    [{ beds: ["icu1/bed-01"] }, "Cell 3A1F: silent", "Cellule 3A1F : silence", "Bed 01"],
    [{ subject: "chu/icu1/bed-03/gw1", cause: "gateway", what: "power", beds: ["icu1/bed-03"] }, "Gateway gw1, Bed 03: power lost", "Passerelle gw1, Lit 03 : alimentation coupée", ""],
    [{ subject: "chu/icu1/_ward/gw2", cause: "gateway" }, "Gateway gw2: silent", "Passerelle gw2 : silence", "2 beds"],
    [{ subject: "chu/icu1/bed-03/mon1", cause: "device", beds: ["icu1/bed-03"] }, "Bed 03, mon1: silent", "Lit 03, mon1 : silence", ""],
    [{ subject: "chu/icu1/bed-03/mon1/MDC_PULS_OXIM_SAT_O2", cause: "sensor", beds: ["icu1/bed-03"] }, "Bed 03, mon1 SpO2: silent", "Lit 03, mon1 SpO2 : silence", ""],
    [{ subject: "chu/_core", cause: "core" }, "5G core: silent", "Cœur 5G : silence", "2 beds"],
    [{ subject: "agent", cause: "agent", what: "stall", beds: [] }, "Agent: stood still", "Agent : à l’arrêt", ""],
    [{ what: "new_thing" }, "Cell 3A1F: new_thing", "Cellule 3A1F : new_thing", "2 beds"],
  ])("incidentText_%j_%s", (parts, english, french, beds) => {
    const incident = mark(parts);

    expect(incidentText(incident, new Speech("en"), names)).toBe(english);
    expect(incidentText(incident, new Speech("fr"), names)).toBe(french);
    expect(bedsText(incident, new Speech("en"))).toBe(beds);
  });

  it("incidentsOf_ABed_OnlyThoseThatTouchIt", () => {
    const all = [mark({ id: "a" }), mark({ id: "b", beds: ["icu1/bed-09"] })];

    expect(incidentsOf(all, "icu1/bed-09").map(({ id }) => id)).toEqual(["b"]);
    expect(incidentsOf(all, null)).toHaveLength(2);
  });
});
