import type { SignalDto } from "../../src/hub/contract";

const ROWS: readonly (readonly [id: string, unit: string, en: string, fr: string])[] = [
  ["MDC_ECG_HEART_RATE", "/min", "Heart rate (ECG)", "FC"], ["MDC_PULS_OXIM_SAT_O2", "%", "SpO2", "SpO2"],
  ["MDC_PULS_OXIM_PULS_RATE", "/min", "Pulse rate (oximeter)", "Pouls SpO2"],
  ["MDC_PRESS_BLD_ART_ABP_SYS", "mm[Hg]", "ABP systolic", "PA sys"], ["MDC_PRESS_BLD_ART_ABP_DIA", "mm[Hg]", "ABP diastolic", "PA dia"],
  ["MDC_PRESS_BLD_ART_ABP_MEAN", "mm[Hg]", "ABP mean", "PAM"], ["MDC_PRESS_BLD_NONINV_SYS", "mm[Hg]", "NIBP systolic", "PNI sys"],
  ["MDC_PRESS_BLD_NONINV_DIA", "mm[Hg]", "NIBP diastolic", "PNI dia"], ["MDC_PRESS_BLD_NONINV_MEAN", "mm[Hg]", "NIBP mean", "PNI moy"],
  ["MDC_TTHOR_RESP_RATE", "/min", "Respiratory rate (impedance)", "FR thoracique"], ["MDC_TEMP", "Cel", "Temperature (generic)", "T°"],
  ["MDC_AWAY_CO2_ET", "mm[Hg]", "End-tidal CO2", "EtCO2"], ["MDC_ECG_ELEC_POTL_II", "mV", "ECG lead II", "ECG II"],
  ["MDC_PULS_OXIM_PLETH", "1", "Pleth", "Pléth"], ["MDC_PRESS_BLD_ART_ABP", "mm[Hg]", "ABP wave", "PA courbe"],
  ["MDC_IMPED_TTHOR", "Ohm", "Respiration (impedance)", "Resp"], ["MDC_AWAY_CO2", "mm[Hg]", "CO2 wave", "CO2"],
];

export const SIGNALS: readonly SignalDto[] = ROWS.map(([id, unit, labelEn, labelFr]) => ({
  id, code: 0, kind: "numeric", unit, labelEn, labelFr, decimals: id === "MDC_TEMP" ? 1 : 0,
}));
