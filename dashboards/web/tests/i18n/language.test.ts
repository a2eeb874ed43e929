import { describe, expect, it } from "vitest";
import { en } from "../../src/i18n/en";
import { fr } from "../../src/i18n/fr";
import { chooseLanguage, Speech } from "../../src/i18n/language";

const holes = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([hole]) => hole).sort();

describe("catalogues", () => {
  it("catalogues_EnglishAndFrench_HaveTheSameKeys", () => {
    expect(Object.keys(fr).sort()).toEqual(Object.keys(en).sort());
  });

  it("catalogues_EveryKey_HasTheSameHolesInBoth", () => {
    for (const key of Object.keys(en) as (keyof typeof en)[]) {
      expect(holes(fr[key]), key).toEqual(holes(en[key]));
      expect(fr[key], key).not.toBe("");
    }
  });
});

describe("chooseLanguage", () => {
  it.each([
    [null, ["fr-FR", "en"], "fr"], [null, ["de-DE", "fr"], "fr"], [null, ["en-GB", "fr"], "en"],
    [null, ["de"], "en"], ["fr", ["en-GB"], "fr"], ["xx", ["fr-CA"], "fr"],
  ] as const)("chooseLanguage_Remembered %s of %j_%s", (remembered, browser, chosen) => {
    expect(chooseLanguage(remembered, browser)).toBe(chosen);
  });
});

describe("Speech", () => {
  it("age_AnyLength_IsShort", () => {
    const speech = new Speech("fr");

    expect([400, 4_200, 64_000, 3_000_000, 7_300_000, 90_000_000].map((ms) => speech.age(ms))).toEqual(["< 1 s", "4 s", "1 min 4 s", "50 min", "2 h 1 min", "1 j 1 h"]);
  });

  it("bed_NumberedName_AsStaffSayIt", () => {
    expect([new Speech("fr").bed("bed-03"), new Speech("en").bed("bed-03"), new Speech("en").bed("iso-A")]).toEqual(["Lit 03", "Bed 03", "iso-A"]);
  });

  it("name_NotInTheCatalogue_ShownAsItCame", () => {
    expect(new Speech("fr").name("cause", "satellite")).toBe("satellite");
  });
});
