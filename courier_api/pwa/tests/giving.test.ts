/** Who may have a result, as far as a phone can tell; and which steps a visit has. */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { type RuleFile, RuleTable } from "../src/acts/rules.ts";
import { givingFacts, liesAtThePost, recipientClass, sealedParcels } from "../src/giving/facts.ts";
import { learned } from "../src/sync/day.ts";
import type { Here } from "../src/visit/here.ts";
import { steps } from "../src/visit/steps.ts";
import { view } from "../src/visit/view.ts";
import { aCase, aDay, aNote, aParcel, aParty, aResult, aVisit, given } from "./days.ts";

const TABLE = new RuleTable(
  JSON.parse(readFileSync(new URL("../../../backend/acts/rules/0001.json", import.meta.url), "utf8")) as RuleFile,
);
const TODAY = "2026-11-25";
const paper = aResult("r1", "P9", "courier");
const parcel = aParcel("P9", "courier");
const give = [given("r1")];

interface Met {
  party?: string;
  party_id?: string;
}

function here(met: Met | null, one: object = {}, part: object = {}, more: ReturnType<typeof aNote>[] = []): Here {
  const shown = aVisit("v1", "A", { purpose: "deliver", state: "arrived", give, ...part });
  const known = learned(
    null,
    aDay({
      full: true,
      visits: [shown],
      cases: [
        aCase("A", {
          papers: [paper],
          parcels: [parcel],
          parties: [aParty("o", "owner"), aParty("m", "recipient", { relation: "parent" })],
          ...one,
        }),
      ],
    }),
    new Set(),
  );
  const notes = met ? [aNote("check_identity", "v1", "A", { means: "card_seen", ...met }), ...more] : more;
  return { part: shown, one: known.cases.A, view: view(known, shown, notes), forms: [] };
}

const mayHave = (at: Here, of_age: boolean | null = null) => {
  const found = TABLE.judge("case", "out_for_hand_over", "hand_over_result", givingFacts(TABLE, at, TODAY, of_age));
  return found.allowed ? "yes" : found.reason;
};
const OWNER = { party: "owner", party_id: "o" };
const MOTHER = { party: "recipient", party_id: "m" };
const STRANGER = { party: "recipient" };

it("each class of recipients lets in who fits it", () => {
  for (const [recipient_class, owner, mother, stranger] of [
    ["owner", "yes", "guard:recipient_fits", "guard:recipient_fits"],
    ["registered", "yes", "yes", "guard:recipient_fits"],
    ["household", "yes", "yes", "yes"],
    [null, "yes", "guard:recipient_fits", "guard:recipient_fits"],
  ] as const) {
    const found = [OWNER, MOTHER, STRANGER].map((met) => mayHave(here(met, { recipient_class })));
    expect(found, String(recipient_class)).toEqual([owner, mother, stranger]);
  }
});

it("nobody has it before they were looked at", () => {
  expect(mayHave(here(null, { recipient_class: "household" }))).toBe("guard:identity_checked");
});

it("not a child, not by a letter that has ended, not before its day, not while money is owed", () => {
  const open = { recipient_class: "registered" };
  expect(mayHave(here(MOTHER, open), false)).toBe("guard:recipient_fits");
  const letter = (authority_until: string) => ({
    ...open,
    parties: [aParty("m", "recipient", { authority: "introduction", authority_until })],
  });
  expect(mayHave(here(MOTHER, letter("2026-11-24")))).toBe("guard:authority_live");
  expect(mayHave(here(MOTHER, letter(TODAY)))).toBe("yes");
  expect(mayHave(here(OWNER, { ...open, result_from: "2026-11-26" }))).toBe("guard:change_waits");
  expect(mayHave(here(OWNER, { ...open, result_from: TODAY }))).toBe("yes");
  const owed = [{ charge_id: "c", line: "cuoc", amount: 26_000, due_at: "return", state: "due" }];
  expect(mayHave(here(OWNER, { ...open, charges: owed }))).toBe("guard:charges_due_at_return");
});

it("a mandate that was taken back stops it on the road", () => {
  const mandate = (state: string, last_day: string | null) => ({
    mandate_id: "x",
    party_id: "m",
    authority: "mandate",
    kinship_proved: false,
    from_day: "2026-11-01",
    last_day,
    state,
  });
  const at = (state: string, last_day: string | null) =>
    mayHave(here(MOTHER, { recipient_class: "registered", mandates: [mandate(state, last_day)] }));
  expect([at("in_force", null), at("in_force", TODAY), at("in_force", "2026-11-24"), at("revoked", null)]).toEqual([
    "yes",
    "yes",
    "guard:authority_live",
    "guard:authority_live",
  ]);
});

it("an old paper is given up against the result", () => {
  const take = [
    { component: "old", name: "old", originals: 1, copies: 0, original: null, surrender: true, when: null },
  ];
  expect(mayHave(here(OWNER, {}, { take }))).toBe("guard:old_papers_due");
  const old = aNote("take_papers", "v1", "A", { papers: [{ id: "p", component: "old" }] });
  expect(mayHave(here(OWNER, {}, { take }, [old]))).toBe("yes");
});

it("who is met says as what they receive", () => {
  expect([OWNER, MOTHER, STRANGER].map((met) => recipientClass(here(met)))).toEqual([
    "owner",
    "registered",
    "household",
  ]);
});

it("an envelope is open from the opening to the next seal", () => {
  const opened = aNote("open_result", "v1", "A", { parcel_id: "P9" });
  const resealed = aNote("reseal", "v1", "A", { parcel_id: "P9" });
  expect(sealedParcels(here(OWNER))).toEqual(["P9"]);
  expect(sealedParcels(here(OWNER, {}, {}, [opened]))).toEqual([]);
  expect(sealedParcels(here(OWNER, {}, {}, [opened, resealed]))).toEqual(["P9"]);
});

it("a visit has the steps of what changes hands", () => {
  const names = (at: Here) => steps(at).map((one) => one.step);
  expect(names(here(OWNER))).toEqual(["identity", "opening", "receipt", "handing", "end"]);
  const opened = aNote("open_result", "v1", "A", { parcel_id: "P9" });
  expect(names(here(OWNER, {}, {}, [opened]))).toContain("reseal");
  expect(names(here(OWNER, {}, { purpose: "return_papers" }))).toEqual(["identity", "receipt", "handing", "end"]);
  expect(names(here(OWNER, {}, { purpose: "collect", give: [] }))).toEqual([
    "identity",
    "notice",
    "consents",
    "papers",
    "photographs",
    "money",
    "signature",
    "seal",
    "end",
  ]);
});

it("a result lies at the post until it is taken along, also before the centre has heard of it", () => {
  const one = { papers: [aResult("r1", "P9", "unit")], parcels: [aParcel("P9", "unit")] };
  const received = { ...aNote("receive", "v1", "A"), body: { parcel_ids: ["P9"] } };
  expect(liesAtThePost(here(OWNER, one))).toBe(true);
  expect(liesAtThePost(here(OWNER, one, {}, [received]))).toBe(false);
  expect(liesAtThePost(here(OWNER))).toBe(false);
});
