import { describe, expect, it } from "vitest";
import { alarm } from "../fake/fakeBed";
import { SIGNALS } from "../fake/signals";
import { alarmText } from "../../src/i18n/alarmText";
import { Speech } from "../../src/i18n/language";
import { SignalNames } from "../../src/i18n/signals";

const names = new SignalNames(SIGNALS);

describe("alarmText", () => {
  it.each([
    ["en", { event: "MDC_EVT_DESAT", text: "Desat!" }, "Desat!"],
    ["en", { event: "MDC_EVT_DESAT", text: "" }, "Desaturation"],
    ["fr", { event: "MDC_EVT_DESAT", text: "Desat!" }, "Désaturation"],
    ["fr", { event: "MDC_EVT_LO_VAL_LT_LIM", text: "SpO2 low", source: "MDC_PULS_OXIM_SAT_O2" }, "SpO2 basse"],
    ["fr", { event: "VENDOR_77", text: "Pump door open" }, "Pump door open"],
    ["fr", { event: "VENDOR_77", text: "" }, "VENDOR_77"],
  ] as const)("alarmText_%s %j_%s", (language, parts, text) => {
    expect(alarmText(alarm("a", 0, parts), new Speech(language), names)).toBe(text);
  });
});
