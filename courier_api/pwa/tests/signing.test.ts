/** In which modes a paper may be signed, and who may sign for the owner. */
import { expect, it } from "vitest";
import { acting, signing } from "../src/signing/modes.ts";
import type { Case } from "../src/sync/day.ts";
import { aParty } from "./days.ts";

const ON = "2026-11-25";

it("a slip and a delivery may be signed in every mode that the phone takes down", () => {
  for (const document of ["slip", "hand_over"]) {
    const found = signing(null, document, ON);
    expect(found).toEqual({ modes: ["drawn", "representative", "ink", "fingerprint", "witnessed"], witnesses: 1 });
  }
});

it("a declaration wants ink or a finger; drawn is not offered", () => {
  expect(signing(null, "declaration", ON).modes).toEqual(["ink", "fingerprint"]);
  expect(signing(null, "to_khai", ON).modes).toEqual(["ink", "fingerprint"]);
});

it("the procedure's own word goes before its list, and that before what is usual", () => {
  const components = [
    { code: "to_khai", signatures: ["fingerprint", "digital"] },
    { code: "phieu", signatures: [] },
  ];
  expect(signing({ components }, "to_khai", ON).modes).toEqual(["fingerprint"]);
  expect(signing({ components }, "phieu", ON).modes, "none listed").toEqual(["ink", "fingerprint"]);
  const own = [{ document: "slip", modes: ["witnessed", "ink"], witnesses: 2 }];
  expect(signing({ components, signing: own }, "slip", ON)).toEqual({ modes: ["ink", "witnessed"], witnesses: 2 });
  const ofKind = [{ document: "declaration", modes: ["representative"] }];
  expect(signing({ components, signing: ofKind }, "to_khai", ON)).toEqual({ modes: ["representative"], witnesses: 1 });
});

const party = (role: string, change: Partial<Case["parties"][number]> = {}) => aParty(role, role, change);

const mandate = (party_id: string, change: Partial<Case["mandates"][number]> = {}): Case["mandates"][number] => ({
  mandate_id: "m",
  party_id,
  authority: "mandate",
  kinship_proved: false,
  from_day: "2026-11-01",
  last_day: "2026-11-25",
  state: "recorded",
  ...change,
});

const who = (parties: Case["parties"], mandates: Case["mandates"] = []) =>
  acting({ parties, mandates }, ON).map(({ role, by, until }) => [role, by, until]);

it("the representative signs by law, the authorised person by a paper", () => {
  expect(who([party("owner"), party("representative"), party("recipient")])).toEqual([["representative", "law", null]]);
  expect(who([party("authorised")], [mandate("authorised")])).toEqual([["authorised", "paper", "2026-11-25"]]);
});

it("a paper that has ended, has not begun or was taken back gives nobody a right; another one that holds does", () => {
  const one = [party("authorised")];
  expect(who(one, [mandate("authorised", { last_day: "2026-11-24" })])).toEqual([]);
  expect(who(one, [mandate("authorised", { from_day: "2026-11-26", last_day: null })])).toEqual([]);
  const revoked = mandate("authorised", { state: "revoked" });
  expect(who(one, [revoked])).toEqual([]);
  expect(who(one, [mandate("authorised", { last_day: null }), revoked])).toEqual([["authorised", "paper", null]]);
  expect(who([party("authorised", { authority: "mandate", authority_until: "2026-11-24" })])).toEqual([]);
  expect(who([party("authorised", { since: "2026-11-26" })])).toEqual([]);
});

it("whoever only brings the papers signs for nobody else", () => {
  expect(who([party("filer")])).toEqual([]);
  expect(who([party("filer")], [mandate("filer")])).toEqual([["filer", "paper", "2026-11-25"]]);
});
